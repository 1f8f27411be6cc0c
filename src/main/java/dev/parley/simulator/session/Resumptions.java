package dev.parley.simulator.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.settings.Secret;
import dev.parley.simulator.protocol.WireFault;
import dev.parley.simulator.turn.ContextMeter.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Handles with which a session can be gone on with on a new connection, for two hours, with the same credential. In
 * memory and bounded: the oldest go first. Any thread.
 */
public final class Resumptions {
    private static final Duration LIFETIME = Duration.ofHours(2);
    private static final int MAX_HANDLES = 5000;

    private final Clock clock;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * What a handle stands for.
     *
     * @param state context to go on from
     * @param owner the connection that got the handle
     */
    record Held(Snapshot state, Owner owner) {}

    /** Stands for a connection without holding its memory. */
    static final class Owner {
        private volatile boolean open = true;

        /** Whether the connection still lives: its handles cannot be used before its end. */
        boolean isOpen() {
            return open;
        }

        void close() {
            open = false;
        }
    }

    private record Entry(Held held, Optional<Secret> credential, Instant expires) {}

    /** An empty store. */
    public Resumptions(Clock clock) {
        this.clock = clock;
    }

    /** Keeps a state; answers its new handle. */
    String keep(Held held, Optional<Secret> credential) {
        String handle = UUID.randomUUID().toString().replace("-", "");
        synchronized (lock) {
            if (entries.size() >= MAX_HANDLES) {
                Iterator<String> oldest = entries.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
            entries.put(handle, new Entry(held, credential, clock.instant().plus(LIFETIME)));
        }
        return handle;
    }

    /** What the handle stands for; unknown, expired and foreign handles are refused alike. */
    Held find(String handle, Optional<Secret> credential) {
        synchronized (lock) {
            Entry entry = entries.get(handle);
            if (entry == null || entry.expires.isBefore(clock.instant()) || !entry.credential.equals(credential)) {
                throw WireFault.UNKNOWN_HANDLE.refusal();
            }
            return entry.held;
        }
    }

    /** Forgets all handles of one owner. */
    void forget(Owner owner) {
        synchronized (lock) {
            entries.values().removeIf(entry -> entry.held.owner == owner);
        }
    }

    /** How many are kept. */
    public int size() {
        synchronized (lock) {
            return entries.size();
        }
    }
}
