/**
 * Numbers for Prometheus: what rooms show of themselves, read when somebody asks, and what observers of conversations add up.
 * {@code docs/metrics.md} lists them all.
 */
@NullMarked
package dev.parley.operations.metrics;

import org.jspecify.annotations.NullMarked;
