/** How much may be asked for in a minute, and by whom. Counts by keys that strangers choose, so memory is bounded. Any thread. */
@NullMarked
package dev.parley.security.rate;

import org.jspecify.annotations.NullMarked;
