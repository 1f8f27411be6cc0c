/**
 * Failures as the documents that every REST door answers with (RFC 9457). Knows the table of failures and no door; what is
 * refused and why is the doors' affair. Immutable; any thread.
 */
@NullMarked
package dev.parley.shared.problem;

import org.jspecify.annotations.NullMarked;
