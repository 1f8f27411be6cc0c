package dev.parley.limits;

import dev.parley.limits.budget.Spending;
import dev.parley.limits.store.LeaseStore;
import dev.parley.limits.store.MemoryLeaseStore;
import dev.parley.shared.execution.Alarm;
import dev.parley.shared.execution.SerialExecutor;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.settings.ApiKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Admission on this node: asks the store for a slot for who is first in the line, one request at a time, whenever one
 * may be free. Everything happens in one serial order, on the thread of whoever caused it or of whoever is busy here
 * already; so nothing is locked, applicants are called one at a time, and an applicant that blocks blocks everybody.
 * {@link #apply}, {@link Admission.Ticket#withdraw} and {@link SessionLease#close} never wait and never throw.
 *
 * <p>One alarm serves the end of the first one's patience, the moment a spent token budget has room again, and leases
 * that nobody closed: those are taken back {@link HeldLeases#GRACE} after their deadline, so that no slot is lost for ever.
 */
public final class NodeAdmission implements Admission {
    /** How long to leave a store alone that failed to answer. */
    static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private static final String STOPPING = "This server is being stopped; connect again";
    private static final String TRY_AGAIN = "try again in a few minutes";
    private static final System.Logger LOG = System.getLogger(NodeAdmission.class.getName());

    private final LimitSettings settings;
    private final Clock clock;
    private final LeaseStore store;
    private final KeyPool pool;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong granted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong reclaimed = new AtomicLong();

    /** Everything below is touched in this order only. */
    private final SerialExecutor serial;

    private final Alarm alarm;
    private final WaitingLine line = new WaitingLine();

    private final HeldLeases held = new HeldLeases();

    /** Whether a slot may have come free since the store was asked last. */
    private boolean worthAsking = true;

    /** Whether an answer of the store is on its way. */
    private boolean asking;

    /** Set when the store failed: not to be asked before. */
    private @Nullable Instant pausedUntil;

    /** Written in the serial order, read by {@link #spend} on any thread. */
    private volatile boolean draining;

    /**
     * An open admission whose slots are kept in memory.
     *
     * @param keys the pool; at least one, with different names
     */
    public NodeAdmission(List<ApiKey> keys, LimitSettings settings, Clock clock, Timers timers) {
        this(keys, settings, clock, timers, new MemoryLeaseStore(settings.sessionsPerKey()));
    }

    NodeAdmission(List<ApiKey> keys, LimitSettings settings, Clock clock, Timers timers, LeaseStore store) {
        this.settings = settings;
        this.clock = clock;
        this.store = store;
        this.pool = new KeyPool(keys, settings.tokensPerMinute(), clock);
        this.serial = new SerialExecutor(
                Runnable::run,
                failure -> LOG.log(System.Logger.Level.ERROR, "A step of the admission failed", failure));
        this.alarm = new Alarm(clock, timers, serial, this::lookAgain);
        store.onFreed(() -> serial.execute(this::lookAgain));
    }

    @Override
    public Ticket apply(Applicant applicant) {
        WaitingLine.Place place =
                new WaitingLine.Place(applicant, clock.instant().plus(settings.waitingTime()));
        serial.execute(() -> {
            worthAsking |= line.isEmpty(); // nobody watched the token budgets meanwhile
            line.join(place);
            settle();
        });
        return () -> serial.execute(() -> {
            if (line.leave(place)) {
                settle();
            }
        });
    }

    @Override
    public Spending spend() {
        if (draining) {
            throw new ParleyException(FailureKind.DRAINING, STOPPING);
        }
        return pool.spend(() -> serial.execute(this::lookAgain));
    }

    /**
     * Lets nobody in any more: who waits, and who comes from now on, is refused as {@link FailureKind#DRAINING}.
     * Conversations that run go on until they end. Idempotent.
     */
    public void drain() {
        serial.execute(() -> {
            draining = true;
            settle();
        });
    }

    /** The numbers for operators. Any thread. */
    public LimitsSnapshot snapshot() {
        return new LimitsSnapshot(pool.uses(), waiting.get(), granted.get(), refused.get(), reclaimed.get());
    }

    private void lookAgain() {
        worthAsking = true;
        settle();
    }

    /** After every step: nobody waits too long, no slot is free while somebody waits, everybody knows their place. */
    private void settle() {
        Instant now = clock.instant();
        refuseWhoMustNotWait(now);
        reclaimed.addAndGet(held.reclaimForgotten(now));
        if (pausedUntil != null && !now.isBefore(pausedUntil)) {
            pausedUntil = null;
        }
        if (!line.isEmpty() && worthAsking && !asking && pausedUntil == null) {
            ask(now);
        }
        // Who came while the store is asked may still get a slot, so the room's size is enforced after the answer.
        long room = settings.waitingRoom() + (asking ? (long) settings.sessionsPerKey() * pool.size() : 0);
        refused.addAndGet(line.refuseBeyond(room, pool.whyNoSlot() + " and the waiting room is full; " + TRY_AGAIN));
        if (!asking) {
            line.tellPositions();
        }
        waiting.set(line.length());
        setAlarm();
    }

    private void refuseWhoMustNotWait(Instant now) {
        if (draining) {
            refused.addAndGet(line.refuseAll(FailureKind.DRAINING, STOPPING));
        } else {
            refused.addAndGet(line.refuseImpatient(now, pool.whyNoSlot() + " for the time one may wait; " + TRY_AGAIN));
        }
    }

    private void ask(Instant now) {
        worthAsking = false;
        List<ApiKey> withTokens = pool.chooseWithTokens();
        if (withTokens.isEmpty()) {
            return;
        }
        asking = true;
        CompletionStage<Optional<LeaseStore.Slot>> answer;
        try {
            answer = store.take(withTokens, now.plus(settings.sessionDuration()));
        } catch (RuntimeException failure) {
            answer = CompletableFuture.failedFuture(failure);
        }
        answer.whenComplete(
                (slot, failure) -> serial.execute(failure == null ? () -> answered(slot) : () -> unanswered(failure)));
    }

    private void answered(Optional<LeaseStore.Slot> slot) {
        asking = false;
        worthAsking |= slot.isPresent();
        slot.ifPresent(this::grant);
        settle();
    }

    private void unanswered(Throwable failure) {
        LOG.log(System.Logger.Level.WARNING, "The store of leases does not answer; asking again soon", failure);
        asking = false;
        worthAsking = true;
        pausedUntil = clock.instant().plus(STORE_PAUSE);
        settle();
    }

    private void grant(LeaseStore.Slot slot) {
        WaitingLine.Place first = line.pollFirst();
        KeyPool.Use use = pool.use(slot.key());
        if (first == null || use == null) {
            store.giveBack(slot);
            return;
        }
        KeptLease lease = new KeptLease(
                slot,
                use.spend(slot.key(), () -> serial.execute(this::lookAgain)),
                closed -> serial.execute(() -> giveBack(closed, use)));
        held.add(lease);
        use.held().incrementAndGet();
        granted.incrementAndGet();
        if (!first.grant(lease)) {
            lease.close();
        }
    }

    /** The store tells when the slot is free, and that looks again. */
    private void giveBack(KeptLease lease, KeyPool.Use use) {
        held.remove(lease);
        use.held().decrementAndGet();
        store.giveBack(lease.slot());
    }

    private void setAlarm() {
        Stream<Instant> moments = held.firstReclaim().stream();
        if (!line.isEmpty()) {
            Stream<Instant> others =
                    Stream.of(line.firstPatienceEnds(), pausedUntil).filter(Objects::nonNull);
            moments = Stream.of(moments, others, pool.tokensBackAt()).flatMap(all -> all);
        }
        try {
            moments.min(Comparator.naturalOrder()).ifPresent(alarm::ringBy);
        } catch (RuntimeException refusal) {
            LOG.log(System.Logger.Level.DEBUG, "No timers any more: the server is being stopped", refusal);
            if (!draining) {
                drain(); // without timers nobody must wait
            }
        }
    }
}
