package dev.parley.conversation.upstream;

import dev.parley.conversation.timing.Moment;
import dev.parley.conversation.timing.Moments;
import java.time.Clock;
import java.time.Duration;

/**
 * Notices an upstream that is gone though its connection stands, by data: it answers clear speech with no frame of any
 * kind. A model that keeps silent still sends transcripts, and a person who says nothing is owed nothing; pongs are late by
 * up to half a minute and prove nothing. Confined to the mailbox.
 */
final class UpstreamWatch {
    /** So much clear speech without a frame, and so much time since its beginning: the upstream is unsteady. */
    static final Duration UNSTEADY_AFTER = Duration.ofSeconds(5);

    /** So much time without a frame since the beginning of that speech: the upstream is gone. */
    static final Duration GONE_AFTER = Duration.ofSeconds(10);

    private final Moments moments;
    private final Clock clock;

    /** Clear speech since the last frame. */
    private long clearMillis;

    /** When it began. */
    private long sinceMillis;

    private boolean watching;
    private boolean awaited;
    private boolean unsteady;

    /** What is to be done. */
    enum Verdict {
        UNSTEADY,
        GONE
    }

    UpstreamWatch(Moments moments, Clock clock) {
        this.moments = moments;
        this.clock = clock;
    }

    /** Whether the upstream writes down what it hears; one that does not may listen for long and say nothing. */
    void watch(boolean transcribed) {
        watching = transcribed;
    }

    /** Clear speech was given to a ready connection. */
    void spoke(int millis) {
        if (!watching) {
            return;
        }
        if (clearMillis == 0) {
            sinceMillis = clock.millis();
        }
        clearMillis += millis;
        if (!awaited && clearMillis >= UNSTEADY_AFTER.toMillis()) {
            awaited = true;
            await(UNSTEADY_AFTER);
        }
    }

    private void await(Duration sinceBeginning) {
        long passed = clock.millis() - sinceMillis;
        moments.await(Moment.SILENT_UPSTREAM, sinceBeginning.minusMillis(passed));
    }

    /** A frame came, or there is no connection any more; answers whether the upstream was told to be unsteady. */
    boolean relieve() {
        boolean wasUnsteady = unsteady;
        if (awaited) {
            moments.cancel(Moment.SILENT_UPSTREAM);
        }
        clearMillis = 0;
        awaited = false;
        unsteady = false;
        return wasUnsteady;
    }

    /** The moment has come. */
    Verdict due() {
        if (unsteady) {
            return Verdict.GONE;
        }
        unsteady = true;
        await(GONE_AFTER);
        return Verdict.UNSTEADY;
    }
}
