/** How many conversations one caller may have at once, on this node. Stands before the admission and is one itself. Any thread. */
@NullMarked
package dev.parley.limits.caller;

import org.jspecify.annotations.NullMarked;
