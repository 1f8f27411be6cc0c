package dev.parley.conversation.machine;

import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.Input;
import dev.parley.conversation.line.ClientLine;
import dev.parley.conversation.timing.Moment;
import dev.parley.shared.failure.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A client that is lost and may come back: the conversation waits for it, with its slot and its upstream, for a while.
 * Confined to the mailbox.
 */
final class Absence {
    private final Course course;
    private final ClientLine client;
    private final Parts parts;
    private final Ending ending;
    private final Announcements announcements;
    private final Duration patience;
    private final Clock clock;

    /** Since when the client is away; not in the past when it is not. */
    private Instant since = Instant.MAX;

    Absence(
            Course course,
            ClientLine client,
            Parts parts,
            Ending ending,
            Announcements announcements,
            Duration patience,
            Clock clock) {
        this.course = course;
        this.client = client;
        this.parts = parts;
        this.ending = ending;
        this.announcements = announcements;
        this.patience = patience;
        this.clock = clock;
    }

    /** Only who was told how to come back is waited for, and only while there is something to come back to. */
    private boolean isReturnPossible() {
        return (course.is(ConversationState.READY) || course.is(ConversationState.RESUMING)) && ending.isFarOff();
    }

    /** The client's connection is over. */
    void begin(Input.ClientGone gone) {
        if (gone.mayReturn() && !patience.isZero() && isReturnPossible()) {
            client.leave();
            since = clock.instant();
            parts.moments().await(Moment.RETURN_LIMIT, patience);
        } else {
            ending.end(FailureKind.NORMAL, gone.reason());
        }
    }

    /** The client is there again, or has opened another window. */
    void end(Input.ClientReturned returned) {
        if (!isReturnPossible()) {
            returned.channel().end(FailureKind.NORMAL, "That conversation is over. You may start another one.");
            return;
        }
        parts.moments().cancel(Moment.RETURN_LIMIT);
        Instant now = clock.instant();
        Duration away = since.isBefore(now) ? Duration.between(since, now) : Duration.ZERO;
        since = Instant.MAX;
        client.enter(returned.visit(), returned.channel());
        announcements.again(course.is(ConversationState.RESUMING));
        returned.request().resumption().ifPresent(resumption -> client.catchUp(resumption.turn(), resumption.played()));
        parts.person().returned(away, returned.request().audioType());
    }

    /** The client has not come back. */
    void tooLong() {
        ending.end(
                FailureKind.NORMAL,
                "The browser was lost and did not come back within " + patience.toSeconds() + " s.");
    }
}
