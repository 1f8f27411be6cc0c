/**
 * Tickets: what a page of another site, where this server's cookies do not reach, opens one conversation with. Kept behind a
 * port, so that every node of a cluster can take them. Any thread.
 */
@NullMarked
package dev.parley.security.ticket;

import org.jspecify.annotations.NullMarked;
