package dev.parley.testkit;

import dev.parley.shared.execution.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock and timers that move only when a test says so; due tasks run in order, on the caller's thread. */
public final class ManualTime extends Clock implements Timers {
    private record Task(Instant due, long order, Runnable action) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::order));
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private long order;

    @Override
    public synchronized Timer schedule(Duration delay, Runnable action) {
        Task task = new Task(now.plus(delay), order++, action);
        tasks.add(task);
        return () -> {
            synchronized (ManualTime.this) {
                tasks.remove(task);
            }
        };
    }

    /** Moves time on, running what falls due on the way, each task at its own moment. */
    public void advance(Duration time) {
        Instant end;
        synchronized (this) {
            end = now.plus(time);
        }
        while (true) {
            Task next;
            synchronized (this) {
                next = tasks.peek();
                if (next == null || next.due.isAfter(end)) {
                    now = end;
                    return;
                }
                tasks.remove(next);
                now = next.due;
            }
            next.action.run();
        }
    }

    /** How many timers are waiting. */
    public synchronized int pending() {
        return tasks.size();
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
