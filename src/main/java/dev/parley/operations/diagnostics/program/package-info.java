/**
 * The program {@code parley-diagnose.jar}: asks a running server for a diagnosis and prints its steps. Uses the JDK alone, and
 * nothing of the server's classes.
 */
@NullMarked
package dev.parley.operations.diagnostics.program;

import org.jspecify.annotations.NullMarked;
