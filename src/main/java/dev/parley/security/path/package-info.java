/** Which address needs what. Texts in, a need out: knows neither requests nor people. Any thread. */
@NullMarked
package dev.parley.security.path;

import org.jspecify.annotations.NullMarked;
