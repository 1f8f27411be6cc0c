/** The simulator's sentences and notes: what it measured, never what it would pretend to understand. */
@NullMarked
package dev.parley.simulator.wording;

import org.jspecify.annotations.NullMarked;
