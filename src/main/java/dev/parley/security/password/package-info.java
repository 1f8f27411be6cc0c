/**
 * Users of a file, and their passwords: hashes, the check with its bounded work, and the command line that makes a hash.
 * Knows no requests. Checking a password takes about half a second of a processor: on threads that may block.
 */
@NullMarked
package dev.parley.security.password;

import org.jspecify.annotations.NullMarked;
