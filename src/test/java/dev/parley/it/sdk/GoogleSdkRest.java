package dev.parley.it.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.genai.Client;
import com.google.genai.Pager;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.AudioTranscriptionConfig;
import com.google.genai.types.Content;
import com.google.genai.types.File;
import com.google.genai.types.FileState;
import com.google.genai.types.FinishReason;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.ListFilesConfig;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Model;
import com.google.genai.types.Part;
import com.google.genai.types.Transcription;
import com.google.genai.types.UploadFileConfig;
import dev.parley.it.stage.CorpusFile;
import dev.parley.it.stage.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The REST calls of Google's SDK that the simulator serves. An interface, so that no server is started for it alone. */
interface GoogleSdkRest {
    /** An SDK client of the deployed server. */
    Client client(String key);

    @Test
    default void models_are_listed_page_by_page_and_asked_for() {
        try (Client client = client("key")) {
            Pager<Model> pager =
                    client.models.list(ListModelsConfig.builder().pageSize(3).build());
            assertEquals(3, pager.page().size());
            List<String> names = new ArrayList<>();
            pager.forEach(model -> names.add(model.name().orElseThrow()));
            assertEquals(names.stream().distinct().toList(), names);
            assertTrue(
                    names.containsAll(List.of("models/gemini-3.8-live", "models/gemini-3.8-flash")), names::toString);
            Model live = client.models.get("gemini-3.8-live", null);
            assertEquals(Optional.of(List.of("bidiGenerateContent")), live.supportedActions());
        }
    }

    @Test
    default void a_recording_is_uploaded_told_of_and_deleted() {
        byte[] wav = CorpusFile.resource("chrome-128k.pcm16k.wav");
        try (Client client = client("key")) {
            File file = client.files.upload(
                    wav,
                    UploadFileConfig.builder()
                            .mimeType("audio/wav")
                            .displayName("voice")
                            .build());
            String name = file.name().orElseThrow();
            assertEquals(Optional.of((long) wav.length), file.sizeBytes());
            assertTrue(file.uri().orElseThrow().startsWith("https://127.0.0.1:"), file::toString);
            Eventually.holds(
                    "the file is active",
                    () -> client.files.get(name, null).state().equals(Optional.of(new FileState("ACTIVE"))));
            GenerateContentResponse told = client.models.generateContent(
                    "gemini-3.8-flash",
                    Content.fromParts(
                            Part.fromText("Tell"), Part.fromUri(file.uri().orElseThrow(), "audio/wav")),
                    null);
            assertRecording(told.text());
            assertEquals(new FinishReason(FinishReason.Known.STOP), told.finishReason());

            List<Optional<String>> names = new ArrayList<>();
            client.files.list(ListFilesConfig.builder().pageSize(1).build()).forEach(each -> names.add(each.name()));
            assertEquals(List.of(Optional.of(name)), names);
            client.files.delete(name, null);
            assertEquals(
                    403,
                    assertThrows(ClientException.class, () -> client.files.get(name, null))
                            .code());
        }
    }

    @Test
    default void an_answer_is_streamed() {
        try (Client client = client("key");
                ResponseStream<GenerateContentResponse> stream =
                        client.models.generateContentStream("gemini-3.8-flash", recording("Tell"), null)) {
            List<GenerateContentResponse> pieces = new ArrayList<>();
            stream.forEach(pieces::add);
            assertTrue(pieces.size() > 3, pieces::toString);
            StringBuilder text = new StringBuilder();
            pieces.forEach(piece -> text.append(piece.text()));
            assertRecording(text.toString());
            GenerateContentResponse last = pieces.get(pieces.size() - 1);
            assertEquals(new FinishReason(FinishReason.Known.STOP), last.finishReason());
            assertTrue(last.usageMetadata().isPresent());
        }
    }

    @Test
    default void a_transcript_has_its_words_and_their_times() {
        try (Client client = client("key")) {
            GenerateContentResponse response = client.models.generateContent(
                    "gemini-3.5-transcribe",
                    recording("x"),
                    GenerateContentConfig.builder()
                            .audioTranscriptionConfig(AudioTranscriptionConfig.builder()
                                    .wordTimestamp(true)
                                    .diarization(true)
                                    .build())
                            .build());
            Transcription transcript =
                    response.parts().get(0).audioTranscription().orElseThrow();
            assertEquals(Optional.of("simulated"), transcript.speakerLabel());
            assertEquals(
                    Optional.of("0.460s"),
                    transcript.words().orElseThrow().get(0).startOffset().map(Object::toString));
        }
    }

    @Test
    default void errors_are_understood_and_repeated_where_that_helps() {
        try (Client wrong = client("invalid");
                Client spent = client("simulate:denied");
                Client late = client("simulate:unavailable:1:sdk");
                Client down = client("simulate:unavailable")) {
            ClientException key = assertThrows(ClientException.class, () -> generate(wrong));
            assertEquals("400 INVALID_ARGUMENT", key.code() + " " + key.status());
            ClientException denied = assertThrows(ClientException.class, () -> generate(spent));
            assertEquals("403 PERMISSION_DENIED", denied.code() + " " + denied.status());
            generate(late);
            ServerException unavailable = assertThrows(ServerException.class, () -> generate(down));
            assertEquals("503 UNAVAILABLE", unavailable.code() + " " + unavailable.status());
        }
    }

    private static GenerateContentResponse generate(Client client) {
        return client.models.generateContent("gemini-3.8-flash", "Hello", null);
    }

    private static Content recording(String prompt) {
        return Content.fromParts(
                Part.fromText(prompt), Part.fromBytes(CorpusFile.resource("chrome-128k.pcm16k.wav"), "audio/wav"));
    }

    private static void assertRecording(String text) {
        assertTrue(text.contains("The recording is WAV, 286,158 bytes, 8.9 s long"), text);
    }
}
