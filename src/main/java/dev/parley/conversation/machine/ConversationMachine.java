package dev.parley.conversation.machine;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.Input;
import dev.parley.conversation.input.InputHandler;
import dev.parley.conversation.line.ClientLine;
import dev.parley.conversation.line.Identity;
import dev.parley.conversation.timing.Finishing;
import dev.parley.conversation.timing.Moment;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The state machine of one conversation: what each input means in each state. The way in is {@link Entrance}'s, the way
 * out {@link Ending}'s. Every method but {@link #state()} runs in the mailbox; a test walks all states and inputs.
 */
public final class ConversationMachine implements InputHandler {
    private final ClientLine client;
    private final Course course;
    private final Parts parts;
    private final Entrance entrance;
    private final Ending ending;
    private final Announcements announcements;
    private final Absence absence;

    /**
     * A conversation that nothing has happened to yet.
     *
     * @param mailbox takes inputs to {@link #take}, on any thread
     * @param closed told once, when everything is given back
     */
    public ConversationMachine(
            Identity identity,
            ClientChannel first,
            ConversationServices services,
            Consumer<Input> mailbox,
            Runnable closed) {
        client = new ClientLine(first);
        course = new Course(identity.id(), services);
        SessionHost host = new SessionHost(course);
        parts = Parts.of(identity, client, services, mailbox, host);
        entrance = new Entrance(course, client, services, parts, mailbox);
        announcements = new Announcements(identity, client, services, parts, entrance);
        ending = new Ending(
                identity.id(),
                course,
                new Finishing(parts.moments(), parts.ledgers().turns()),
                parts.belongings(entrance::withdraw),
                List.of(client::end, (kind, reason) -> closed.run(), announcements::ended));
        host.attach(ending, announcements, parts.tools());
        absence = new Absence(course, client, parts, ending, announcements, services.resumeTime(), services.clock());
    }

    /** Where it stands. Any thread. */
    public ConversationState state() {
        return course.state();
    }

    /** Whether audio comes as samples at this moment, which cost next to nothing to take. Any thread. */
    public boolean takesSamples() {
        return parts.person().takesSamples();
    }

    /** The client is connected: the first that is told. */
    public void opened() {
        announcements.opened();
    }

    /** Takes what comes from one of the client's connections, unless another one has taken its place. */
    public void takeFrom(int visit, Input input) {
        if (client.isAt(visit)) {
            if (!(input instanceof Input.Start || input instanceof Input.ClientGone)) {
                client.received(visit);
            }
            take(input);
        }
    }

    /** A message that asks for nothing came from one of the client's connections. */
    public void countFrom(int visit) {
        client.received(visit);
    }

    /** The client of a conversation that nothing was asked of goes elsewhere with its connection. */
    public void abandon() {
        client.leave();
        ending.end(FailureKind.NORMAL, "Its client went on with another conversation.");
    }

    /** The server ends it within a time, or, after all, does not. */
    public void announceEnd(Optional<Duration> within) {
        announcements.endIsNear(within);
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
        if (course.is(ConversationState.NEW)) {
            entrance.begin(input.request());
        } else if (ending.isFarOff()) {
            parts.person().problem("This conversation has begun already; open a new connection for another one.");
        }
    }

    @Override
    public void on(Input.AudioArrived input) {
        if (begunByContent()) {
            parts.ledgers().times().arrived(input.nanos());
            parts.person().audio(input.bytes());
            parts.ledgers().times().taken();
        }
    }

    @Override
    public void on(Input.AudioDecoded input) {
        if (!course.is(ConversationState.DRAINING) && !course.is(ConversationState.CLOSED)) { // else it counts no more
            parts.person().audioDecoded();
        }
    }

    @Override
    public void on(Input.TextTyped input) {
        if (begunByContent()) {
            parts.person().text(input.text());
        }
    }

    @Override
    public void on(Input.PictureShown input) {
        if (begunByContent()) {
            parts.sight().shown(input.picture());
        }
    }

    /** A client that sends content before {@code start} gets a conversation with default settings. */
    private boolean begunByContent() {
        if (course.is(ConversationState.NEW)) {
            entrance.begin(ConversationRequest.DEFAULT);
        }
        return ending.isFarOff();
    }

    @Override
    public void on(Input.ActivityStarted input) {
        if (ending.isFarOff()) {
            parts.person().activityStart();
        }
    }

    @Override
    public void on(Input.ActivityEnded input) {
        if (ending.isFarOff()) {
            parts.person().activityEnd();
        }
    }

    @Override
    public void on(Input.AudioStreamEnded input) {
        if (!course.is(ConversationState.NEW) && ending.isFarOff()) {
            parts.person().endAudioStream();
        }
    }

    @Override
    public void on(Input.Heard input) {
        parts.heard().reported(input.turn(), input.played());
        input.after().ifPresent(after -> parts.ledgers().times().heard(input.turn(), after));
    }

    @Override
    public void on(Input.StopAsked input) {
        ending.stopAsked(parts.person()::finish);
    }

    @Override
    public void on(Input.EndAsked input) {
        ending.end(input.kind(), input.reason());
    }

    @Override
    public void on(Input.ClientGone input) {
        absence.begin(input);
    }

    @Override
    public void on(Input.ClientReturned input) {
        absence.end(input);
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
        if (!course.is(ConversationState.CLOSED) && parts.session().listensTo(input.connection())) {
            parts.session().heard(input.event());
            input.event().deliverTo(parts.model());
        }
    }

    @Override
    public void on(Input.ToolNews input) {
        parts.tools().take(input);
    }

    @Override
    public void on(Input.TimePassed input) {
        if (!parts.moments().take(input.moment(), input.appointment())
                || (input.moment() == Moment.LATE_AUDIO && course.is(ConversationState.DRAINING))) {
            return;
        }
        switch (input.moment()) {
            case MINUTE_LEFT, TEN_SECONDS_LEFT -> announcements.timeLeft(input.moment());
            case TIME_LIMIT -> ending.timeLimit();
            case DRAIN_LIMIT -> ending.patienceOver();
            case LATE_AUDIO -> parts.person().lateAudioDue();
            case RETURN_LIMIT -> absence.tooLong();
            case HAND_OVER_LIMIT, QUIET, FAREWELL, SILENT_UPSTREAM, CATCH_UP, REDIAL ->
                parts.session().due(input.moment());
        }
    }
}
