package dev.parley.conversation.tooling;

import dev.parley.tools.call.CallRequest;

/**
 * Which calls the model's session knows of. One that is resumed is what it was when its handle was given, and none is given
 * while a call is under way (Live API, {@code sessionResumptionUpdate}): of the calls since then it knows nothing, and closes
 * the connection on an answer to them. A new session knows of none. Confined to the mailbox.
 */
final class Memory {
    private Session session = new Session();
    private Stretch stretch = new Stretch(session);

    private static final class Session {
        boolean over;
    }

    /** From one handle to the next. */
    private static final class Stretch {
        final Session session;
        boolean forgotten;

        Stretch(Session session) {
            this.session = session;
        }

        boolean isKnown() {
            return !forgotten && !session.over;
        }
    }

    /** For a call that is made now: whether the session still knows of it, at any time from now on. */
    CallRequest.Asker asker() {
        return stretch::isKnown;
    }

    /** The session could be resumed as it is now. */
    void named() {
        stretch = new Stretch(session);
    }

    /** The session goes on as it was when it was named last. */
    void resumed() {
        stretch.forgotten = true;
        named();
    }

    /** The session is another one. */
    void forgotten() {
        session.over = true;
        session = new Session();
        named();
    }
}
