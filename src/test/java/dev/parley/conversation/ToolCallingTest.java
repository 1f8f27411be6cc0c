package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveFunction;
import dev.parley.shared.failure.FailureKind;
import dev.parley.testkit.TestTool;
import dev.parley.tools.offer.CallContext;
import dev.parley.tools.offer.OfferedTool;
import dev.parley.tools.offer.ToolDescription;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Calls of tools between the model and the person, through hand-overs and to the end. */
class ToolCallingTest {
    private static final String ANSWER = "answer a {\"output\":\"42\"}";

    private final List<String> ran = new ArrayList<>();
    private final OfferedTool asked =
            TestTool.named("pay", () -> TestTool.output("paid")).asking();
    private final Scene scene = new Scene(
            TestServices.decoders(),
            List.of(
                    TestTool.named("ask", () -> {
                        ran.add("ask");
                        return TestTool.output("42");
                    }),
                    asked,
                    TestTool.named("secret", () -> TestTool.output("")).forRole("clerk")));

    private void calls(String id, String name) {
        scene.upstream(new LiveEvent.ToolCalls(List.of(new LiveEvent.ToolCall(id, name, "{}"))));
    }

    private List<String> states() {
        return scene.told(ClientEvent.Tool.class).stream()
                .map(event -> event.notice().state().name())
                .toList();
    }

    @Test
    void the_model_is_told_of_what_this_caller_may_use() {
        scene.in(ConversationState.READY);
        assertEquals(
                List.of("ask", "pay"),
                scene.dial().request.functions().stream()
                        .map(LiveFunction::name)
                        .toList());
    }

    @Test
    void a_call_is_answered_and_shown() {
        scene.in(ConversationState.READY);
        calls("a", "ask");
        assertEquals(List.of("CALLED", "DONE"), states());
        assertEquals(List.of(ANSWER), scene.dial().sent);
    }

    @Test
    void the_person_decides() {
        scene.in(ConversationState.READY);
        calls("a", "pay");
        assertEquals(List.of("ASKING"), states());
        scene.post(new Input.ToolDecided(1, true));
        assertEquals(List.of("ASKING", "CALLED", "DONE"), states());
        assertEquals(List.of("answer a {\"output\":\"paid\"}"), scene.dial().sent);
    }

    @Test
    void a_cancelled_call_is_not_answered() {
        scene.in(ConversationState.READY);
        calls("a", "pay");
        scene.upstream(new LiveEvent.ToolCallsCancelled(List.of("a")));
        scene.post(new Input.ToolDecided(1, true));
        assertEquals(List.of("ASKING", "CANCELLED"), states());
        assertEquals(List.of(), scene.dial().sent);
    }

    /** What ends while there is no connection waits for the next one of the same session, in its place. */
    @Test
    void an_answer_is_kept_until_the_session_goes_on() {
        scene.in(ConversationState.READY);
        calls("a", "pay");
        scene.upstream(new LiveEvent.ResumptionHandle(Optional.of("h1")));
        lose();
        scene.post(new Input.TextTyped("meanwhile"));
        scene.post(new Input.ToolDecided(1, true));
        assertEquals(List.of(), scene.dial().sent);
        scene.upstream(new LiveEvent.Ready());
        assertEquals(List.of("text meanwhile", "answer a {\"output\":\"paid\"}"), scene.dial().sent);
    }

    @Test
    void an_answer_is_not_given_to_a_session_that_never_asked() {
        lose(Optional.empty());
        scene.post(new Input.TextTyped("meanwhile"));
        scene.post(new Input.ToolDecided(1, true));
        scene.upstream(new LiveEvent.Ready());
        assertEquals(List.of("text meanwhile"), scene.dial().sent);
    }

    @Test
    void a_call_that_is_under_way_is_cancelled_when_the_session_is_forgotten() {
        lose(Optional.empty());
        scene.upstream(new LiveEvent.Ready());
        assertEquals(List.of("ASKING", "CANCELLED"), states());
        calls("a", "ask"); // the new session counts anew
        assertEquals(List.of(ANSWER), scene.dial().sent);
    }

