/**
 * Sounds that the simulator makes: the speaker's own voice at 24 kHz, chimes for what was written, and the conversion
 * between sampling rates. Pure arithmetic on one thread at a time; knows no protocol.
 */
@NullMarked
package dev.parley.simulator.sound;

import org.jspecify.annotations.NullMarked;
