/**
 * Java types as the model sees them: each {@link dev.parley.tools.type.ValueType} is one JSON schema and one reader that checks
 * what comes. {@link dev.parley.tools.type.TypeReader} finds it by reflection, when the application starts; what it cannot
 * express is an {@link dev.parley.tools.type.UnsupportedTypeException}, what does not fit at a call an
 * {@link dev.parley.tools.type.ArgumentException}. Immutable; any thread. Calls nothing.
 */
@NullMarked
package dev.parley.tools.type;

import org.jspecify.annotations.NullMarked;