    /** Google closes on an answer to a call that the session does not know of (1007). */
    @Test
    void a_session_that_goes_on_from_before_a_call_is_not_answered() {
        scene.in(ConversationState.READY);
        calls("a", "pay");
        scene.upstream(new LiveEvent.ResumptionHandle(Optional.of("h1")));
        calls("b", "pay");
        scene.upstream(new LiveEvent.ResumptionHandle(Optional.empty()));
        lose();
        scene.upstream(new LiveEvent.Ready());
        assertEquals(List.of("ASKING", "ASKING", "CANCELLED"), states());
        scene.post(new Input.ToolDecided(1, true));
        scene.post(new Input.ToolDecided(2, true));
        assertEquals(List.of("answer a {\"output\":\"paid\"}"), scene.dial().sent);
        calls("b", "ask"); // the model asks again
        assertEquals(ANSWER.replace(" a ", " b "), scene.dial().sent.get(1));
    }

    @Test
    void an_answer_that_is_held_for_a_session_from_before_its_call_is_dropped() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.ResumptionHandle(Optional.of("h1")));
        calls("a", "pay");
        lose();
        scene.post(new Input.ToolDecided(1, true));
        scene.post(new Input.TextTyped("meanwhile"));
        scene.upstream(new LiveEvent.Ready());
        assertEquals(List.of("text meanwhile"), scene.dial().sent);
        assertEquals(ConversationState.READY, scene.conversation.state());
    }

    /** An answer of the last second was given to the connection that died; whether it came, nobody knows. */
    @Test
    void an_answer_that_was_given_is_not_given_again_to_a_session_from_before_its_call() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.ResumptionHandle(Optional.of("h1")));
        calls("a", "ask");
        lose();
        scene.upstream(new LiveEvent.Ready());
        assertEquals(List.of(), scene.dial().sent);
    }

    @Test
    void as_many_of_the_longest_answers_are_held_as_calls_may_be_under_way() {
        String longest = "y".repeat((64 << 10) - 20);
        OfferedTool big = TestTool.named("big", () -> TestTool.output(longest)).asking();
        Scene talk = new Scene(TestServices.decoders(), List.of(big)).in(ConversationState.READY);
        for (int call = 1; call <= 8; call++) {
            talk.upstream(new LiveEvent.ToolCalls(List.of(new LiveEvent.ToolCall("c" + call, "big", "{}"))));
        }
        talk.upstream(new LiveEvent.ResumptionHandle(Optional.of("h1")));
        talk.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        talk.pass(Duration.ofSeconds(1));
        for (int call = 1; call <= 8; call++) {
            talk.post(new Input.ToolDecided(call, true));
        }
        talk.post(new Input.TextTyped("x".repeat(32_000)));
        talk.upstream(new LiveEvent.Ready());
        assertEquals(9, talk.dial().sent.size());
        assertEquals(
                List.of(),
                talk.told(ClientEvent.Problem.class).stream()
                        .filter(problem -> problem.message().contains("lost"))
                        .toList());
    }

    @Test
    void an_answer_that_does_not_fit_is_told_to_both() {
        String longest = "y".repeat((64 << 10) - 20);
        OfferedTool big = TestTool.named("big", () -> TestTool.output(longest));
        Scene talk = new Scene(TestServices.decoders(), List.of(big)).in(ConversationState.READY);
        talk.dial().open = false; // takes nothing, and nobody has said why yet
        for (int call = 1; call <= 9; call++) {
            talk.upstream(new LiveEvent.ToolCalls(List.of(new LiveEvent.ToolCall("c" + call, "big", "{}"))));
        }
        talk.upstream(new LiveEvent.ResumptionHandle(Optional.of("h1")));
        assertEquals(
                List.of("Gemini takes nothing at the moment: a result of big is lost."),
                talk.told(ClientEvent.Problem.class).stream()
                        .map(ClientEvent.Problem::message)
                        .toList());
        talk.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        talk.pass(Duration.ofSeconds(1));
        talk.upstream(new LiveEvent.Ready());
        assertEquals(9, talk.dial().sent.size());
        assertEquals(
                "answer c9 {\"error\":\"The result is lost: too much waited to be sent. Call again.\"}",
                talk.dial().sent.get(8));
    }

    private void lose(Optional<String> handle) {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.ResumptionHandle(handle));
        calls("a", "pay");
        lose();
    }

    private void lose() {
        scene.upstream(new LiveEvent.Usage(0, 0, 0, Map.of(), Map.of()));
        scene.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        scene.pass(Duration.ZERO);
        assertEquals(ConversationState.RESUMING, scene.conversation.state());
        assertEquals(2, scene.dials.size());
    }

    @Test
    void the_end_takes_pending_calls_along() {
        scene.in(ConversationState.READY);
        calls("a", "pay");
        scene.post(new Input.ClientGone("gone"));
        scene.post(new Input.ToolDecided(1, true));
        assertEquals(List.of("ASKING"), states());
        assertTrue(scene.everythingIsGivenBack());
    }

    @Test
    void stop_waits_for_a_call_that_is_part_of_the_answer() {
        scene.in(ConversationState.READY);
        scene.post(new Input.TextTyped("pay"));
        calls("a", "pay");
        scene.post(new Input.StopAsked());
        scene.pass(Duration.ofSeconds(20));
        assertEquals(ConversationState.DRAINING, scene.conversation.state());
        scene.post(new Input.ToolDecided(1, true));
        assertTrue(scene.dial().sent.contains("answer a {\"output\":\"paid\"}"), scene.dial().sent::toString);
        scene.upstream(new LiveEvent.OutputTranscript("Paid."));
        scene.upstream(new LiveEvent.TurnComplete(Optional.empty(), true));
        scene.upstream(new LiveEvent.TurnComplete(Optional.empty(), true));
        assertEquals(ConversationState.CLOSED, scene.conversation.state());
    }

    @Test
    void tools_know_what_was_said_in_whole_utterances() {
        List<String> heard = new ArrayList<>();
        OfferedTool recall = new Recalling(
                TestTool.named("recall", () -> TestTool.output("")).description(), heard);
        Scene talk = new Scene(TestServices.decoders(), List.of(recall)).in(ConversationState.READY);
        talk.upstream(new LiveEvent.InputTranscript("How do "));
        talk.upstream(new LiveEvent.InputTranscript("you do?"));
        talk.upstream(new LiveEvent.OutputTranscript("Very well."));
        talk.upstream(new LiveEvent.TurnComplete(Optional.empty(), true));
        talk.post(new Input.TextTyped("Good."));
        talk.post(new Input.TextTyped("x".repeat(65_430)));
        talk.upstream(new LiveEvent.ToolCalls(List.of(new LiveEvent.ToolCall("a", "recall", "{}"))));
        assertEquals(List.of("PERSON " + "Good.", "PERSON " + "x".repeat(65_430)), heard);
    }

    private record Recalling(ToolDescription description, List<String> heard) implements OfferedTool {
        @Override
        public boolean isFor(dev.parley.tools.Caller caller) {
            return true;
        }

        @Override
        public JsonObject call(JsonObject arguments, CallContext context) {
            context.conversation().said().forEach(utterance -> heard.add(utterance.speaker() + " " + utterance.text()));
            return JsonObject.EMPTY_JSON_OBJECT;
        }
    }

    @Test
    void an_upstream_that_calls_nothing_that_is_there_is_told() {
        scene.in(ConversationState.READY);
        calls("a", "secret");
        assertEquals(List.of(), states());
        assertEquals(
                List.of("answer a {\"error\":\"There is no function secret, but [ask, pay].\"}"), scene.dial().sent);
        assertFalse(ran.contains("secret"));
    }
}
