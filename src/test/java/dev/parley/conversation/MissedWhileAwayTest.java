package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.ConversationRequest.Resumption;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import dev.parley.testkit.TestTool;
import dev.parley.tools.call.CallNotice;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a client that comes back is told of what was told while nobody listened: ends of turns, calls of tools. */
class MissedWhileAwayTest {
    private final Scene scene = new Scene(
            TestServices.decoders(),
            List.of(
                    TestTool.named("ask", () -> TestTool.output("42")),
                    TestTool.named("pay", () -> TestTool.output("paid")).asking()));
    private final List<String> seen = new ArrayList<>();

    /** The connection over which the client comes back. */
    private final class Window implements ClientChannel {
        @Override
        public void tell(ClientEvent event) {
            if (event instanceof ClientEvent.TurnComplete over) {
                seen.add("end of " + over.turn());
            } else if (event instanceof ClientEvent.Tool tool) {
                CallNotice notice = tool.notice();
                seen.add(notice.number() + " " + notice.state()
                        + (notice.state() == CallNotice.State.ASKING
                                ? " for " + notice.decideWithin().toSeconds()
                                : ""));
            }
        }

        @Override
        public boolean play(ByteBuffer pcm) {
            seen.add(pcm.remaining() + " bytes");
            return true;
        }

        @Override
        public void dropAudio() {
            seen.add("drop");
        }

        @Override
        public void end(FailureKind kind, String reason) {
            seen.add("end");
        }
    }

    private void lose() {
        scene.visit.post(new Input.ClientGone("the network went away", true));
        scene.settle();
    }

    private void comeBack(Optional<Integer> turn, Optional<Duration> played) {
        Resumption resumption = new Resumption(Scene.TOKEN, turn, played);
        Optional<Visit> visit = scene.conversation.visitAgain(
                new ConversationRequest(Optional.empty(), LiveChoice.DEFAULTS, Optional.of(resumption)),
                resumption,
                Optional.of("ada"),
                new Window());
        assertTrue(visit.isPresent());
        scene.settle();
    }

    private void modelSays(int millis) {
        scene.upstream(new LiveEvent.ModelAudio(ByteBuffer.wrap(new byte[48 * millis]), 24_000));
    }

    private void turnEnds() {
        scene.upstream(new LiveEvent.TurnComplete(Optional.empty(), true));
    }

    private void calls(String id, String name) {
        scene.upstream(new LiveEvent.ToolCalls(List.of(new LiveEvent.ToolCall(id, name, "{}"))));
    }

    @Test
    void ends_of_turns_stand_where_they_were_in_the_audio() {
        scene.in(ConversationState.READY);
        modelSays(100);
        turnEnds();
        modelSays(100); // of the second, of which the client has half
        turnEnds();
        lose();
        modelSays(10);
        turnEnds();
        modelSays(20);
        comeBack(Optional.of(2), Optional.of(Duration.ofMillis(50)));
        assertEquals(List.of("2400 bytes", "end of 2", "480 bytes", "end of 3", "960 bytes"), seen);
    }

    @Test
    void a_client_that_says_nothing_of_turns_is_told_those_that_ended_while_it_was_away() {
        scene.in(ConversationState.READY);
        modelSays(100);
        turnEnds();
        lose();
        modelSays(10);
        turnEnds();
        comeBack(Optional.empty(), Optional.empty());
        assertEquals(List.of("480 bytes", "end of 2"), seen);
    }

    @Test
    void a_question_that_was_asked_while_nobody_was_there_is_asked_again() {
        scene.in(ConversationState.READY);
        lose();
        calls("a", "pay");
        calls("b", "ask");
        scene.pass(Duration.ofSeconds(20));
        comeBack(Optional.empty(), Optional.empty());
        assertEquals(List.of("1 ASKING for 40", "2 DONE"), seen);
        scene.post(new Input.ToolDecided(1, true));
        assertEquals(List.of("1 ASKING for 40", "2 DONE", "1 CALLED", "1 DONE"), seen);
    }

    @Test
    void a_call_that_ended_meanwhile_is_over_for_who_comes_back() {
        scene.in(ConversationState.READY);
        calls("a", "pay");
        lose();
        scene.upstream(new LiveEvent.ToolCallsCancelled(List.of("a")));
        comeBack(Optional.empty(), Optional.empty());
        assertEquals(List.of("1 CANCELLED"), seen);
    }
}
