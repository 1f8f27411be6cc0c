/** Who gets where on a real server: each mode of sign-in, by requests that no well-behaved client would send. */
@NullMarked
package dev.parley.it.access;

import org.jspecify.annotations.NullMarked;
