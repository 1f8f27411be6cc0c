package dev.parley.batch;

import static dev.parley.batch.Received.await;
import static dev.parley.batch.Received.parse;
import static dev.parley.batch.Received.random;
import static dev.parley.batch.Received.raw;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.recording.PreparedRecording;
import dev.parley.media.recording.PreparedRecording.Treatment;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.problem.Problem;
import dev.parley.testkit.ScriptedGoogle;
import dev.parley.testkit.ScriptedRestServer;
import dev.parley.testkit.ScriptedRestServer.Request;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings through the whole door, over HTTP to a scripted Google. */
class BatchDeskTest {
    private static final int LARGE = 20_000_000;

    @TempDir
    private Path folder;

    private Received take(ScriptedDesk scripted, Submission submission) {
        Received client = new Received();
        scripted.desk.take(submission, client);
        return client;
    }

    @Test
    void a_small_recording_goes_inline_and_is_answered_whole() {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of())) {
            byte[] audio = random(100_000);
            JsonObject answer = take(
                            scripted, raw(audio, "audio/wav", Map.of("prompt", "Was?", "language", "de"), false))
                    .json();
            assertEquals("Grüße aus Köln 😀", answer.getString("text"));
            assertEquals("gemini-3.8-flash", answer.getString("model"));
            assertEquals("STOP", answer.getString("finishReason"));
            assertEquals("passed-on", answer.getString("treatment"));
            assertFalse(answer.getBoolean("simulated"));
            assertEquals(42, answer.getJsonObject("usage").getInt("totalTokens"));

            Request asked = only(scripted, ":generateContent");
            assertEquals(ScriptedDesk.KEY, asked.header("x-goog-api-key"));
            assertFalse(asked.target().contains(ScriptedDesk.KEY), asked::target);
            JsonObject part = parse(asked.text())
                    .getJsonArray("contents")
                    .getJsonObject(0)
                    .getJsonArray("parts")
                    .getJsonObject(1)
                    .getJsonObject("inlineData");
            assertTrue(Arrays.equals(audio, Base64.getDecoder().decode(part.getString("data"))));
            assertEquals(42, scripted.admission.snapshot().keys().get(0).tokens(), "the estimate is replaced");
            scripted.assertNothingLeft();
        }
    }

    @Test
    void a_large_recording_is_uploaded_in_chunks_and_deleted_at_google() {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of("parley.batch.max-bytes", "30000000"))) {
            byte[] audio = random(LARGE);
            String events =
                    take(scripted, raw(audio, "audio/wav", Map.of(), true)).text();
            assertTrue(events.contains("event: text\ndata: {\"text\":\"Grüße \"}\n\n"), events);
            List<String> stages = events.lines()
                    .filter(line -> line.contains("\"stage\""))
                    .map(line -> parse(line.substring(6)).getString("stage"))
                    .distinct()
                    .toList();
            assertEquals(List.of("received", "preparing", "uploading", "asking"), stages);
            assertTrue(events.endsWith("\"found\":\"WAV\"}\n\n"), events);
            assertTrue(events.indexOf("event: usage") < events.indexOf("event: done"), events);

            List<Request> uploads = requests(scripted, "upload_id");
            assertEquals(
                    List.of("0", "8388608", "16777216"),
                    uploads.stream()
                            .map(request -> request.header("X-Goog-Upload-Offset"))
                            .toList());
            assertEquals("upload, finalize", uploads.get(2).header("X-Goog-Upload-Command"));
            for (Request upload : uploads) {
                int offset = Integer.parseInt(upload.header("X-Goog-Upload-Offset"));
                assertEquals(sha256(audio, offset, (int) upload.length()), upload.sha256(), "chunk at " + offset);
            }
            assertEquals(LARGE, uploads.stream().mapToLong(Request::length).sum());
            assertTrue(only(scripted, ":streamGenerateContent").text().contains("/v1beta/files/f-1"));
            assertEquals(1, scripted.deletions());
            scripted.assertNothingLeft();
        }
    }

    @Test
    void a_refused_question_costs_no_tokens() {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of())) {
            scripted.preparer = (source, type, target, cancellation) ->
                    new PreparedRecording(source, "audio/wav", "WAV", Treatment.PASSED_ON, null, Duration.ofMinutes(1));
            failing(scripted, 9, 400, "INVALID_ARGUMENT", "");
            assertStatus(502, take(scripted, raw(random(100_000), "audio/wav", Map.of(), false)));
            assertEquals(0, scripted.admission.snapshot().keys().get(0).tokens());
        }
    }

    @Test
    void busy_is_tried_again_after_retry_info_and_told() {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of())) {
            failing(scripted, 2, 429, "RESOURCE_EXHAUSTED", "{\"@type\":\"RetryInfo\",\"retryDelay\":\"0.05s\"}");
            String events = take(scripted, raw(random(100), "audio/wav", Map.of(), true))
                    .text();
            assertEquals(2, count(events, "\"stage\":\"retrying\""), events);
            assertTrue(events.contains("event: done"), events);
            assertEquals(3, requests(scripted, ":streamGenerateContent").size());
        }
    }

    @Test
    void busy_for_the_third_time_is_a_problem_with_what_to_wait() {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of())) {
            failing(scripted, 9, 429, "RESOURCE_EXHAUSTED", "{\"@type\":\"RetryInfo\",\"retryDelay\":\"0.05s\"}");
            Problem problem = take(scripted, raw(random(100), "audio/wav", Map.of(), false))
                    .problem();
            assertEquals(429, problem.status());
            assertEquals(1, problem.toJson().getInt("retryAfterSeconds"));
            assertEquals(3, requests(scripted, ":generateContent").size());
        }
    }

    @Test
    void a_longer_wait_than_a_person_stays_is_left_to_the_person() {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of())) {
            failing(scripted, 9, 503, "UNAVAILABLE", "{\"@type\":\"RetryInfo\",\"retryDelay\":\"90s\"}");
            Problem problem = take(scripted, raw(random(100), "audio/wav", Map.of(), false))
                    .problem();
            assertEquals(503, problem.status());
            assertEquals(90, problem.toJson().getInt("retryAfterSeconds"));
            assertEquals(1, requests(scripted, ":generateContent").size());
        }
    }

    @Test
    void an_error_after_the_first_piece_is_not_tried_again() {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of())) {
            scripted.google.script(answer -> {
                if (answer.request().target().contains(":streamGenerateContent")) {
                    answer.send(
                            200,
                            "text/event-stream",
                            "data: " + ScriptedGoogle.ANSWER.get(0) + "\n\ndata: ["
                                    + ScriptedGoogle.error(503, "UNAVAILABLE", "The model is overloaded.", "")
                                    + "]\n\n");
                } else {
                    answer.json(200, ScriptedGoogle.MODELS);
                }
            });
            String events = take(scripted, raw(random(100), "audio/wav", Map.of(), true))
                    .text();
            assertEquals(1, requests(scripted, ":streamGenerateContent").size());
            assertTrue(events.contains("event: text"), events);
            JsonObject error = parse(events.substring(events.indexOf("event: error\ndata: ") + 19));
            assertEquals(4503, error.getInt("code"));
            assertTrue(error.getBoolean("retryable"));
            assertFalse(events.contains("event: done"), events);
        }
    }

    @Test
    void every_refusal_before_the_answer_has_its_status() {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of("parley.batch.max-bytes", "1000"))) {
            assertStatus(413, take(scripted, raw(random(1001), "audio/wav", Map.of(), true)));
            assertStatus(413, take(scripted, chunked(random(100_000))));
            assertStatus(400, take(scripted, raw(new byte[0], "audio/wav", Map.of(), true)));
            assertStatus(415, take(scripted, raw(random(10), "application/json", Map.of(), true)));
            assertStatus(415, take(scripted, raw(random(10), "application/x-www-form-urlencoded", Map.of(), true)));
            assertStatus(400, take(scripted, raw(random(10), "multipart/form-data", Map.of(), true)));
            Problem model =
                    assertStatus(400, take(scripted, raw(random(10), "audio/wav", Map.of("model", "gpt"), true)));
            assertTrue(model.detail().contains("gemini-3.8-flash, gemini-3.5-transcribe"), model.detail());
            scripted.preparer = (source, type, target, cancellation) -> {
                throw new ParleyException(FailureKind.UNSUPPORTED_AUDIO, "This is no audio.");
            };
            assertStatus(415, take(scripted, raw(random(10), "audio/wav", Map.of(), false)));
            scripted.preparer = (source, type, target, cancellation) -> {
                throw new IllegalStateException("a defect");
            };
            assertFalse(assertStatus(500, take(scripted, raw(random(10), "audio/wav", Map.of(), false)))
                    .detail()
                    .contains("defect"));
            scripted.assertNothingLeft();
        }
    }

    @Test
    void google_refusals_become_502_and_an_address_without_an_answer_503() {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of())) {
            failing(scripted, 9, 400, "INVALID_ARGUMENT", "{\"reason\":\"API_KEY_INVALID\"}");
            Problem refused = assertStatus(502, take(scripted, raw(random(10), "audio/wav", Map.of(), false)));
            assertFalse(refused.toJson().getBoolean("retryable"));
            scripted.google.close();
            assertStatus(503, take(scripted, raw(random(10), "audio/wav", Map.of(), false)));
        }
    }

    @Test
    void who_finds_no_room_is_refused_with_a_time_to_come_back() throws Exception {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of("parley.batch.concurrent", "1"))) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            ScriptedGoogle usual = new ScriptedGoogle();
            scripted.google.script(answer -> {
                if (answer.request().target().contains(":generateContent")) {
                    inside.countDown();
                    await(goOn);
                }
                usual.answer(answer);
            });
            Received first = take(scripted, raw(random(10), "audio/wav", Map.of(), false));
            assertTrue(inside.await(30, TimeUnit.SECONDS));
            Problem second = assertStatus(429, take(scripted, raw(random(10), "audio/wav", Map.of(), false)));
            assertEquals(10, second.toJson().getInt("retryAfterSeconds"));
            goOn.countDown();
            assertEquals("STOP", first.json().getString("finishReason"));
        }
    }

    @Test
    void a_silent_google_is_given_up() {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of("parley.gemini.answer-timeout", "1s"))) {
            CountDownLatch never = new CountDownLatch(1);
            scripted.google.script(answer -> {
                if (answer.request().target().contains(":generateContent")) {
                    await(never);
                } else {
                    answer.json(200, ScriptedGoogle.MODELS);
                }
            });
            Problem problem = assertStatus(503, take(scripted, raw(random(10), "audio/wav", Map.of(), false)));
            assertTrue(problem.detail().contains("parley.gemini.answer-timeout"), problem.detail());
            never.countDown();
        }
    }

    @Test
    void a_transcribing_model_tells_speakers_and_words() {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of())) {
            scripted.google.script(answer -> {
                if (answer.request().target().contains("gemini-3.5-transcribe:streamGenerateContent")) {
                    answer.send(
                            200,
                            "text/event-stream",
                            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hello\",\"audioTranscription\":"
                                    + "{\"text\":\"Hello\",\"speakerLabel\":\"S1\",\"words\":[{\"word\":\"Hello\","
                                    + "\"startOffset\":\"0.44s\",\"endOffset\":\"1s\"}]}}]},\"finishReason\":\"STOP\"}]}\n\n");
                } else {
                    answer.json(200, ScriptedGoogle.MODELS);
                }
            });
            String events = take(scripted, raw(random(10), "audio/wav", Map.of("model", "gemini-3.5-transcribe"), true))
                    .text();
            assertTrue(
                    events.contains("event: transcript\ndata: {\"text\":\"Hello\",\"speaker\":\"S1\",\"words\":"
                            + "[{\"word\":\"Hello\",\"beginMillis\":440,\"endMillis\":1000}]}\n\n"),
                    events);
            assertFalse(only(scripted, "gemini-3.5-transcribe").text().contains("Write down"));
        }
    }

    private static Submission chunked(byte[] body) {
        return new Submission(Optional.of("audio/wav"), Map.of(), -1, new ByteArrayInputStream(body), false);
    }

    /** Fails the first {@code times} questions. */
    private static void failing(ScriptedDesk scripted, int times, int code, String status, String details) {
        ScriptedGoogle usual = new ScriptedGoogle();
        AtomicInteger left = new AtomicInteger(times);
        scripted.google.script(answer -> {
            if (answer.request().target().contains("enerateContent") && left.getAndDecrement() > 0) {
                answer.json(code, ScriptedGoogle.error(code, status, "Not now.", details));
            } else {
                usual.answer(answer);
            }
        });
    }

    private static Problem assertStatus(int status, Received client) {
        Problem problem = client.problem();
        assertEquals(status, problem.status(), problem.detail());
        return problem;
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static List<Request> requests(ScriptedDesk scripted, String target) {
        return scripted.google.requests().stream()
                .filter(request -> request.target().contains(target))
                .toList();
    }

    private static Request only(ScriptedDesk scripted, String target) {
        List<Request> found = requests(scripted, target);
        assertEquals(1, found.size(), target);
        return found.get(0);
    }

    private static String sha256(byte[] bytes, int offset, int length) {
        var digest = ScriptedRestServer.sha256();
        digest.update(bytes, offset, length);
        return HexFormat.of().formatHex(digest.digest());
    }
}
