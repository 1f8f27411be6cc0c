/**
 * The wire's words for tools: how functions and search are declared, and how calls are answered. Immutable records for JSON-B,
 * which reads public ones only.
 */
@NullMarked
package dev.parley.gemini.message.tool;

import org.jspecify.annotations.NullMarked;
