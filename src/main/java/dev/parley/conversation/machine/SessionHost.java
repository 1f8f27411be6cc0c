package dev.parley.conversation.machine;

import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.tooling.ToolDesk;
import dev.parley.conversation.upstream.UpstreamSession;
import dev.parley.shared.failure.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the session with the model tells of itself, and what that means for the conversation. Confined to the mailbox. */
final class SessionHost implements UpstreamSession.Host {
    private final Course course;

    /** Null only while the conversation is being put together, when no session speaks. */
    private @Nullable Reports reports;

    private record Reports(Ending ending, Announcements announcements, ToolDesk tools) {}

    SessionHost(Course course) {
        this.course = course;
    }

    /** Says who is to be told. */
    void attach(Ending ending, Announcements announcements, ToolDesk tools) {
        reports = new Reports(ending, announcements, tools);
    }

    private Reports reports() {
        Reports attached = reports;
        if (attached == null) {
            throw new IllegalStateException("A session speaks before its conversation is there");
        }
        return attached;
    }

    @Override
    public ConversationState state() {
        return course.state();
    }

    @Override
    public void sessionInterrupted(String why, boolean planned) {
        reports().announcements.interrupted(planned);
        course.become(ConversationState.RESUMING, why);
    }

    @Override
    public void sessionOpened(Duration replayed, Duration lostWhileHeld) {
        if (course.is(ConversationState.CLOSED)) {
            return;
        }
        boolean first = course.is(ConversationState.CONNECTING);
        course.become(ConversationState.READY, "upstream ready");
        if (first) {
            reports().announcements.begun(lostWhileHeld);
        } else {
            reports().announcements.resumed(replayed, lostWhileHeld);
        }
        reports().ending.upstreamReady();
    }

    @Override
    public void sessionReplaced(boolean fresh) {
        reports().tools.replaced(fresh);
    }

    @Override
    public void answerBegan() {
        reports().ending.answerBegan();
    }

    @Override
    public void turnOver(boolean cut) {
        reports().ending.turnOver(cut);
    }

    @Override
    public void sessionEnded(FailureKind kind, String message) {
        reports().ending.sessionEnded(kind, message);
    }
}
