/**
 * The ways to sign in, one of which is configured. Each tells who sends a request, and asks those it does not know. Threads
 * of the container, which may block: a password takes half a second, a provider some.
 */
@NullMarked
package dev.parley.security.signin;

import org.jspecify.annotations.NullMarked;
