/**
 * What an AAC track says of itself, and the ADTS frames that carry the same packets without a container (ISO 14496-3).
 * Decodes nothing. Values; any thread.
 */
@NullMarked
package dev.parley.media.aac;

import org.jspecify.annotations.NullMarked;
