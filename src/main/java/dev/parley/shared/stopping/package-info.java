/**
 * Hears that the application is about to go, from whatever each server lets it hear, and says so as one CDI event while
 * the application's sockets are still open. What is done about it is the rooms' own matter. Events are fired on the
 * thread that stops the application or the server.
 */
@NullMarked
package dev.parley.shared.stopping;

import org.jspecify.annotations.NullMarked;
