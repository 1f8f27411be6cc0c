/**
 * The process that plays Gemini while a server is measured: takes Live API connections on 127.0.0.1, confirms each
 * setup, and notes when which audio arrived. One thread, no JSON parser, no garbage worth the name. It never speaks.
 */
@NullMarked
package dev.parley.load.upstream;

import org.jspecify.annotations.NullMarked;
