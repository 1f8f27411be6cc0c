/**
 * The WAR as it ships, deployed in the server that the Maven profile chooses, and driven from outside over 127.0.0.1: by a caller that speaks the
 * browser's protocol, by raw sockets, and by a real browser. Upstream is the built-in simulator or a server that the
 * test scripts. One server process per test class.
 */
@NullMarked
package dev.parley.it;

import org.jspecify.annotations.NullMarked;
