package dev.parley.gemini.connection;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveListener;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to the listener in order and one at a time, whichever threads they come from, without a thread of its
 * own: whoever comes while another delivers leaves its event with that one. Nothing follows the last event.
 */
final class EventDelivery {
    private static final System.Logger LOG = System.getLogger(EventDelivery.class.getName());

    private final LiveListener listener;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final ArrayDeque<LiveEvent> events = new ArrayDeque<>();

    @GuardedBy("lock")
    private boolean delivering;

    @GuardedBy("lock")
    private boolean ended;

    EventDelivery(LiveListener listener) {
        this.listener = listener;
    }

    void deliver(LiveEvent event) {
        add(event, false);
    }

    /** Delivers the last event; false when that was done before. */
    boolean end(LiveEvent.Closed last) {
        return add(last, true);
    }

    private boolean add(LiveEvent event, boolean last) {
        synchronized (lock) {
            if (ended) {
                return false;
            }
            ended = last;
            events.add(event);
            if (delivering) {
                return true;
            }
            delivering = true;
        }
        for (LiveEvent next = next(); next != null; next = next()) {
            try {
                listener.heard(next);
            } catch (RuntimeException | Error defect) {
                // The connection must live on, and Closed must still come: an Error too must not leave "delivering"
                // set.
                LOG.log(System.Logger.Level.ERROR, "A Live listener threw", defect);
            }
        }
        return true;
    }

    private @Nullable LiveEvent next() {
        synchronized (lock) {
            LiveEvent next = events.poll();
            delivering = next != null;
            return next;
        }
    }
}
