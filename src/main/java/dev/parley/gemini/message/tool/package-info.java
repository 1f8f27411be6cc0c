/** The wire's words for functions: how they are declared and how calls are answered. */
@NullMarked
package dev.parley.gemini.message.tool;

import org.jspecify.annotations.NullMarked;
