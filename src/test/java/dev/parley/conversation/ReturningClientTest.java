package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ClientEvent.History.Line;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.ConversationRequest.Resumption;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that is lost and comes back, by the same window or another one, in time or not, rightly or not. */
class ReturningClientTest {
    private static final Optional<String> ADA = Optional.of("ada");
    private static final Input LOST = new Input.ClientGone("the network went away", true);

    private final Scene scene = new Scene();

    /** The connection over which the client comes back. */
    private static final class Window implements ClientChannel {
        final List<ClientEvent> told = new ArrayList<>();
        final ByteArrayOutputStream played = new ByteArrayOutputStream();

        @Nullable
        FailureKind end;

        String reason = "";

        @Override
        public void tell(ClientEvent event) {
            told.add(event);
        }

        @Override
        public boolean play(ByteBuffer pcm) {
            byte[] bytes = new byte[pcm.remaining()];
            pcm.get(bytes);
            played.writeBytes(bytes);
            return true;
        }

        @Override
        public void dropAudio() {
            played.reset();
        }

        @Override
        public void end(FailureKind kind, String why) {
            end = kind;
            reason = why;
        }

        <T extends ClientEvent> List<T> told(Class<T> kind) {
            return told.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    private static ConversationRequest request(
            Secret token, Optional<Integer> turn, Optional<Duration> played, Optional<String> audio) {
        return new ConversationRequest(audio, LiveChoice.DEFAULTS, Optional.of(new Resumption(token, turn, played)));
    }

    private Optional<Visit> come(Window window, Secret token, Optional<String> caller) {
        return come(window, request(token, Optional.empty(), Optional.empty(), Optional.empty()), caller);
    }

    private Optional<Visit> come(Window window, ConversationRequest request, Optional<String> caller) {
        Optional<Visit> visit =
                scene.conversation.visitAgain(request, request.resumption().orElseThrow(), caller, window);
        scene.settle();
        return visit;
    }

    private Visit comeBack(Window window) {
        return come(window, Scene.TOKEN, ADA).orElseThrow();
    }

    private void lose() {
        scene.visit.post(LOST);
        scene.settle();
    }

    private static byte[] numbered(int from, int bytes) {
        byte[] pcm = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            pcm[i] = (byte) (from + i);
        }
        return pcm;
    }

    private void modelSays(byte[] pcm) {
        scene.upstream(new LiveEvent.ModelAudio(ByteBuffer.wrap(pcm.clone()), 24_000));
    }

    /** The door notices the loss on another thread than the one that takes messages. */
    @Test
    void a_connection_that_is_lost_while_it_goes_on_with_a_conversation_is_lost_there() {
        for (boolean before : new boolean[] {true, false}) {
            Scene talk = new Scene().in(ConversationState.READY);
            Scene newcomer = new Scene();
            ConversationRequest request = request(Scene.TOKEN, Optional.empty(), Optional.empty(), Optional.empty());
            Visit again = talk.conversation
                    .visitAgain(request, request.resumption().orElseThrow(), ADA, new Window())
                    .orElseThrow();
            if (before) {
                newcomer.visit.leave("silent", true);
                newcomer.visit.goOnAs(again);
            } else {
                newcomer.visit.goOnAs(again);
                newcomer.visit.leave("silent", true);
            }
            talk.settle();
            newcomer.settle();
            assertEquals(ConversationState.CLOSED, newcomer.conversation.state());
            assertEquals(ConversationState.READY, talk.conversation.state());
            talk.pass(Scene.RESUME_TIME);
            assertEquals(ConversationState.CLOSED, talk.conversation.state(), "nobody is there");
            assertTrue(talk.leases.stream().allMatch(lease -> lease.closes >= 1));
        }
    }

    @Test
    void the_conversation_its_slot_and_its_upstream_wait_for_sixty_seconds() {
        scene.in(ConversationState.READY);
        lose();
        scene.pass(Duration.ofMillis(59_999));
        assertEquals(ConversationState.READY, scene.conversation.state());
        assertFalse(scene.dial().closed);
        assertEquals(0, scene.leases.get(0).closes);
        scene.pass(Duration.ofMillis(1));
        assertEquals(ConversationState.CLOSED, scene.conversation.state());
        assertTrue(scene.leases.get(0).closes > 0 && scene.dial().closed && scene.time.pending() == 0);
        Window late = new Window();
        assertTrue(come(late, Scene.TOKEN, ADA).isEmpty());
    }

