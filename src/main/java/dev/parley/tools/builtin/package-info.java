/** Tools that every installation has, each a bean like those of others. {@code parley.tools.off} switches them off by name. */
@NullMarked
package dev.parley.tools.builtin;

import org.jspecify.annotations.NullMarked;
