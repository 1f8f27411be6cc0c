package dev.parley.conversation;

import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.Input;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client, as its door sees it: it leads to a conversation of its own, and from {@link #goOnAs} on to an
 * earlier one. Once the client has come back over another connection, nothing that this one says counts. Thread safe; no method
 * blocks.
 */
public final class Visit {
    private volatile Place place;

    /** Set before the place is read, which is set before this is read: whoever comes second sees the other. */
    private volatile Input.@Nullable ClientGone gone;

    private record Place(Conversation conversation, int number) {}

    Visit(Conversation conversation, int number) {
        this.place = new Place(conversation, number);
    }

    /** The conversation's id. */
    public String conversation() {
        return place.conversation.id();
    }

    /** The conversation's state at this moment; it may have changed when the caller looks at it. */
    public ConversationState state() {
        return place.conversation.state();
    }

    /** The client, or its door, did something. */
    public void post(Input input) {
        Place now = place;
        now.conversation.postFrom(now.number, input);
    }

    /**
     * Bytes of the client's audio arrived.
     *
     * @return false when too much waits already; the bytes are lost, and with them the stream
     */
    public boolean postAudio(ByteBuffer bytes) {
        Place now = place;
        return now.conversation.postAudioFrom(now.number, bytes);
    }

    /** A message came that asks for nothing: it counts as received all the same. */
    public void count() {
        Place now = place;
        now.conversation.countFrom(now.number);
    }

    /**
     * The connection is over. May be told more than once.
     *
     * @param mayReturn whether it was lost, and not closed because the client was done
     */
    public void leave(String reason, boolean mayReturn) {
        Input.ClientGone left = new Input.ClientGone(reason, mayReturn);
        gone = left;
        post(left);
    }

    /**
     * The client goes on with an earlier conversation, before it asked anything of the one that it had. If the connection has been
     * lost meanwhile, it is lost there.
     *
     * @param again from {@link ConversationRegistry#resume}
     */
    public void goOnAs(Visit again) {
        Conversation before = place.conversation;
        place = again.place;
        before.abandon();
        Input.ClientGone left = gone;
        if (left != null) {
            post(left);
        }
    }
}
