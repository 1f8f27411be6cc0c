package dev.parley.conversation.event;

import dev.parley.shared.failure.FailureKind;
import java.nio.ByteBuffer;

/**
 * The way from a conversation to its client; a door implements it. Called from the mailbox, one call at a time; never
 * blocks. Bounded: what a client does not take is dropped or ends the connection, it never grows in memory.
 */
public interface ClientChannel {
    /** Tells an event; never dropped: a client that cannot take it is disconnected. */
    void tell(ClientEvent event);

    /**
     * Plays model audio.
     *
     * @param pcm mono s16le of the told output rate; the channel owns it
     * @return false when it was dropped because the client is too slow
     */
    boolean play(ByteBuffer pcm);

    /** Throws away model audio that has not left yet: the person cut in. */
    void dropAudio();

    /** The last call: tells {@code ended} and closes. */
    void end(FailureKind kind, String reason);
}
