package dev.parley.conversation;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.ConversationRequest.Resumption;
import dev.parley.conversation.input.Input;
import dev.parley.conversation.line.Identity;
import dev.parley.conversation.machine.ConversationMachine;
import dev.parley.conversation.machine.ConversationServices;
import dev.parley.shared.failure.FailureKind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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

    private final Identity identity;
    private final AtomicInteger visits = new AtomicInteger(1);
    private final Mailbox mailbox;
    private final ConversationMachine machine;

    /**
     * A new conversation with a connected client.
     *
     * @param identity which one it is, and who may go on with it
     * @param closed told once, in the mailbox, when everything is given back
     */
    Conversation(
            Identity identity, ClientChannel client, ConversationServices services, Consumer<Conversation> closed) {
        this.identity = identity;
        this.mailbox = new Mailbox(services.threads(), MAX_WAITING_AUDIO_BYTES, this::faulted);
        this.machine = new ConversationMachine(identity, client, services, this::post, () -> closed.accept(this));
        mailbox.post(machine::opened);
    }

    /** Its id. */
    public String id() {
        return identity.id();
    }

    /** Its state at this moment; for reports only, since it may have changed when the caller looks at it. */
    public ConversationState state() {
        return machine.state();
    }

    /** Bytes of its client's audio that wait in the mailbox. */
    int waitingAudioBytes() {
        return mailbox.waitingAudioBytes();
    }

    /** Something happened. */
    public void post(Input input) {
        mailbox.post(() -> machine.take(input));
    }

    /** Something came from one of the client's connections. */
    void postFrom(int visit, Input input) {
        mailbox.post(() -> machine.takeFrom(visit, input));
    }

    /** Audio came from one of the client's connections; false when too much waits already, and it is lost. */
    boolean postAudioFrom(int visit, ByteBuffer bytes) {
        long nanos = System.nanoTime();
        return mailbox.postAudio(
                bytes.remaining(),
                machine.takesSamples(),
                () -> machine.takeFrom(visit, new Input.AudioArrived(bytes, nanos)));
    }

    /** A message without meaning came from one of the client's connections. */
    void countFrom(int visit) {
        mailbox.post(() -> machine.countFrom(visit));
    }

    /** The connection that the client has begun with. */
    Visit firstVisit() {
        return new Visit(this, 1);
    }

    /**
     * The client is there again over another connection.
     *
     * @return empty when the token is not this conversation's, or its caller another one
     */
    Optional<Visit> visitAgain(
            ConversationRequest request, Resumption resumption, Optional<String> caller, ClientChannel channel) {
        ConversationState now = state();
        boolean alive = now == ConversationState.READY || now == ConversationState.RESUMING;
        if (!alive || !identity.isProvenBy(resumption.token(), caller)) {
            return Optional.empty();
        }
        int number = visits.incrementAndGet();
        post(new Input.ClientReturned(number, channel, request));
        return Optional.of(new Visit(this, number));
    }

    /**
     * Its server ends it before long, or, after all, does not.
     *
     * @param within when at the latest; empty: it may go on
     */
    void announceEnd(Optional<Duration> within) {
        mailbox.post(() -> machine.announceEnd(within));
    }

    /** Its client went on with another one. */
    void abandon() {
        mailbox.post(machine::abandon);
    }

    private void faulted(Throwable failure) {
        LOG.log(Level.ERROR, () -> "Conversation " + id() + " failed", failure);
        machine.take(new Input.EndAsked(
                FailureKind.INTERNAL, "The server made a mistake. It has been logged; please start again."));
    }
}
