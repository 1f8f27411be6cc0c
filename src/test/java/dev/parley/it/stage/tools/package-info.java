/** Beans that integration tests add to the WAR as a library, as users would. */
@NullMarked
package dev.parley.it.stage.tools;

import org.jspecify.annotations.NullMarked;
