/** What the callers of the load tool say: marked PCM, or a browser's recording in its own rhythm. */
@NullMarked
package dev.parley.load.speech;

import org.jspecify.annotations.NullMarked;
