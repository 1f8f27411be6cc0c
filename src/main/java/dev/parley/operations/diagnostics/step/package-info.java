/**
 * Steps of a diagnosis: what each is called, what it showed, and the examination that takes one after the other and stops at
 * the first that fails. Knows nothing of what is examined. An examination belongs to one thread; records are immutable.
 */
@NullMarked
package dev.parley.operations.diagnostics.step;

import org.jspecify.annotations.NullMarked;