    @Test
    void who_comes_back_is_told_how_things_stand() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.InputTranscript("Hello"));
        scene.upstream(new LiveEvent.OutputTranscript("Good morning to you."));
        modelSays(numbered(0, 48_000));
        scene.post(new Input.Heard(1, Duration.ofMillis(650)));
        scene.upstream(new LiveEvent.Interrupted());
        scene.upstream(new LiveEvent.TurnComplete(Optional.empty(), true));
        lose();
        scene.upstream(new LiveEvent.InputTranscript("And now"));
        scene.pass(Duration.ofSeconds(20));

        Window window = new Window();
        comeBack(window);
        ClientEvent.Ready ready = (ClientEvent.Ready) window.told.get(0);
        assertEquals("c1", ready.conversation());
        assertTrue(ready.resumed());
        assertEquals(Scene.TOKEN, ready.resume());
        assertEquals(Scene.SESSION.minusSeconds(20), ready.timeLeft());
        assertEquals(
                new ClientEvent.History(List.of(
                        new Line(1, false, "Hello", 5, false),
                        new Line(1, true, "Good morning to you.", "Good morning ".length(), true),
                        new Line(2, false, "And now", 7, false))),
                window.told.get(1));
        scene.upstream(new LiveEvent.InputTranscript(" what?"));
        assertEquals(
                List.of(new ClientEvent.InputTranscript(" what?", 2)), window.told(ClientEvent.InputTranscript.class));
        scene.pass(Duration.ofSeconds(60));
        assertEquals(ConversationState.READY, scene.conversation.state(), "nobody is waited for any more");
    }

    @Test
    void messages_of_the_client_are_counted_over_its_connections() {
        scene.in(ConversationState.READY);
        for (int i = 0; i < 5; i++) {
            scene.visit.postAudio(ByteBuffer.wrap(new byte[640]));
        }
        scene.visit.post(new Input.TextTyped("hi"));
        scene.visit.count();
        scene.settle();
        lose();
        Window window = new Window();
        Visit second = comeBack(window);
        assertEquals(7, window.told(ClientEvent.Ready.class).get(0).received());
        second.postAudio(ByteBuffer.wrap(new byte[640]));
        second.post(LOST);
        scene.settle();
        Window third = new Window();
        comeBack(third);
        assertEquals(8, third.told(ClientEvent.Ready.class).get(0).received());
    }

    @Test
    void nothing_that_is_said_over_two_connections_is_lost_or_repeated() {
        NumberedAudio microphone = new NumberedAudio();
        scene.in(ConversationState.READY);
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sent.add(microphone.millis(40, false));
        }
        Visit visit = scene.visit;
        int next = 0;
        for (int lossAt : new int[] {7, 20, 21, 50}) {
            for (int i = next; i < lossAt; i++) { // the last two are lost on the way
                if (i < lossAt - 2 || lossAt == 50) {
                    visit.postAudio(ByteBuffer.wrap(sent.get(i)));
                }
            }
            scene.settle();
            visit.post(LOST);
            scene.pass(Duration.ofSeconds(3));
            visit.postAudio(ByteBuffer.wrap(sent.get(0))); // from the grave
            Window window = new Window();
            visit = comeBack(window);
            next = (int) window.told(ClientEvent.Ready.class).get(0).received();
        }
        assertEquals(50, next);
        List<Integer> units = NumberedAudio.units(scene.dial().audio.toByteArray());
        assertEquals(microphone.given(), units.size());
        for (int i = 0; i < units.size(); i++) {
            assertEquals(i, units.get(i));
        }
    }

    @Test
    void what_was_recorded_while_away_may_come_at_once() {
        scene.in(ConversationState.READY);
        scene.visit.postAudio(ByteBuffer.wrap(new byte[1280]));
        lose();
        scene.pass(Duration.ofSeconds(58));
        Visit second = comeBack(new Window());
        for (int i = 0; i < 58 * 25; i++) {
            second.postAudio(ByteBuffer.wrap(new byte[1280]));
        }
        scene.settle();
        assertEquals(ConversationState.READY, scene.conversation.state());
        assertEquals(58 * 32_000 + 1280, scene.dial().audio.size());
    }

    @Test
    void the_answer_goes_on_where_it_was_last_heard() {
        scene.in(ConversationState.READY);
        byte[] answer = numbered(0, 96_000); // two seconds
        modelSays(Arrays.copyOfRange(answer, 0, 48_000));
        lose();
        modelSays(Arrays.copyOfRange(answer, 48_000, 96_000));
        Window window = new Window();
        come(window, request(Scene.TOKEN, Optional.of(1), Optional.of(Duration.ofMillis(750)), Optional.empty()), ADA);
        assertArrayEquals(Arrays.copyOfRange(answer, 36_000, 96_000), window.played.toByteArray());
        modelSays(new byte[4800]);
        assertEquals(60_000 + 4800, window.played.size());
    }

    @Test
    void who_reports_nothing_gets_what_came_while_away() {
        scene.in(ConversationState.READY);
        modelSays(numbered(0, 4800));
        scene.upstream(new LiveEvent.TurnComplete(Optional.empty(), true));
        modelSays(numbered(50, 4800));
        lose();
        modelSays(numbered(100, 4800));
        Window window = new Window();
        comeBack(window);
        assertArrayEquals(numbered(100, 4800), window.played.toByteArray());
    }

    @Test
    void who_reports_gets_what_was_not_reported() {
        scene.in(ConversationState.READY);
        modelSays(numbered(0, 4800));
        scene.upstream(new LiveEvent.TurnComplete(Optional.empty(), true));
        modelSays(numbered(50, 4800));
        scene.post(new Input.Heard(2, Duration.ofMillis(50)));
        lose();
        Window window = new Window();
        comeBack(window);
        assertArrayEquals(numbered(50 + 2400, 2400), window.played.toByteArray());
        assertEquals(List.of(), window.told(ClientEvent.Problem.class));
    }

    @Test
    void what_the_person_cut_is_not_played_again() {
        scene.in(ConversationState.READY);
        modelSays(numbered(0, 48_000));
        lose();
        scene.upstream(new LiveEvent.Interrupted());
        Window window = new Window();
        comeBack(window);
        assertEquals(0, window.played.size());
    }

    @Test
    void audio_for_who_is_away_is_bounded_and_the_loss_is_told() {
        scene.in(ConversationState.READY);
        lose();
        for (int i = 0; i < 75; i++) {
            modelSays(new byte[48_000]);
        }
        Window window = new Window();
        comeBack(window);
        assertEquals(60 * 48_000, window.played.size());
        assertTrue(window.told(ClientEvent.Problem.class).get(0).message().startsWith("15000 ms"));
    }

    @Test
    void losses_while_away_are_told() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.OutputTranscript("proven"));
        lose();
        scene.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        Window window = new Window();
        comeBack(window);
        assertEquals(1, window.told(ClientEvent.Reconnecting.class).size());
        scene.pass(Duration.ofMillis(1));
        scene.upstream(new LiveEvent.Ready());
        assertEquals(1, window.told(ClientEvent.Resumed.class).size());
    }

    @Test
    void sources_that_came_while_away_are_told_once() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.OutputTranscript("Basel."));
        lose();
        scene.upstream(new LiveEvent.Sources(
                List.of(new LiveEvent.Source("Basel", "https://example.org/basel")), Optional.of("<a>Basel</a>")));
        Window window = new Window();
        comeBack(window);
        Window later = new Window();
        comeBack(later);
        assertEquals(1, window.told(ClientEvent.Sources.class).size());
        assertEquals(0, later.told(ClientEvent.Sources.class).size());
    }

    @Test
    void another_window_takes_the_conversation_over() {
        scene.in(ConversationState.READY);
        Window window = new Window();
        Visit second = comeBack(window);
        assertEquals(FailureKind.NORMAL, scene.endKind);
        assertTrue(scene.endReason != null && scene.endReason.contains("another window"));
        scene.visit.post(new Input.TextTyped("from the first"));
        scene.visit.post(new Input.StopAsked());
        scene.visit.post(LOST);
        scene.visit.post(new Input.ClientGone("closed"));
        second.post(new Input.TextTyped("from the second"));
        scene.settle();
        assertEquals(List.of("text from the second"), scene.dial().sent);
        assertEquals(ConversationState.READY, scene.conversation.state());
        assertEquals(1, scene.ends);
    }

    @Test
    void two_that_come_at_once_follow_each_other() {
        scene.in(ConversationState.READY);
        lose();
        Window first = new Window();
        Window second = new Window();
        ConversationRequest again = request(Scene.TOKEN, Optional.empty(), Optional.empty(), Optional.empty());
        Resumption resumption = again.resumption().orElseThrow();
        Visit one = scene.conversation.visitAgain(again, resumption, ADA, first).orElseThrow();
        Visit two =
                scene.conversation.visitAgain(again, resumption, ADA, second).orElseThrow();
        one.post(new Input.TextTyped("one"));
        two.post(new Input.TextTyped("two"));
        scene.settle();
        assertEquals(FailureKind.NORMAL, first.end);
        assertEquals(List.of("text two"), scene.dial().sent);
        assertEquals(1, second.told(ClientEvent.Ready.class).size());
    }

    @Test
    void a_wrong_token_or_another_caller_gets_nothing() {
        scene.in(ConversationState.READY);
        lose();
        Window window = new Window();
        assertTrue(come(window, new Secret("c1.secres"), ADA).isEmpty());
        assertTrue(come(window, new Secret("c1."), ADA).isEmpty());
        assertTrue(come(window, Scene.TOKEN, Optional.of("eve")).isEmpty());
        assertTrue(come(window, Scene.TOKEN, Optional.empty()).isEmpty());
        assertEquals(List.of(), window.told);
        scene.upstream(new LiveEvent.OutputTranscript("secret"));
        assertEquals(List.of(), window.told);
        comeBack(window);
        assertEquals(1, window.told(ClientEvent.Ready.class).size());
    }

    @Test
    void a_token_is_worth_nothing_after_the_end() {
        scene.in(ConversationState.READY);
        scene.post(new Input.StopAsked());
        assertEquals(ConversationState.CLOSED, scene.conversation.state());
        assertTrue(come(new Window(), Scene.TOKEN, ADA).isEmpty());
    }

    @Test
    void a_conversation_that_ends_as_its_client_comes_back_says_so() {
        scene.in(ConversationState.READY);
        lose();
        Window window = new Window();
        scene.conversation.post(new Input.EndAsked(FailureKind.DRAINING, "stop"));
        come(window, Scene.TOKEN, ADA); // found READY, and CLOSED when it is its turn
        assertEquals(FailureKind.NORMAL, window.end);
        assertTrue(window.reason.contains("is over"));
    }

    @Test
    void another_recorder_begins_a_stream_of_its_own() {
        scene.in(ConversationState.READY);
        scene.visit.postAudio(ByteBuffer.wrap(new byte[200]));
        scene.settle();
        lose();
        Window window = new Window();
        Visit second = come(
                        window,
                        request(Scene.TOKEN, Optional.empty(), Optional.empty(), Optional.of("audio/pcm;rate=32000")),
                        ADA)
                .orElseThrow();
        second.postAudio(ByteBuffer.wrap(new byte[2560]));
        scene.settle();
        assertEquals("audio 200", scene.dial().sent.get(0));
        assertEquals("audioStreamEnd", scene.dial().sent.get(1));
        assertTrue(
                scene.dial().sent.get(2).startsWith("audio 1"),
                scene.dial().sent.toString());
    }

    @ParameterizedTest
    @EnumSource(
            value = ConversationState.class,
            names = {"NEW", "WAITING", "CONNECTING", "DRAINING"})
    void who_was_not_told_how_to_come_back_or_is_done_is_not_waited_for(ConversationState state) {
        scene.in(state);
        lose();
        assertEquals(ConversationState.CLOSED, scene.conversation.state());
        assertTrue(scene.everythingIsGivenBack());
    }

    @Test
    void who_closes_is_not_waited_for() {
        scene.in(ConversationState.READY);
        scene.visit.post(new Input.ClientGone("The browser left (1000).", false));
        scene.settle();
        assertTrue(scene.everythingIsGivenBack());
    }

    @Test
    void the_time_limit_comes_also_while_the_client_is_away() {
        scene.in(ConversationState.READY);
        scene.pass(Scene.SESSION.minusSeconds(30));
        lose();
        scene.pass(Duration.ofSeconds(30));
        assertEquals(ConversationState.CLOSED, scene.conversation.state());
        assertEquals(0, scene.time.pending());
    }
}
