package dev.parley.conversation;

import static dev.parley.conversation.ConversationState.CLOSED;
import static dev.parley.conversation.ConversationState.CONNECTING;
import static dev.parley.conversation.ConversationState.DRAINING;
import static dev.parley.conversation.ConversationState.NEW;
import static dev.parley.conversation.ConversationState.READY;
import static dev.parley.conversation.ConversationState.RESUMING;
import static dev.parley.conversation.ConversationState.WAITING;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.flow.Moment;
import dev.parley.conversation.flow.Moments;
import dev.parley.conversation.flow.Pcm;
import dev.parley.conversation.flow.TurnLedger;
import dev.parley.conversation.flow.UpstreamLink;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.limits.Admission;
import dev.parley.limits.SessionLease;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.settings.ApiKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one conversation: one state, one way to change it, one way out. Every method but
 * {@link #state()} runs in the mailbox; a test walks all states and inputs.
 */
final class ConversationMachine implements Input.Handler, UpstreamSession.Host {
    private static final Logger LOG = System.getLogger(ConversationMachine.class.getName());

    /** PCM kept while no upstream takes it: 30 s. */
    private static final int MAX_HELD_AUDIO_BYTES = 30 * 2 * Pcm.INPUT_RATE;

    private final String id;
    private final ClientChannel client;
    private final ConversationServices services;
    private final Consumer<Input> mailbox;
    private final Runnable closed;
    private final Instant createdAt;
    private final TurnLedger turns = new TurnLedger();
    private final Moments moments;
    private final Finishing finishing;
    private final UpstreamSession session;
    private final ClientSide person;
    private final ModelEvents model;

    /** Written in the mailbox only; volatile for reports. */
    private volatile ConversationState state = NEW;

    private ConversationRequest request = ConversationRequest.DEFAULT;
    private Admission.@Nullable Ticket ticket;
    /** For its key and deadline; the session gives it back. */
    private @Nullable SessionLease lease;

    private String modelName = "";

    ConversationMachine(
            String id, ClientChannel client, ConversationServices services, Consumer<Input> mailbox, Runnable closed) {
        this.id = id;
        this.client = client;
        this.services = services;
        this.mailbox = mailbox;
        this.closed = closed;
        this.createdAt = services.clock().instant();
        this.moments = new Moments(
                services.timers(), (moment, number) -> mailbox.accept(new Input.TimePassed(moment, number)));
        this.finishing = new Finishing(moments, turns);
        UpstreamLink link = new UpstreamLink(
                services.upstream(),
                MAX_HELD_AUDIO_BYTES,
                (connection, event) -> mailbox.accept(new Input.UpstreamHeard(connection, event)));
        this.session = new UpstreamSession(this, client, link, turns, moments, services.clock());
        this.person = new ClientSide(client, session, turns, services.decoders(), services.clock());
        this.model = new ModelEvents(client, turns, session);
    }

    @Override
    public ConversationState state() {
        return state;
    }

    /** Takes one input. A failure of the client's making ends the conversation with its own kind. */
    void take(Input input) {
        try {
            input.deliverTo(this);
        } catch (ParleyException failure) {
            end(failure.kind(), failure.getMessage());
        }
    }

    @Override
    public void become(ConversationState next, String why) {
        if (state == CLOSED) {
            throw new IllegalStateException("A closed conversation cannot become " + next);
        }
        LOG.log(Level.DEBUG, () -> "Conversation " + id + ": " + state + " -> " + next + ", " + why);
        state = next;
    }

    private boolean takesFromClient() {
        return state != DRAINING && state != CLOSED && !finishing.isPlanned();
    }

    @Override
    public void on(Input.Start input) {
        if (state == NEW) {
            begin(input.request());
        } else if (takesFromClient()) {
            person.problem("This conversation has begun already; open a new connection for another one.");
        }
    }

    private void begin(ConversationRequest asked) {
        request = asked;
        services.defaults().resolve(ApiKey.SIMULATOR, asked.choice()); // refuses now, not after a wait
        person.begin(asked.audioType(), asked.choice().manualActivity());
        become(WAITING, "asked for");
        ticket = services.admission().apply(new SlotApplicant(mailbox));
    }

    @Override
    public void on(Input.AudioArrived input) {
        if (begunByContent()) {
            person.audio(input.bytes());
        }
    }

    @Override
    public void on(Input.TextTyped input) {
        if (begunByContent()) {
            person.text(input.text());
        }
    }

    /** A client that sends content before {@code start} gets a conversation with default settings. */
    private boolean begunByContent() {
        if (state == NEW) {
            begin(ConversationRequest.DEFAULT);
        }
        return takesFromClient();
    }

    @Override
    public void on(Input.ActivityStarted input) {
        if (takesFromClient()) {
            person.activityStart();
        }
    }

    @Override
    public void on(Input.ActivityEnded input) {
        if (takesFromClient()) {
            person.activityEnd();
        }
    }

    @Override
    public void on(Input.AudioStreamEnded input) {
        if (state != NEW && takesFromClient()) {
            person.endAudioStream();
        }
    }

    @Override
    public void on(Input.Heard input) {
        person.heard(input.turn(), input.played());
    }

    @Override
    public void on(Input.StopAsked input) {
        if (!takesFromClient()) {
            return;
        }
        switch (state) {
            case READY -> {
                person.finish();
                if (state == READY) { // the last words may have spent the token budget, and ended it
                    drain(Finishing.Reason.STOPPED);
                }
            }
            case CONNECTING, RESUMING -> {
                person.finish();
                finishing.onceReady(Finishing.Reason.STOPPED);
            }
            default -> end(Finishing.Reason.STOPPED);
        }
    }

    /** Takes nothing more from the client, and lets the answer to what it said arrive. */
    private void drain(Finishing.Reason why) {
        become(DRAINING, why.words());
        if (!finishing.afterAnswer(why)) {
            end(why);
        }
    }

    @Override
    public void on(Input.EndAsked input) {
        end(input.kind(), input.reason());
    }

    @Override
    public void on(Input.ClientGone input) {
        end(FailureKind.NORMAL, input.reason());
    }

    @Override
    public void on(Input.SlotGranted input) {
        if (state != WAITING) {
            input.lease().close();
            return;
        }
        ticket = null;
        session.hold(input.lease());
        lease = input.lease();
        LiveRequest asked = services.defaults().resolve(input.lease().key(), request.choice());
        modelName = asked.model();
        become(CONNECTING, "slot granted");
        Duration left = timeLeft(input.lease());
        moments.await(Moment.TIME_LIMIT, left);
        awaitWarning(Moment.MINUTE_LEFT, left.minusSeconds(60));
        awaitWarning(Moment.TEN_SECONDS_LEFT, left.minusSeconds(10));
        session.begin(asked);
    }

    private void awaitWarning(Moment moment, Duration delay) {
        if (!delay.isNegative()) {
            moments.await(moment, delay);
        }
    }

    private Duration timeLeft(SessionLease held) {
        return Duration.between(services.clock().instant(), held.deadline());
    }

    @Override
    public void on(Input.PlaceInLine input) {
        if (state == WAITING) {
            client.tell(new ClientEvent.Waiting(input.position(), input.ahead()));
        }
    }

    @Override
    public void on(Input.SlotRefused input) {
        if (state == WAITING) {
            ticket = null;
            end(input.kind(), input.message());
        }
    }

    @Override
    public void on(Input.UpstreamHeard input) {
        if (state != CLOSED && session.listensTo(input.connection())) {
            session.heard(input.event());
            input.event().deliverTo(model);
        }
    }

    @Override
    public void on(Input.TimePassed input) {
        if (!moments.take(input.moment(), input.appointment())) {
            return;
        }
        switch (input.moment()) {
            case MINUTE_LEFT -> client.tell(new ClientEvent.TimeLeft(Duration.ofSeconds(60)));
            case TEN_SECONDS_LEFT -> client.tell(new ClientEvent.TimeLeft(Duration.ofSeconds(10)));
            case TIME_LIMIT -> timeLimit();
            case DRAIN_LIMIT -> drainLimit();
            case HAND_OVER_LIMIT -> session.handOver();
            case REDIAL -> session.dial();
        }
    }

    private void timeLimit() {
        boolean answering = (state == READY || state == DRAINING) && finishing.atTimeLimit();
        if (!answering) {
            end(Finishing.Reason.TIME_OVER);
        } else if (state == READY) {
            become(DRAINING, "time limit");
        }
    }

    private void drainLimit() {
        if (state == DRAINING) {
            endAsPlanned();
        } else {
            end(
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini could not be reached in time, so what you said last was not delivered.");
        }
    }

    private void endAsPlanned() {
        Finishing.Reason planned = finishing.reason();
        if (planned != null) {
            end(planned);
        }
    }

    @Override
    public void sessionOpened(Duration replayed, Duration lostWhileHeld) {
        SessionLease held = lease;
        if (held == null || state == CLOSED) {
            return;
        }
        boolean first = state == CONNECTING;
        become(READY, "upstream ready");
        if (first) {
            services.events()
                    .accept(new ConversationEvent.Started(
                            id,
                            services.clock().instant(),
                            modelName,
                            held.key().name()));
            client.tell(new ClientEvent.Ready(
                    id, modelName, Pcm.OUTPUT_RATE, timeLeft(held), held.key().equals(ApiKey.SIMULATOR)));
        } else {
            client.tell(new ClientEvent.Resumed(replayed, lostWhileHeld));
        }
        if (first && !lostWhileHeld.isZero()) {
            client.tell(new ClientEvent.Problem(
                    FailureKind.TOO_LARGE,
                    "The first " + lostWhileHeld.toMillis()
                            + " ms of what you said while waiting did not fit and are lost."));
        }
        Finishing.Reason planned = finishing.reason();
        if (planned != null) {
            drain(planned);
        }
    }

    @Override
    public void answerBegan() {
        if (state == DRAINING) {
            finishing.answerBegan();
        }
    }

    @Override
    public void turnOver(boolean cut) {
        if (state == DRAINING && !finishing.awaitsAnother(cut)) {
            endAsPlanned();
        }
    }

    @Override
    public void sessionEnded(FailureKind kind, String message) {
        if (state == DRAINING) {
            endAsPlanned();
        } else {
            end(kind, message);
        }
    }

    private void end(Finishing.Reason why) {
        end(why.kind(), why.words());
    }

    /** The one way out: gives everything back, each in its own try, then tells. */
    private void end(FailureKind kind, String reason) {
        if (state == CLOSED) {
            return;
        }
        become(CLOSED, kind + ": " + reason);
        Admission.Ticket leaving = ticket;
        ticket = null;
        release(moments::close);
        release(() -> {
            if (leaving != null) {
                leaving.withdraw();
            }
        });
        release(session::close);
        release(person::close);
        release(() -> client.end(kind, reason));
        release(closed);
        release(() -> services.events()
                .accept(new ConversationEvent.Ended(
                        id,
                        modelName,
                        lease == null ? "" : lease.key().name(),
                        kind,
                        reason,
                        Duration.between(createdAt, services.clock().instant()),
                        session.sent(),
                        model.played(),
                        session.lost(),
                        person.heard(),
                        person.concealedPackets(),
                        turns.total())));
    }

    private void release(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, () -> "Conversation " + id + " could not give something back", failure);
        }
    }
}
