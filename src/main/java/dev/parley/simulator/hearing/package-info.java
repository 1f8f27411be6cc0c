/**
 * What the simulator hears: any PCM rate to 16 kHz, speech and pauses by energy over an adaptive noise floor, the
 * utterance with its duration, level, pauses and pitch. Time is counted in samples, never by a clock, so the same
 * audio is heard alike however fast it comes. Used by one thread at a time; memory is bounded; knows no protocol.
 */
@NullMarked
package dev.parley.simulator.hearing;

import org.jspecify.annotations.NullMarked;
