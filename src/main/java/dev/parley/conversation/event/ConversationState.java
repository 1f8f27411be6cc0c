package dev.parley.conversation.event;

/**
 * {@code NEW → WAITING → CONNECTING → READY ⇄ RESUMING → DRAINING → CLOSED}; any state → {@code CLOSED}, which
 * absorbs.
 */
public enum ConversationState {
    /** The client is connected and has asked for nothing yet. */
    NEW,
    /** A slot is asked for; what the client sends is kept. */
    WAITING,
    /** The upstream is being dialled and set up; what the client sends is kept. */
    CONNECTING,
    /** Audio flows. */
    READY,
    /** The upstream connection is being replaced; what the client sends is kept. */
    RESUMING,
    /** Nothing more is taken from the client; the answer in progress may still arrive. */
    DRAINING,
    /** Over; everything is given back. */
    CLOSED
}
