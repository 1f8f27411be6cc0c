package dev.parley.conversation;

import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.Input;
import java.nio.ByteBuffer;

/**
 * One connection of a client to a conversation, as its door sees it. Once the client has come back over another one,
 * nothing that this one says counts. Thread safe; no method blocks.
 */
public final class Visit {
    private final Conversation conversation;
    private final int number;

    Visit(Conversation conversation, int number) {
        this.conversation = conversation;
        this.number = number;
    }

    /** The conversation's state at this moment; it may have changed when the caller looks at it. */
    public ConversationState state() {
        return conversation.state();
    }

    /** The client, or its door, did something. */
    public void post(Input input) {
        conversation.postFrom(number, input);
    }

    /**
     * Bytes of the client's audio arrived.
     *
     * @return false when too much waits already; the bytes are lost, and with them the stream
     */
    public boolean postAudio(ByteBuffer bytes) {
        return conversation.postAudioFrom(number, bytes);
    }

    /** A message came that asks for nothing: it counts as received all the same. */
    public void count() {
        conversation.countFrom(number);
    }

    /** The client goes elsewhere with its connection, before it asked anything of this conversation. */
    public void abandon() {
        conversation.abandon();
    }
}
