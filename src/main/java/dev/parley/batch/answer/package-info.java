/**
 * What a client is told about its recording: events as they happen, or one JSON object, or an RFC 9457 problem. Blocks on
 * the client. Knows nothing of how recordings are received, prepared or asked about.
 */
@NullMarked
package dev.parley.batch.answer;

import org.jspecify.annotations.NullMarked;
