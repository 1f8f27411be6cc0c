/** Messages about tools. Immutable records for JSON-B, which reads public ones only. */
@NullMarked
package dev.parley.gemini.message.tool;

import org.jspecify.annotations.NullMarked;
