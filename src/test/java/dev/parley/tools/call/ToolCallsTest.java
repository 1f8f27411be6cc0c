package dev.parley.tools.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.settings.SettingsReader;
import dev.parley.testkit.ManualExecutor;
import dev.parley.testkit.ManualTime;
import dev.parley.testkit.RealThreads;
import dev.parley.testkit.TestTool;
import dev.parley.tools.ToolException;
import dev.parley.tools.offer.OfferedTool;
import dev.parley.tools.run.CallReport;
import dev.parley.tools.run.CallSettings;
import dev.parley.tools.run.CallThreads;
import dev.parley.tools.type.ArgumentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One conversation's calls, with time and threads in the test's hand. */
class ToolCallsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ManualTime time = new ManualTime();
    private final ManualExecutor threads = new ManualExecutor();
    private final List<String> told = new ArrayList<>();
    private final BlockingQueue<CallReport> reports = new LinkedBlockingQueue<>();
    private final AtomicInteger ran = new AtomicInteger();

    private final TestTool add = TestTool.named("add", () -> TestTool.output("sum " + ran.incrementAndGet()));

    private ToolCalls calls(OfferedTool... tools) {
        return calls(threads, Map.of(), tools);
    }

    private ToolCalls calls(Executor executor, Map<String, String> settings, OfferedTool... tools) {
        ToolListener listener = new ToolListener() {
            @Override
            public void stands(CallNotice notice) {
                told.add(notice.number() + " " + notice.state()
                        + (notice.arguments().isEmpty() ? "" : " " + notice.arguments()));
            }

            @Override
            public void answered(ToolAnswer answer) {
                told.add(answer.request().id() + " " + answer.response());
            }
        };
        SettingsReader reader = new SettingsReader(name -> Optional.ofNullable(settings.get(name)));
        return new ToolCalls(
                List.of(tools),
                TestTool.CONTEXT,
                new CallThreads(executor, time, CallSettings.read(reader)),
                listener,
                reports::add);
    }

    private void call(ToolCalls calls, String id, String name) {
        calls.call(new CallRequest(id, name, "{}", () -> true));
    }

    private void settle(ToolCalls calls) {
        threads.runAll();
        for (CallReport report = reports.poll(); report != null; report = reports.poll()) {
            calls.take(report);
        }
    }

    private static String error(String id, String message) {
        return id + " {\"error\":\"" + message + "\"}";
    }

    @Test
    void a_call_runs_and_is_answered_once() {
        ToolCalls calls = calls(add);
        call(calls, "a", "add");
        call(calls, "a", "add"); // told twice
        settle(calls);
        time.advance(LIMIT);
        settle(calls);
        assertEquals(List.of("1 CALLED", "1 DONE", "a {\"output\":\"sum 1\"}"), told);
        assertEquals(0, time.pending());
    }

    @Test
    void without_ids_each_call_is_another_one() {
        ToolCalls calls = calls(add);
        call(calls, "", "add");
        call(calls, "", "add");
        settle(calls);
        assertEquals(2, ran.get());
    }

    @Test
    void what_the_tool_says_of_its_failure_goes_to_the_model_and_nothing_else_does() {
        ToolCalls calls = calls(
                TestTool.named("full", () -> {
                    throw new ToolException("There is no room.");
                }),
                TestTool.named("wrong", () -> {
                    throw new ArgumentException("That is wrong.");
                }),
                TestTool.named("broken", () -> {
                    throw new IllegalStateException("secret");
                }),
                TestTool.named("heavy", () -> {
                    throw new StackOverflowError();
                }));
        Stream.of("full", "wrong", "broken", "heavy").forEach(name -> call(calls, name, name));
        settle(calls);
        assertTrue(told.contains(error("full", "There is no room.")), told::toString);
        assertTrue(told.contains(error("wrong", "That is wrong.")), told::toString);
        assertTrue(
                told.contains(
                        error("broken", "The tool broken failed for a reason of its own, which has been logged.")),
                told::toString);
        assertTrue(
                told.contains(error("heavy", "The tool heavy failed for a reason of its own, which has been logged.")),
                told::toString);
        assertFalse(told.toString().contains("secret"));
    }

    @Test
    void a_function_that_does_not_exist_is_answered_with_those_that_do() {
        ToolCalls calls = calls(add);
        call(calls, "a", "multiply");
        assertEquals(List.of(error("a", "There is no function multiply, but [add].")), told);
    }

    @Test
    void arguments_that_are_no_object_are_refused() {
        ToolCalls calls = calls(add);
        calls.call(new CallRequest("a", "add", "[1]", () -> true));
        calls.call(new CallRequest("b", "add", "{", () -> true));
        assertEquals(
                List.of(
                        error("a", "The arguments are not a JSON object."),
                        error("b", "The arguments are not a JSON object.")),
                told);
    }

    @Test
    void time_that_is_over_stops_the_call_and_what_it_says_later_counts_for_nothing() {
        ToolCalls calls = calls(add);
        call(calls, "a", "add");
        time.advance(LIMIT.minusMillis(1));
        settle2(calls);
        assertEquals(List.of("1 CALLED"), told);
        time.advance(Duration.ofMillis(1));
        settle2(calls);
        settle(calls); // its thread comes to it now
        assertEquals(List.of("1 CALLED", "1 FAILED", error("a", "It took longer than 30.0 s and was stopped.")), told);
        assertEquals(0, ran.get(), "a call that was given up before it began does not begin");
    }

    /** Only what was reported; no thread runs. */
    private void settle2(ToolCalls calls) {
        for (CallReport report = reports.poll(); report != null; report = reports.poll()) {
            calls.take(report);
        }
    }

    @Test
    void cancelled_calls_are_interrupted_and_not_answered() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        OfferedTool slow = TestTool.named("slow", () -> {
            begun.countDown();
            try {
                never.await();
            } catch (InterruptedException stopped) {
                interrupted.countDown();
                throw stopped;
            }
            return TestTool.output("never");
        });
        try (RealThreads real = new RealThreads()) {
            ToolCalls calls = calls(real.executor(), Map.of(), slow);
            call(calls, "a", "slow");
            assertTrue(begun.await(30, TimeUnit.SECONDS));
            calls.cancel(List.of("another", "a"));
            assertTrue(interrupted.await(30, TimeUnit.SECONDS));
            CallReport late = reports.poll(30, TimeUnit.SECONDS);
            assertEquals(CallReport.Kind.FAILURE, late == null ? null : late.kind());
            calls.take(late);
            assertEquals(List.of("1 CALLED", "1 CANCELLED"), told);
            assertEquals(0, time.pending());
        }
    }

    @Test
    void a_conversation_that_ends_interrupts_its_calls_and_tells_nothing() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        OfferedTool slow = TestTool.named("slow", () -> {
            begun.countDown();
            never.await();
            return TestTool.output("never");
        });
        try (RealThreads real = new RealThreads()) {
            ToolCalls calls = calls(real.executor(), Map.of(), slow, add.asking());
            call(calls, "a", "slow");
            call(calls, "b", "add");
            assertTrue(begun.await(30, TimeUnit.SECONDS));
            told.clear();
            calls.close();
            CallReport late = reports.poll(30, TimeUnit.SECONDS);
            assertEquals(CallReport.Kind.FAILURE, late == null ? null : late.kind());
            calls.take(late);
            assertEquals(List.of(), told);
            assertEquals(0, time.pending());
        }
    }

    @Test
    void no_value_looks_like_two_or_turns_the_line_around() {
        ToolCalls calls = calls(add.asking());
        calls.call(new CallRequest("a", "add", "{\"to\":\"Anna, sum: 1\",\"sum\":\"1000\\u202e\\n5\"}", () -> true));
        settle(calls);
        assertEquals(List.of("1 ASKING to: \"Anna, sum: 1\", sum: 1000 5"), told);
    }

    @Test
    void the_person_is_asked_with_the_arguments_in_words_and_may_allow() {
        ToolCalls calls = calls(add.asking());
        calls.call(new CallRequest("a", "add", "{\"firstNumber\":1,\"to\":[\"x\",{\"deep\":true}]}", () -> true));
        settle(calls);
        assertEquals(List.of("1 ASKING first number: 1, to: x; (deep: true)"), told);
        assertEquals(0, ran.get());
        calls.decide(2, true); // nobody asked about that
        calls.decide(1, true);
        calls.decide(1, false); // pressed twice
        settle(calls);
        assertEquals(List.of("1 CALLED", "1 DONE", "a {\"output\":\"sum 1\"}"), told.subList(1, told.size()));
        assertEquals(0, time.pending());
    }

    @Test
    void what_the_person_refuses_or_leaves_undecided_does_not_run() {
        ToolCalls calls = calls(add.asking());
        call(calls, "a", "add");
        call(calls, "b", "add");
        calls.decide(1, false);
        time.advance(PATIENCE);
        settle(calls);
        calls.decide(2, true); // too late
        settle(calls);
        assertEquals(
                List.of(
                        "1 ASKING",
                        "2 ASKING",
                        "1 REFUSED",
                        error("a", "The person did not allow this call. Do not repeat it unasked."),
                        "2 REFUSED",
                        error("b", "The person did not say whether this call is allowed.")),
                told);
        assertEquals(0, ran.get());
    }

    @Test
    void arguments_too_long_to_read_say_so() {
        ToolCalls calls = calls(add.asking());
        calls.call(new CallRequest("a", "add", "{\"x\":\"" + "y".repeat(2000) + "\"}", () -> true));
        assertTrue(told.get(0).endsWith("… (too long to be shown whole)"), told::toString);
    }

    @Test
    void arguments_and_results_are_bounded_in_bytes() {
        ToolCalls calls = calls(
                threads,
                Map.of("parley.tools.argument-bytes", "1024", "parley.tools.result-bytes", "1024"),
                TestTool.named("tell", () -> TestTool.output("ü".repeat(505))),
                TestTool.named("shout", () -> TestTool.output("ü".repeat(507))));
        calls.call(new CallRequest("a", "tell", "{\"x\":\"" + "y".repeat(1017) + "\"}", () -> true));
        call(calls, "b", "tell");
        call(calls, "c", "shout");
        settle(calls);
        assertTrue(
                told.contains(error(
                        "a",
                        "The arguments have 1025 bytes, but only 1024 are allowed here. Call with less at a time.")),
                told::toString);
        assertTrue(told.contains("2 FAILED"), told::toString);
        assertTrue(told.contains("1 DONE"), told::toString);
        assertTrue(
                told.contains(error(
                        "c", "The result has 1027 bytes, but only 1024 are allowed here. Ask for less at a time.")),
                told::toString);
    }

    @Test
    void calls_of_a_conversation_are_bounded_also_by_those_that_do_not_stop() {
        ToolCalls calls = calls(threads, Map.of("parley.tools.calls-per-conversation", "2"), add);
        call(calls, "a", "add");
        calls.cancel(List.of("a")); // its thread has not come to an end yet
        call(calls, "b", "add");
        call(calls, "c", "add");
        assertEquals(
                error("c", "Too many calls are under way in this conversation. Wait for their results first."),
                told.get(told.size() - 1));
        settle(calls);
        told.clear();
        call(calls, "d", "add");
        settle(calls);
        assertTrue(told.contains("3 DONE"), told::toString);
    }

    @Test
    void calls_of_the_node_are_bounded() {
        ToolCalls calls = calls(threads, Map.of("parley.tools.calls", "1"), add);
        call(calls, "a", "add");
        call(calls, "b", "add");
        assertEquals(error("b", "This server runs too many calls now. Try again in a moment."), told.get(3));
        settle(calls);
        call(calls, "c", "add");
        settle(calls);
        assertTrue(told.contains("3 DONE"), told::toString);
    }

    @Test
    void without_a_thread_the_call_fails() {
        ToolCalls calls = calls(
                task -> {
                    throw new RejectedExecutionException();
                },
                Map.of(),
                add);
        call(calls, "a", "add");
        assertEquals(
                List.of(
                        "1 CALLED",
                        "1 FAILED",
                        error("a", "This server runs too many calls now. Try again in a moment.")),
                told);
        assertEquals(0, time.pending());
    }

    @Test
    void what_its_session_has_forgotten_is_cancelled() {
        ToolCalls calls =
                calls(add, TestTool.named("ask", () -> TestTool.output("")).asking());
        calls.call(new CallRequest("a", "add", "{}", () -> false));
        calls.call(new CallRequest("b", "ask", "{}", () -> false));
        call(calls, "c", "add");
        calls.cancelForgotten();
        settle(calls);
        assertEquals(
                List.of(
                        "1 CALLED",
                        "2 ASKING",
                        "3 CALLED",
                        "1 CANCELLED",
                        "2 CANCELLED",
                        "3 DONE",
                        "c {\"output\":\"sum 1\"}"),
                told);
        assertEquals(0, time.pending());
    }
}
