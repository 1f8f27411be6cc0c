/**
 * Whose turn it is: answers that are sent a little faster than they are spoken, interruption, function calls, captions
 * and the token count. Everything runs in the serial order of one session; nothing blocks. Knows neither sockets nor
 * how a session begins and ends.
 */
@NullMarked
package dev.parley.simulator.turn;

import org.jspecify.annotations.NullMarked;
