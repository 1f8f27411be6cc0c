/**
 * What the way of a piece of audio costs: JMH benchmarks for each stage, a comparison with libopus in C, and the one
 * part of it that is a test: that nothing is allocated on the way. {@code docs/performance.md} tells how to run them.
 * Nothing here asserts a time.
 */
@NullMarked
package dev.parley.performance;

import org.jspecify.annotations.NullMarked;
