/**
 * How a room shows numbers of itself to whoever collects them, without either knowing the other. Numbers are read when
 * somebody looks, on any thread, and must be there at once.
 */
@NullMarked
package dev.parley.shared.figures;

import org.jspecify.annotations.NullMarked;
