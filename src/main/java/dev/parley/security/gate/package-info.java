/**
 * The one gate that every request passes: asks the other rooms where it leads, where it comes from, who sends it and how
 * often, and lets it in as somebody or not at all. Threads of the container.
 */
@NullMarked
package dev.parley.security.gate;

import org.jspecify.annotations.NullMarked;
