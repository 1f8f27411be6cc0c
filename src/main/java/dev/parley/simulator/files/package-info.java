/**
 * Google's Files API and everything that lies on disk meanwhile: a private temporary folder with a bound, resumable
 * uploads, and uploaded files with their states and their expiry. Names on disk are the folder's own, never a
 * client's. Knows no HTTP beyond the protocol's words, and nothing of audio. Blocks on files; any thread that may.
 */
@NullMarked
package dev.parley.simulator.files;

import org.jspecify.annotations.NullMarked;
