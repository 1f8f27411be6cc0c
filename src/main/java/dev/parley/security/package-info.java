/**
 * Who may come in. Here is what the other rooms may know of it: who signed in, and how a request is refused. One servlet
 * filter asks all the questions ({@code gate}), because only a filter runs before a WebSocket upgrade, unchanged, on every
 * server. Knows no conversation and no protocol. Any thread.
 */
@NullMarked
package dev.parley.security;

import org.jspecify.annotations.NullMarked;
