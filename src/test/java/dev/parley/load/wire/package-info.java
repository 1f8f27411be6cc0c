/**
 * The little of RFC 6455 that the load tool needs on both of its ends, and the mark that a measured chunk of audio
 * carries. Written for low cost, so that the tool is not what gets measured.
 */
@NullMarked
package dev.parley.load.wire;

import org.jspecify.annotations.NullMarked;
