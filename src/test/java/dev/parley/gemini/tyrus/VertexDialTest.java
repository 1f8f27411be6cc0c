package dev.parley.gemini.tyrus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.ApiKey;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import dev.parley.testkit.ScriptedTokenServer;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dialling Vertex AI with access tokens of a scripted token server. */
class VertexDialTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final ScriptedLiveServer server = ScriptedLiveServer.start();
    private final ScriptedTokenServer tokens = ScriptedTokenServer.start();

    @AfterEach
    void close() {
        server.close();
        tokens.close();
    }

    private LiveRig rig(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "GEMINI_API_KEY",
                "",
                "parley.gemini.vertex.project",
                "my-project",
                "parley.gemini.vertex.location",
                "europe-west4",
                "parley.gemini.vertex.credentials-file",
                tokens.credentialsFile(folder).toString()));
        settings.addAll(List.of(more));
        return new LiveRig(server.address(), settings.toArray(new String[0]));
    }

    private static LiveConnection connect(LiveRig rig, LiveRig.Heard heard) {
        return rig.upstream.connect(LiveRig.request(ApiKey.ofProject("my-project"), "gemini-3.8-live"), heard::hear);
    }

    private static LiveConnection ready(LiveRig rig) {
        LiveRig.Heard heard = new LiveRig.Heard();
        LiveConnection connection = connect(rig, heard);
        heard.next(LiveEvent.Ready.class);
        return connection;
    }

    private static LiveEvent.Closed closed(LiveRig rig) {
        LiveRig.Heard heard = new LiveRig.Heard();
        connect(rig, heard);
        LiveEvent.Closed closed = heard.next(LiveEvent.Closed.class);
        assertFalse(closed.toString().contains("ya29"), closed.toString());
        return closed;
    }

    private String bearer(int number) {
        return "Bearer " + tokens.issued().get(number);
    }

    @Test
    void path_token_and_names_are_those_of_vertex() {
        try (LiveRig rig = rig("parley.gemini.vertex.speech-signals", "true")) {
            ready(rig);
            ScriptedSession session = server.nextSession();
            assertEquals("/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent", session.target());
            assertEquals(bearer(0), session.headers().get("authorization"));
            assertFalse(session.headers().containsKey("x-goog-api-key"), session.headers()::toString);
            JsonObject setup = session.messages().get(0).json().getJsonObject("setup");
            assertEquals(
                    "projects/my-project/locations/europe-west4/publishers/google/models/gemini-3.8-live",
                    setup.getString("model"));
            assertTrue(setup.getBoolean("explicitVadSignal"));
            assertEquals(
                    "AUDIO",
                    setup.getJsonObject("generationConfig")
                            .getJsonArray("responseModalities")
                            .getString(0));
        }
    }

    @Test
    void one_token_serves_many_conversations() {
        CountDownLatch dialling = new CountDownLatch(1);
        tokens.first(answer -> await(dialling));
        try (LiveRig rig = rig()) {
            List<LiveRig.Heard> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                LiveRig.Heard heard = new LiveRig.Heard();
                all.add(heard);
                connect(rig, heard);
            }
            dialling.countDown();
            all.forEach(heard -> heard.next(LiveEvent.Ready.class));
            assertEquals(1, tokens.requests());
            assertEquals(
                    List.of(bearer(0)),
                    server.sessions().stream()
                            .map(session -> session.headers().getOrDefault("authorization", ""))
                            .distinct()
                            .toList());
        }
    }

    @Test
    void a_token_that_is_over_is_replaced_before_the_next_dial() {
        tokens.lives(Duration.ofSeconds(15), HOUR); // less than a dial may need
        try (LiveRig rig = rig()) {
            ready(rig).close();
            ready(rig);
            assertEquals(bearer(0), server.nextSession().headers().get("authorization"));
            assertEquals(bearer(1), server.nextSession().headers().get("authorization"));
        }
    }

    @Test
    void a_token_that_is_refused_is_replaced_once_and_the_dial_goes_on() {
        server.refuseSignIn(headers -> headers.getOrDefault("authorization", "").contains("test-0"));
        try (LiveRig rig = rig()) {
            ready(rig);
            assertEquals(bearer(1), server.nextSession().headers().get("authorization"));
            ready(rig);
            assertEquals(2, tokens.requests());
        }
    }

    @Test
    void when_the_new_one_is_refused_as_well_the_operator_is_told_what_to_check() {
        server.refuseSignIn(headers -> true);
        try (LiveRig rig = rig()) {
            LiveEvent.Closed closed = closed(rig);
            assertEquals(FailureKind.UPSTREAM_REFUSED, closed.kind());
            assertTrue(closed.message().contains("roles/aiplatform.user"), closed.toString());
            assertEquals(2, tokens.requests());
        }
    }

    @Test
    void a_project_that_may_not_be_used_is_told_with_the_role_that_is_missing() {
        server.script((session, message) -> session.close(
                1008,
                "Permission 'aiplatform.endpoints.predict' denied on resource"
                        + " '//aiplatform.googleapis.com/projects/my-project/loc"));
        try (LiveRig rig = rig()) {
            LiveEvent.Closed closed = closed(rig);
            assertEquals(FailureKind.UPSTREAM_REFUSED, closed.kind());
            assertTrue(closed.message().contains("project \"my-project\""), closed.toString());
            assertTrue(closed.message().contains("roles/aiplatform.user"), closed.toString());
        }
    }

    @Test
    void a_model_that_is_not_there_is_told_with_the_location() {
        server.script(
                (session, message) -> session.close(
                        1008,
                        "Publisher Model `projects/my-project/locations/europe-west4/publishers/google/models/gemini-3.8-live` was"));
        try (LiveRig rig = rig()) {
            LiveEvent.Closed closed = closed(rig);
            assertEquals(FailureKind.UPSTREAM_REFUSED, closed.kind());
            assertTrue(closed.message().contains("parley.gemini.vertex.location"), closed.toString());
        }
    }

    @Test
    void without_a_token_nothing_is_dialled() {
        try (LiveRig rig = rig()) {
            tokens.close();
            LiveEvent.Closed closed = closed(rig);
            assertEquals(FailureKind.UPSTREAM_UNAVAILABLE, closed.kind());
            assertTrue(closed.message().contains("token server"), closed.toString());
            assertEquals(List.of(), server.sessions());
        }
    }

    @Test
    void a_token_server_that_hangs_is_not_taken_for_google() {
        CountDownLatch over = new CountDownLatch(1);
        tokens.first(answer -> await(over));
        try (LiveRig rig = rig("parley.gemini.connect-timeout", "500ms")) {
            LiveEvent.Closed closed = closed(rig);
            assertEquals(FailureKind.UPSTREAM_UNAVAILABLE, closed.kind());
            assertTrue(closed.message().startsWith("Google's token server did not answer in time"), closed.toString());
            assertEquals(List.of(), server.sessions());
        } finally {
            over.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
