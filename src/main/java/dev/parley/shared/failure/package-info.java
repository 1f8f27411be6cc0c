/**
 * The one table of everything that can end a conversation or refuse a request, and the exception that carries a row
 * of it. Nothing here knows a protocol beyond its numbers. Immutable; any thread.
 */
@NullMarked
package dev.parley.shared.failure;

import org.jspecify.annotations.NullMarked;
