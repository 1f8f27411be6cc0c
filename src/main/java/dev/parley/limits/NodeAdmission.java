package dev.parley.limits;

import dev.parley.limits.budget.Spending;
import dev.parley.limits.store.LeaseStore;
import dev.parley.limits.store.MemoryLeaseStore;
import dev.parley.limits.store.SlotRequests;
import dev.parley.shared.execution.Alarm;
import dev.parley.shared.execution.SerialExecutor;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.settings.ApiKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

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
    private static final String STOPPING = "This server is being stopped or maintained; connect again";
    private static final String TRY_AGAIN = "try again in a few minutes";
    private static final System.Logger LOG = System.getLogger(NodeAdmission.class.getName());

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

    private final SlotRequests requests;

    /** Written in the serial order, read on any thread. */
    private volatile LimitSettings settings;

    /** Likewise. */
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
        this.requests = new SlotRequests(store, clock, serial, this::answered, this::lookAgain);
        this.alarm = new Alarm(clock, timers, serial, this::lookAgain);
        store.onFreed(() -> serial.execute(this::lookAgain));
    }

    @Override
    public Ticket apply(Applicant applicant) {
        WaitingLine.Place place = new WaitingLine.Place(applicant, clock.instant());
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

    @Override
    public void drain() {
        serial.execute(() -> {
            draining = true;
            settle();
        });
    }

    @Override
    public void accept() {
        serial.execute(() -> draining = false);
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    /** What holds now. Any thread. */
    public LimitSettings limits() {
        return settings;
    }

    /**
     * Lets other limits hold from now on, for those who wait too. Conversations that run keep their slots and deadlines;
     * what they spend counts against the new budget. Any thread.
     */
    public void limit(LimitSettings changed) {
        serial.execute(() -> {
            settings = changed;
            pool.tokensPerMinute(changed.tokensPerMinute());
            store.slotsPerKey(changed.sessionsPerKey());
            lookAgain();
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
        if (!line.isEmpty() && worthAsking && requests.mayBegin(now)) {
            ask(now);
        }
        // Who came while the store is asked may still get a slot, so the room's size is enforced after the answer.
        long room =
                settings.waitingRoom() + (requests.isUnderWay() ? (long) settings.sessionsPerKey() * pool.size() : 0);
        refused.addAndGet(line.refuseBeyond(room, pool.whyNoSlot() + " and the waiting room is full; " + TRY_AGAIN));
        if (!requests.isUnderWay()) {
            line.tellPositions();
        }
        waiting.set(line.length());
        setAlarm();
    }

    private void refuseWhoMustNotWait(Instant now) {
        if (draining) {
            refused.addAndGet(line.refuseAll(FailureKind.DRAINING, STOPPING));
        } else {
            refused.addAndGet(line.refuseWaitingSince(
                    now.minus(settings.waitingTime()), pool.whyNoSlot() + " for the time one may wait; " + TRY_AGAIN));
        }
    }

    private void ask(Instant now) {
        worthAsking = false;
        List<ApiKey> withTokens = pool.chooseWithTokens();
        if (!withTokens.isEmpty()) {
            requests.begin(withTokens, now.plus(settings.sessionDuration()));
        }
    }

    private void answered(Optional<LeaseStore.Slot> slot) {
        worthAsking |= slot.isPresent();
        slot.ifPresent(this::grant);
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
            Stream<Instant> patienceEnds =
                    line.firstJoined().map(joined -> joined.plus(settings.waitingTime())).stream();
            moments = Stream.of(moments, patienceEnds, requests.pauseEnds().stream(), pool.tokensBackAt())
                    .flatMap(all -> all);
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
