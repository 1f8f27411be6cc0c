package dev.parley.gemini.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.access.UpstreamAccess;
import dev.parley.gemini.access.token.AccessFailure;
import dev.parley.gemini.failure.RestFailure;
import dev.parley.gemini.message.TokenCounts;
import dev.parley.gemini.models.BatchModel;
import dev.parley.gemini.models.ModelCatalogue;
import dev.parley.gemini.models.ModelChoices;
import dev.parley.gemini.models.ModelProbe;
import dev.parley.gemini.rest.http.RestTransport;
import dev.parley.gemini.rest.wire.AnswerListener;
import dev.parley.gemini.rest.wire.Question;
import dev.parley.gemini.rest.wire.Transcript;
import dev.parley.gemini.settings.ApiKeys;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.testkit.RealThreads;
import dev.parley.testkit.ScriptedRestServer;
import dev.parley.testkit.ScriptedTokenServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests to Vertex AI, with access tokens of a scripted token server. */
class VertexRestTest {
    private static final String MODEL =
            "/v1beta1/projects/my-project/locations/global/publishers/google/models/gemini-3.8-flash";
    private static final ApiKey PROJECT = ApiKey.ofProject("my-project");

    @TempDir
    private Path folder;

    private final RealThreads threads = new RealThreads();
    private final ScriptedTokenServer tokens = ScriptedTokenServer.start();
    private final ScriptedRestServer google = ScriptedRestServer.start().script(VertexRestTest::answer);
    private Map<String, String> settings = Map.of();

    @BeforeEach
    void configure() {
        settings = new HashMap<>(Map.of(
                "parley.gemini.vertex.project",
                "my-project",
                "parley.gemini.vertex.location",
                "global",
                "parley.gemini.vertex.credentials-file",
                tokens.credentialsFile(folder).toString(),
                "parley.gemini.endpoint",
                google.address().toString()));
    }

    @AfterEach
    void close() {
        google.close();
        tokens.close();
        threads.close();
    }

    private static void answer(ScriptedRestServer.Answer answer) throws IOException {
        if (answer.request().target().endsWith(":countTokens")) {
            answer.json(200, "{\"totalTokens\":1}");
        } else {
            answer.json(
                    200,
                    "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hello\"}]},"
                            + "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"totalTokenCount\":3,\"trafficType\":\"ON_DEMAND\"}}");
        }
    }

    private SettingsReader reader() {
        return new SettingsReader(name -> Optional.ofNullable(settings.get(name)));
    }

    private LiveAddress address() {
        return new LiveAddress(reader(), new ApiKeys(reader()));
    }

    private RestTransport transport() {
        UpstreamAccess access = new UpstreamAccess(reader(), threads.executor(), Clock.systemUTC(), threads);
        return new RestTransport(reader(), address(), access, threads.factory(), Clock.systemUTC(), threads);
    }

    private ModelProbe probe() {
        return new ModelProbe(reader(), transport());
    }

    private static void ask(ModelProbe probe, ApiKey key) {
        probe.key(key, Duration.ofSeconds(10), new Cancellation());
    }

    private String ask(RestTransport transport) throws IOException {
        Path file = Files.write(folder.resolve("recording"), new byte[100]);
        Question question = new Question(
                PROJECT,
                "gemini-3.8-flash",
                false,
                Optional.of("What?"),
                Optional.empty(),
                new Question.Inline(file, "audio/wav", 100));
        Heard heard = new Heard();
        new GeminiRest(reader(), transport, threads)
                .ask(question, false, heard, (pause, why) -> {}, new Cancellation());
        return heard.text.toString();
    }

    private static final class Heard implements AnswerListener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void transcript(Transcript transcript) {}

        @Override
        public void text(String delta) {
            text.append(delta);
        }

