package dev.parley.conversation.machine;

import static dev.parley.conversation.event.ConversationState.CLOSED;
import static dev.parley.conversation.event.ConversationState.CONNECTING;
import static dev.parley.conversation.event.ConversationState.DRAINING;
import static dev.parley.conversation.event.ConversationState.NEW;
import static dev.parley.conversation.event.ConversationState.READY;
import static dev.parley.conversation.event.ConversationState.RESUMING;
import static dev.parley.conversation.event.ConversationState.WAITING;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.Input;
import dev.parley.conversation.person.ClientSide;
import dev.parley.conversation.timing.Finishing;
import dev.parley.conversation.timing.Moment;
import dev.parley.conversation.timing.TimeLimit;
import dev.parley.conversation.upstream.UpstreamSession;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The state machine of one conversation: what each input means in each state. The way in is {@link Entrance}'s, the way
 * out {@link Ending}'s. Every method but {@link #state()} runs in the mailbox; a test walks all states and inputs.
 */
public final class ConversationMachine implements Input.Handler, UpstreamSession.Host {
    private final ClientChannel client;
    private final Course course;
    private final Parts parts;
    private final ClientSide person;
    private final UpstreamSession session;
    private final Entrance entrance;
    private final Ending ending;
    private final Announcements announcements;

    /**
     * A conversation that nothing has happened to yet.
     *
     * @param mailbox takes inputs to {@link #take}, on any thread
     * @param closed told once, when everything is given back
     */
    public ConversationMachine(
            String id, ClientChannel client, ConversationServices services, Consumer<Input> mailbox, Runnable closed) {
        this.client = client;
        course = new Course(id);
        parts = Parts.of(client, services, mailbox, this);
        person = parts.person();
        session = parts.session();
        entrance = new Entrance(course, client, services, parts, mailbox);
        announcements = new Announcements(id, client, services, parts, entrance);
        ending = new Ending(
                id,
                course,
                new Finishing(parts.moments(), parts.turns()),
                List.of(parts.moments()::close, entrance::withdraw, session::close, person::close),
                List.of(client::end, (kind, reason) -> closed.run(), announcements::ended));
    }

    @Override
    public ConversationState state() {
        return course.state();
    }

    /** Whether audio comes as samples at this moment, which cost next to nothing to take. Any thread. */
    public boolean takesSamples() {
        return person.takesSamples();
    }

    /** Takes one input. A failure of the client's making ends the conversation with its own kind. */
    public void take(Input input) {
        try {
            input.deliverTo(this);
        } catch (ParleyException failure) {
            ending.end(failure.kind(), failure.getMessage());
        }
    }

    @Override
    public void on(Input.Start input) {
        if (course.is(NEW)) {
            entrance.begin(input.request());
        } else if (ending.isFarOff()) {
            person.problem("This conversation has begun already; open a new connection for another one.");
        }
    }

    @Override
    public void on(Input.AudioArrived input) {
        if (begunByContent()) {
            person.audio(input.bytes());
        }
    }

    @Override
    public void on(Input.AudioDecoded input) {
        if (!course.is(DRAINING) && !course.is(CLOSED)) { // then nothing more is taken from the person
            person.audioDecoded();
        }
    }

    @Override
    public void on(Input.TextTyped input) {
        if (begunByContent()) {
            person.text(input.text());
        }
    }

    @Override
    public void on(Input.PictureShown input) {
        if (begunByContent()) {
            person.sight().shown(input.picture());
        }
    }

    /** A client that sends content before {@code start} gets a conversation with default settings. */
    private boolean begunByContent() {
        if (course.is(NEW)) {
            entrance.begin(ConversationRequest.DEFAULT);
        }
        return ending.isFarOff();
    }

    @Override
    public void on(Input.ActivityStarted input) {
        if (ending.isFarOff()) {
            person.activityStart();
        }
    }

    @Override
    public void on(Input.ActivityEnded input) {
        if (ending.isFarOff()) {
            person.activityEnd();
        }
    }

    @Override
    public void on(Input.AudioStreamEnded input) {
        if (!course.is(NEW) && ending.isFarOff()) {
            person.endAudioStream();
        }
    }

    @Override
    public void on(Input.Heard input) {
        person.heard().reported(input.turn(), input.played());
    }

    @Override
    public void on(Input.StopAsked input) {
        if (!ending.isFarOff()) {
            return;
        }
        ending.stopAsked();
        if (course.is(NEW) || course.is(WAITING)) { // who has no slot yet gets no answer either
            ending.stop();
        } else {
            person.finish(ending::stop);
        }
    }

    @Override
    public void on(Input.EndAsked input) {
        ending.end(input.kind(), input.reason());
    }

    @Override
    public void on(Input.ClientGone input) {
        ending.end(FailureKind.NORMAL, input.reason());
    }

    @Override
    public void on(Input.SlotGranted input) {
        entrance.granted(input.lease());
    }

    @Override
    public void on(Input.PlaceInLine input) {
        entrance.placed(input.position(), input.ahead());
    }

    @Override
    public void on(Input.SlotRefused input) {
        if (entrance.refused()) {
            ending.end(input.kind(), input.message());
        }
    }

    @Override
    public void on(Input.UpstreamHeard input) {
        if (!course.is(CLOSED) && session.listensTo(input.connection())) {
            session.heard(input.event());
            input.event().deliverTo(parts.model());
        }
    }

    @Override
    public void on(Input.TimePassed input) {
        if (!parts.moments().take(input.moment(), input.appointment())
                || (input.moment() == Moment.LATE_AUDIO && course.is(DRAINING))) {
            return;
        }
        switch (input.moment()) {
            case MINUTE_LEFT -> client.tell(new ClientEvent.TimeLeft(TimeLimit.FIRST_WARNING));
            case TEN_SECONDS_LEFT -> client.tell(new ClientEvent.TimeLeft(TimeLimit.LAST_WARNING));
            case TIME_LIMIT -> ending.timeLimit();
            case DRAIN_LIMIT -> ending.patienceOver();
            case LATE_AUDIO -> person.lateAudioDue();
            case HAND_OVER_LIMIT -> session.handOver();
            case REDIAL -> session.dial();
        }
    }

    @Override
    public void sessionInterrupted(String why) {
        course.become(RESUMING, why);
    }

    @Override
    public void sessionOpened(Duration replayed, Duration lostWhileHeld) {
        if (course.is(CLOSED)) {
            return;
        }
        boolean first = course.is(CONNECTING);
        course.become(READY, "upstream ready");
        announcements.opened(first, replayed, lostWhileHeld);
        ending.upstreamReady();
    }

    @Override
    public void answerBegan() {
        ending.answerBegan();
    }

    @Override
    public void turnOver(boolean cut) {
        ending.turnOver(cut);
    }

    @Override
    public void sessionEnded(FailureKind kind, String message) {
        ending.sessionEnded(kind, message);
    }
}
