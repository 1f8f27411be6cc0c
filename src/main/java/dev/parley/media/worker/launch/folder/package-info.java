/** Temporary folders that outlive no server. Nothing about what lies in them belongs here. Any thread that may block. */
@NullMarked
package dev.parley.media.worker.launch.folder;

import org.jspecify.annotations.NullMarked;
