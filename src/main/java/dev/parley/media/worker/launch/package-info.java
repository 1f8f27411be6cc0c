/**
 * Worker processes as such: unpacking what they need, starting them within limits, and how one ends. Starting and waiting
 * for the end block; killing does not. Knows no audio, and nothing of Humble Video but the names of its files.
 */
@NullMarked
package dev.parley.media.worker.launch;

import org.jspecify.annotations.NullMarked;
