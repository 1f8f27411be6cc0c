/**
 * The Live API's wire as a server sees it: which fields a client may send, how a message is read in either spelling,
 * which models there are, how server messages are written, and with which close each mistake ends. Knows no session
 * and no audio arithmetic. Everything is immutable; any thread.
 */
@NullMarked
package dev.parley.simulator.protocol;

import org.jspecify.annotations.NullMarked;
