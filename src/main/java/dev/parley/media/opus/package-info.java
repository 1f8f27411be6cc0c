/**
 * Opus streams as containers have them: header, packets, and 48 kHz mono samples. Knows no container and no output rate. A
 * packet that cannot be decoded is concealed and counted; nothing here ends a stream but a header that cannot be
 * understood. How packets are decoded is in the rooms below. One stream, one thread at a time.
 */
@NullMarked
package dev.parley.media.opus;

import org.jspecify.annotations.NullMarked;
