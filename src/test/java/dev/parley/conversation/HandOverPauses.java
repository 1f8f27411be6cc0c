package dev.parley.conversation;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.testkit.ScriptedSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures, on the real wire, how long a conversation is without an upstream that needs 100 ms to be set up: from
 * {@code reconnecting} to {@code resumed}. {@code docs/performance.md} tells how to run it. Asserts nothing.
 */
public final class HandOverPauses {
    private static final System.Logger LOG = System.getLogger(HandOverPauses.class.getName());

    private static final Duration SET_UP = Duration.ofMillis(100);

    private HandOverPauses() {}

    /** Takes the number of hand-overs of each kind, 100 without. */
    public static void main(String[] arguments) {
        int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        measure("goAway", times, session -> session.sendGoAway(60));
        measure("closed 1011", times, session -> session.close(1011, "Internal error encountered."));
        measure("connection reset", times, ScriptedSession::kill);
    }

    private static void measure(String kind, int times, Consumer<ScriptedSession> end) {
        List<Double> pauses = new ArrayList<>();
        long lost = 0;
        long nudged;
        try (WireRehearsal play = new WireRehearsal(SET_UP)) {
            play.next(ClientEvent.Ready.class);
            ScriptedSession session = play.nextThatBegins();
            for (int i = 0; i < times; i++) {
                WireRehearsal.listen(session, 320);
                session.sendInputTranscript("word ");
                end.accept(session);
                long began = play.next(ClientEvent.Reconnecting.class).nanos();
                WireRehearsal.Told resumed = play.next(ClientEvent.Resumed.class);
                pauses.add((resumed.nanos() - began) / 1e6);
                lost += ((ClientEvent.Resumed) resumed.event()).lost().toMillis();
                session = play.nextThatBegins();
            }
            nudged = play.counters.nudgedWrites();
        }
        Collections.sort(pauses);
        LOG.log(
                System.Logger.Level.INFO,
                String.format(
                        "%-16s %d times: pause p50 %.0f ms, p99 %.0f ms, longest %.0f ms; lost %d ms; %d writes nudged",
                        kind,
                        times,
                        pauses.get(times / 2),
                        pauses.get((int) Math.ceil(times * 0.99) - 1),
                        pauses.get(times - 1),
                        lost,
                        nudged));
    }
}
