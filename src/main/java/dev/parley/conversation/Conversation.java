package dev.parley.conversation;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.Input;
import dev.parley.conversation.machine.ConversationMachine;
import dev.parley.conversation.machine.ConversationServices;
import dev.parley.shared.failure.FailureKind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * One conversation, as its door and its registry see it: inputs are posted to its mailbox and taken there one at a
 * time by the state machine. It begins NEW when a client connects, waits for a slot, dials the upstream, lets audio
 * flow, and is CLOSED exactly once, whatever ends it. Thread safe; no method blocks.
 */
public final class Conversation {
    private static final Logger LOG = System.getLogger(Conversation.class.getName());

    /** Encoded audio that may wait in the mailbox: a whole short recording sent at once fits. */
    private static final int MAX_WAITING_AUDIO_BYTES = 4 << 20;

    private final String id;
    private final Mailbox mailbox;
    private final ConversationMachine machine;

    /**
     * A new conversation with a connected client.
     *
     * @param id unguessable, shown to the client and in logs
     * @param closed told once, in the mailbox, when everything is given back
     */
    Conversation(String id, ClientChannel client, ConversationServices services, Consumer<Conversation> closed) {
        this.id = id;
        this.mailbox = new Mailbox(services.threads(), MAX_WAITING_AUDIO_BYTES, this::faulted);
        this.machine = new ConversationMachine(id, client, services, this::post, () -> closed.accept(this));
    }

    /** Its id. */
    public String id() {
        return id;
    }

    /** Its state at this moment; for reports only, since it may have changed when the caller looks at it. */
    public ConversationState state() {
        return machine.state();
    }

    /** Something happened. */
    public void post(Input input) {
        mailbox.post(() -> machine.take(input));
    }

    /**
     * Bytes of the client's audio arrived.
     *
     * @return false when too much waits already; the bytes are lost, and with them the stream
     */
    public boolean postAudio(ByteBuffer bytes) {
        return mailbox.postAudio(
                bytes.remaining(), machine.takesSamples(), () -> machine.take(new Input.AudioArrived(bytes)));
    }

    private void faulted(Throwable failure) {
        LOG.log(Level.ERROR, () -> "Conversation " + id + " failed", failure);
        machine.take(new Input.EndAsked(
                FailureKind.INTERNAL, "The server made a mistake. It has been logged; please start again."));
    }
}
