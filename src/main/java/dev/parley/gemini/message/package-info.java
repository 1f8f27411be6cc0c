/**
 * The Live API's messages: what a client says as JSON-B records, what a server says as
 * {@link dev.parley.gemini.message.ServerMessage}, read leniently member by member. Field names are the wire's (proto3
 * JSON, lowerCamelCase); server enumerations stay text, because Google adds values at will. Records are public since
 * JSON-B cannot bind others. No I/O, no state beyond {@link dev.parley.gemini.message.AudioMessage}'s buffers; knows no
 * other room.
 */
@NullMarked
package dev.parley.gemini.message;

import org.jspecify.annotations.NullMarked;
