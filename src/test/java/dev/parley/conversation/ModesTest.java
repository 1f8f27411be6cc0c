package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.event.Source;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveRequest.Modality;
import dev.parley.shared.failure.FailureKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Captions, answers in writing, and sources: what is asked for and what the client is told. */
class ModesTest {
    private static ConversationRequest request(String model, String modality) {
        return new ConversationRequest(
                Scene.PCM.audioType(),
                new LiveChoice(
                        Optional.of(model),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(modality),
                        false));
    }

    @Test
    void captions_get_their_turns_marked_and_counted() {
        Scene scene = new Scene().in(ConversationState.READY, Scene.CAPTIONS);
        assertTrue(scene.dial().request.manualActivity());
        scene.audio(3200);
        assertEquals(List.of("activityStart", "audio 3200"), scene.dial().sent);
        scene.post(new Input.AudioStreamEnded());
        assertEquals(List.of("activityStart", "audio 3200", "activityEnd"), scene.dial().sent);

        scene.upstream(new LiveEvent.SpeechStarted(Optional.of(Duration.ofMillis(40))));
        scene.upstream(new LiveEvent.InputTranscript("One."));
        scene.upstream(new LiveEvent.GenerationComplete());
        scene.upstream(new LiveEvent.SpeechEnded(Optional.of(Duration.ofMillis(90))));
        scene.upstream(new LiveEvent.InputTranscript("Two."));
        assertEquals(
                List.of(1, 2),
                scene.told(ClientEvent.InputTranscript.class).stream()
                        .map(ClientEvent.InputTranscript::turn)
                        .toList());
        assertEquals(1, scene.told(ClientEvent.TurnComplete.class).size());
    }

    @Test
    void times_count_from_the_beginning_over_all_connections() {
        Scene scene = new Scene().in(ConversationState.READY, Scene.CAPTIONS);
        for (int i = 0; i < 5; i++) {
            scene.audio(3200);
        }
        scene.upstream(new LiveEvent.SpeechStarted(Optional.of(Duration.ofMillis(40))));
        scene.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        scene.pass(Duration.ofSeconds(1));
        scene.upstream(new LiveEvent.Ready());
        scene.audio(3200);
        assertEquals(
                List.of("activityStart", "audio 3200", "audio 3200", "audio 3200", "audio 3200"),
                scene.dial().sent,
                "the turn goes on with its last 300 ms, which may have been lost");
        scene.upstream(new LiveEvent.SpeechStarted(Optional.of(Duration.ofMillis(10))));
        scene.upstream(new LiveEvent.SpeechStarted(Optional.empty()));
        assertEquals(
                List.of(Optional.of(Duration.ofMillis(40)), Optional.of(Duration.ofMillis(210)), Optional.empty()),
                scene.told(ClientEvent.SpeechStart.class).stream()
                        .map(ClientEvent.SpeechStart::at)
                        .toList());
    }

    @Test
    void a_client_that_marks_turns_itself_is_not_helped() {
        ConversationRequest manual = new ConversationRequest(
                Scene.PCM.audioType(),
                new LiveChoice(
                        Optional.of("gemini-3.5-transcribe-live"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true));
        Scene scene = new Scene().in(ConversationState.READY, manual);
        scene.audio(3200);
        assertEquals(List.of("audio 3200"), scene.dial().sent);
    }

    @Test
    void a_speaking_model_asked_for_writing_is_read_and_not_heard() {
        Scene scene = new Scene().in(ConversationState.READY, request("gemini-3.8-live", "TEXT"));
        assertEquals(Modality.AUDIO, scene.dial().request.modality());
        scene.post(new Input.TextTyped("Hello"));
        scene.upstream(new LiveEvent.ModelAudio(ByteBuffer.allocate(4800), 24_000));
        scene.upstream(new LiveEvent.OutputTranscript("Hi."));
        assertEquals(0, scene.played.size());
        assertEquals(
                "Hi.", scene.told(ClientEvent.OutputTranscript.class).get(0).text());
        assertFalse(scene.leases.isEmpty());
        assertEquals(100, scene.leases.get(0).audioMillis, "what was made was paid for");
    }

    @Test
    void sources_that_are_no_links_to_the_web_are_left_out() {
        Scene scene = new Scene().in(ConversationState.READY);
        List<LiveEvent.Source> told = List.of(
                new LiveEvent.Source("Basel", "https://example.org/basel"),
                new LiveEvent.Source("Basel", "https://example.org/basel"),
                new LiveEvent.Source("", "http://example.net/"),
                new LiveEvent.Source("x", "javascript:alert(1)"),
                new LiveEvent.Source("x", "data:text/html,x"),
                new LiveEvent.Source("x", "https:///nowhere"),
                new LiveEvent.Source("x", "not an address"));
        scene.upstream(new LiveEvent.Sources(told, Optional.empty()));
        assertEquals(
                List.of(
                        new Source("Basel", "https://example.org/basel"),
                        new Source("example.net", "http://example.net/")),
                scene.told(ClientEvent.Sources.class).get(0).pages());
    }

    @Test
    void what_google_wants_shown_with_a_search_is_told_whole_or_not_at_all() {
        Scene scene = new Scene().in(ConversationState.READY);
        for (int length : new int[] {65_536, 65_537}) {
            scene.upstream(new LiveEvent.Sources(List.of(), Optional.of("x".repeat(length))));
        }
        assertEquals(
                List.of(Optional.of(65_536), Optional.empty()),
                scene.told(ClientEvent.Sources.class).stream()
                        .map(sources -> sources.suggestions().map(String::length))
                        .toList());
    }
}
