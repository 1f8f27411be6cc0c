/**
 * Whether the header of a recording that is passed on as it is makes sense: more than its first bytes, less than
 * decoding it. Each check reads a bounded part of the file, whatever the header claims. Blocks on the file.
 */
@NullMarked
package dev.parley.media.recording.check;

import org.jspecify.annotations.NullMarked;
