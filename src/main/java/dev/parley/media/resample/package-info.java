/**
 * Any sampling rate to 16 kHz: filter tables, designed once per rate, and the resamplers that run them. Works on plain
 * arrays and knows no container, codec or sink. Tables are immutable and shared by threads; a resampler belongs to one
 * stream and is used by one thread at a time.
 */
@NullMarked
package dev.parley.media.resample;

import org.jspecify.annotations.NullMarked;