        @Override
        public void usage(TokenCounts counts) {}
    }

    @Test
    void a_question_goes_to_the_model_of_the_project_with_a_token() throws IOException {
        RestTransport transport = transport();
        assertEquals("Hello", ask(transport));
        assertEquals("Hello", ask(transport));
        assertEquals(1, tokens.requests());
        for (ScriptedRestServer.Request request : google.requests()) {
            assertEquals(MODEL + ":generateContent", request.target());
            assertEquals("Bearer " + tokens.issued().get(0), request.header("Authorization"));
            assertEquals("", request.header("x-goog-api-key"));
        }
        assertFalse(new GeminiRest(reader(), transport, threads).takesUploads());
    }

    @Test
    void a_token_that_is_refused_is_replaced_once() throws IOException {
        google.script(answer -> {
            if (answer.request().header("Authorization").contains("test-0")) {
                answer.json(401, "{\"error\":{\"code\":401,\"status\":\"UNAUTHENTICATED\",\"message\":\"no\"}}");
            } else {
                answer(answer);
            }
        });
        assertEquals("Hello", ask(transport()));
        assertEquals(2, google.requests().size());
        google.script(answer -> answer.json(401, "{}"));
        RestFailure failure = assertThrows(RestFailure.class, () -> ask(transport()));
        assertEquals(FailureKind.UPSTREAM_REFUSED, failure.kind());
        assertEquals(4, google.requests().size());
    }

    @Test
    void an_error_inside_an_answer_is_no_reason_to_ask_again() {
        google.script(answer -> answer.json(200, "{\"error\":{\"code\":401,\"message\":\"no\"}}"));
        assertThrows(RestFailure.class, () -> ask(transport()));
        assertEquals(1, google.requests().size());
    }

    @Test
    void the_check_tells_whether_credentials_work() {
        ModelProbe probe = probe();
        ask(probe, PROJECT);
        assertEquals(MODEL + ":countTokens", google.requests().get(0).target());
        google.script(answer -> answer.json(
                403,
                "{\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\",\"message\":\"Permission"
                        + " 'aiplatform.endpoints.predict' denied on resource\"}}"));
        RestFailure denied = assertThrows(RestFailure.class, () -> ask(probe, PROJECT));
        assertTrue(String.valueOf(denied.getMessage()).contains("roles/aiplatform.user"), denied::toString);
        tokens.close();
        ModelProbe without = probe();
        assertEquals(
                FailureKind.UPSTREAM_UNAVAILABLE,
                assertThrows(AccessFailure.class, () -> ask(without, PROJECT)).kind());
    }

    @Test
    void the_check_of_a_key_asks_for_the_list_of_models() {
        settings = Map.of(
                "parley.gemini.key",
                "AIzaCheckTestKey",
                "parley.gemini.endpoint",
                google.address().toString());
        ApiKey key = new ApiKeys(reader()).keys().get(0);
        google.script(answer -> answer.json(200, "{\"models\":[]}"));
        ask(probe(), key);
        assertEquals("/v1beta/models?pageSize=1", google.requests().get(0).target());
        google.script(answer -> answer.json(
                400, "{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API key.\"}}"));
        assertThrows(RestFailure.class, () -> ask(probe(), key));
        google.script(answer -> answer.json(401, "{}"));
        int before = google.requests().size();
        assertThrows(RestFailure.class, () -> ask(probe(), key));
        assertEquals(before + 1, google.requests().size(), "there is no other key to try");
    }

    @Test
    void the_models_are_those_that_are_known_and_nobody_is_asked() {
        ModelCatalogue catalogue = new ModelCatalogue(
                reader(),
                transport(),
                address(),
                new ApiKeys(reader()),
                threads.executor(),
                Clock.systemUTC(),
                threads);
        ModelChoices choices = catalogue.current().toCompletableFuture().join();
        assertEquals(
                List.of("gemini-3.8-live", "gemini-3.5-transcribe-live"),
                choices.live().stream().map(ModelChoices.LiveModel::name).toList());
        assertTrue(choices.batch().stream().map(BatchModel::name).toList().contains("gemini-3.8-flash"));
        assertFalse(choices.simulated());
        assertEquals(List.of(), google.requests());
        assertEquals(0, tokens.requests());
    }
}
