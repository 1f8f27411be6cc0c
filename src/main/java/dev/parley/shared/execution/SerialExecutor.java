package dev.parley.shared.execution;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time, in the order they came, on the threads of another executor, with at most one task in
 * flight there: a thousand serial executors need no thread of their own. A task's writes are visible to the next one.
 *
 * <p>The queue is not bounded here, because what a task holds is only known to its owner: owners bound what they
 * submit, in bytes. Tasks must not block; a task that throws is reported to the uncaught handler and the next one
 * runs.
 *
 * <p>No task is ever lost. When the executor below refuses (it is shut down at undeploy, or has no thread to give),
 * the tasks run on the thread that submitted, or go on on the one that ran the last turn: what a conversation has to
 * give back at its end is given back. Therefore {@link #execute} never throws for a refusal, and callers must not
 * hold a lock that a task needs.
 */
public final class SerialExecutor implements Executor {
    /** Long enough to spare hand-overs under load, short enough that one busy owner does not hold a thread. */
    private static final int TASKS_PER_TURN = 32;

    private static final System.Logger LOG = System.getLogger(SerialExecutor.class.getName());

    private final Executor threads;
    private final UncaughtHandler uncaught;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

    /**
     * Tasks queued or running; whoever raises it from zero to one starts a turn, and it stays above zero until that
     * turn and those that follow it are over. Below zero for a moment when a turn ran tasks that were queued but not
     * yet counted: then the count that reaches one comes last and starts the turn for all of them.
     */
    private final AtomicInteger pending = new AtomicInteger();

    /** Told of what a task threw. */
    @FunctionalInterface
    public interface UncaughtHandler {
        /** Runs in the serial order, after the task that threw. */
        void taskFailed(Throwable failure);
    }

    /** A serial view of {@code threads}. */
    public SerialExecutor(Executor threads, UncaughtHandler uncaught) {
        this.threads = threads;
        this.uncaught = uncaught;
    }

    @Override
    public void execute(Runnable task) {
        queue.add(task);
        if (pending.getAndIncrement() == 0) {
            Turn turn = new Turn(null);
            try {
                threads.execute(turn);
            } catch (RuntimeException | Error refused) {
                LOG.log(System.Logger.Level.DEBUG, "No thread for a turn; it runs on the caller's", refused);
                turn.run();
            }
        }
    }

    /**
     * As {@link #execute}, but runs one task on the calling thread when nothing else is counted or running: for tasks that
     * take less than waking another thread does. That is this task, unless another thread is just about to submit one, in
     * which case it is that one. What comes meanwhile goes to the threads below; only when they refuse it runs here.
     */
    public void executeHere(Runnable task) {
        queue.add(task);
        if (pending.getAndIncrement() == 0) {
            drain(1);
        }
    }

    /** Runs turns until nothing is pending or another thread has taken over. */
    private void drain(int tasksOfFirstTurn) {
        int most = tasksOfFirstTurn;
        do {
            if (pending.addAndGet(-runSome(most)) <= 0) {
                return;
            }
            most = TASKS_PER_TURN;
        } while (!handedOver());
    }

    private int runSome(int most) {
        int done = 0;
        while (done < most) {
            Runnable task = queue.poll();
            if (task == null) {
                return done;
            }
            done++;
            try {
                task.run();
            } catch (Throwable failure) { // an Error of one task must not silence its owner for ever
                report(failure);
            }
        }
        return done;
    }

    private void report(Throwable failure) {
        try {
            uncaught.taskFailed(failure);
        } catch (Throwable second) { // here too: the turn must reach its end
            second.addSuppressed(failure);
            LOG.log(System.Logger.Level.ERROR, "A task failed, and so did the handler of its failure", second);
        }
    }

    /** Lets others use this thread; false when the rest has to run here. */
    private boolean handedOver() {
        Turn next = new Turn(Thread.currentThread());
        try {
            threads.execute(next);
        } catch (RuntimeException | Error refused) {
            LOG.log(System.Logger.Level.DEBUG, "No thread for the next turn; it runs on this one", refused);
            return !next.take();
        }
        return next.isTakenOver();
    }

    /** One run of the queue; may be handed to the executor and run by the caller as well, and drains only once. */
    private final class Turn implements Runnable {
        private final AtomicBoolean taken = new AtomicBoolean();

        /**
         * The thread that is handing this over, until it has done so. Not synchronised: only that thread can see
         * itself here, and any other sees a thread that is not itself.
         */
        private @Nullable Thread handingOver;

        /** Set and read by {@link #handingOver} only: the executor ran this on the spot. */
        private boolean ranOnTheSpot;

        Turn(@Nullable Thread handingOver) {
            this.handingOver = handingOver;
        }

        @Override
        public void run() {
            if (handingOver == Thread.currentThread()) {
                ranOnTheSpot = true; // an executor that runs in the caller must not make the stack grow
            } else if (take()) {
                drain(TASKS_PER_TURN);
            }
        }

        boolean take() {
            return taken.compareAndSet(false, true);
        }

        boolean isTakenOver() {
            handingOver = null;
            return !ranOnTheSpot;
        }
    }
}
