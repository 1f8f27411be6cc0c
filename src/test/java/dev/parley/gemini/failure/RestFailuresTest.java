package dev.parley.gemini.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.message.ServerMessage;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.Secret;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestFailuresTest {
    private static final ApiKey KEY = new ApiKey("main", new Secret("AIzaSecretSecret"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | UNAUTHENTICATED | Request had invalid authentication credentials. Expected OAuth 2 access token | roles/aiplatform.user
            403 | PERMISSION_DENIED | Permission 'aiplatform.endpoints.predict' denied on resource | project "my-project"
            403 | PERMISSION_DENIED | Agent Platform API has not been used in project my-project before or it is disabled. | enable aiplatform.googleapis.com
            403 | PERMISSION_DENIED | This API method requires billing to be enabled. | Google Cloud console
            404 | NOT_FOUND | Publisher Model `projects/my-project/locations/l/publishers/google/models/m-1` was not found | parley.gemini.vertex.location
            """)
    void on_vertex_it_is_said_what_a_project_needs(int code, String status, String message, String words) {
        GoogleError error = new GoogleError(code, status, message, "", null);
        RestFailure failure = RestFailures.of(code, error, null, ApiKey.ofProject("my-project"), "m-1", "v1beta1");
        assertEquals(FailureKind.UPSTREAM_REFUSED, failure.kind());
        assertTrue(failure.getMessage().contains(words), failure.getMessage());
        assertFalse(failure.getMessage().contains("GEMINI_API_KEY"), failure.getMessage());
        assertEquals(code == 401, failure.isSignInRefused());
    }

    @Test
    void tokens_are_taken_out_of_what_others_wrote() {
        GoogleError error = new GoogleError(
                400, "INVALID_ARGUMENT", "Bearer ya29.a0AfH6SMBx-y_z and ya29.short and eyJhbGciOi.J9.sig", "", null);
        RestFailure failure = RestFailures.of(400, error, null, ApiKey.ofProject("my-project"), "m-1", "v1beta1");
        String all = failure.getMessage() + failure.details();
        assertFalse(all.contains("ya29") || all.contains("a0AfH6") || all.contains("eyJ"), all);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | INVALID_ARGUMENT | API key not valid. Please pass a valid API key. | UPSTREAM_REFUSED | "main"
            400 | FAILED_PRECONDITION | User location is not supported for the API use. | UPSTREAM_REFUSED | place
            400 | FAILED_PRECONDITION | Please enable billing on project 1 | UPSTREAM_REFUSED | billing
            400 | INVALID_ARGUMENT | Request payload size exceeds the limit: 20971520 bytes. | TOO_LARGE | parley.batch.inline-bytes
            400 | INVALID_ARGUMENT | The input token count (1200000) exceeds the maximum number of tokens allowed (1048576). | TOO_LARGE | shorter
            400 | INVALID_ARGUMENT | Unsupported MIME type: audio/webm | UNSUPPORTED_AUDIO | audio/webm
            400 | INVALID_ARGUMENT | Audio modality is not enabled for models/m-1 | UNSUPPORTED_AUDIO | another one
            400 | INVALID_ARGUMENT | Request contains an invalid argument. | UPSTREAM_REFUSED | invalid argument
            401 | UNAUTHENTICATED | Request had invalid authentication credentials. | UPSTREAM_REFUSED | "main"
            403 | PERMISSION_DENIED | Method doesn't allow unregistered callers | UPSTREAM_REFUSED | proxy
            403 | PERMISSION_DENIED | You do not have permission to access the File abc or it may not exist. | UPSTREAM_UNAVAILABLE | Send it again
            403 | PERMISSION_DENIED | Permission denied on resource project | UPSTREAM_REFUSED | "main"
            404 | NOT_FOUND | models/m-1 is not found for API version v1beta, or is not supported for generateContent. | UPSTREAM_REFUSED | "m-1" for recordings in version v1beta
            404 | NOT_FOUND | Requested entity was not found. | UPSTREAM_UNAVAILABLE | again
            404 | '' | '' | UPSTREAM_REFUSED | parley.gemini.endpoint
            407 | '' | '' | UPSTREAM_REFUSED | proxy
            413 | '' | '' | TOO_LARGE | too large
            429 | RESOURCE_EXHAUSTED | You exceeded your current quota | NO_CAPACITY | quota of the key "main"
            500 | INTERNAL | An internal error has occurred. | UPSTREAM_UNAVAILABLE | error of its own
            502 | '' | '' | UPSTREAM_UNAVAILABLE | HTTP 502
            503 | UNAVAILABLE | The model is overloaded. | UPSTREAM_UNAVAILABLE | overloaded
            504 | DEADLINE_EXCEEDED | Deadline expired | UPSTREAM_UNAVAILABLE | in time
            302 | '' | '' | UPSTREAM_REFUSED | HTTP 302
            418 | '' | '' | UPSTREAM_REFUSED | not the Gemini API
            """)
    void every_known_answer_has_its_meaning(int code, String status, String message, FailureKind kind, String words) {
        GoogleError error = new GoogleError(code, status, message, "", null);
        RestFailure failure = RestFailures.of(code, error, null, KEY, "m-1", "v1beta");
        assertEquals(kind, failure.kind());
        assertTrue(failure.getMessage().contains(words), failure.getMessage());
        assertFalse(failure.getMessage().contains("{"), failure.getMessage());
        assertEquals(code == 429 || code == 503, failure.isBusy());
    }

    @Test
    void the_reason_in_the_details_tells_a_bad_key_too() {
        GoogleError error = new GoogleError(400, "INVALID_ARGUMENT", "No.", "API_KEY_INVALID", null);
        assertTrue(RestFailures.of(400, error, null, KEY, "m", "v1beta")
                .getMessage()
                .contains("GEMINI_API_KEY"));
    }

    @Test
    void a_key_that_google_echoes_is_hidden() {
        GoogleError error = new GoogleError(400, "INVALID_ARGUMENT", "Bad AIzaSecretSecret here", "", null);
        RestFailure failure = RestFailures.of(400, error, null, KEY, "m", "v1beta");
        assertFalse(failure.getMessage().contains("AIza"), failure.getMessage());
        assertFalse(failure.details().contains("AIza"), failure.details());
    }

    @Test
    void retry_info_beats_the_header_and_fractions_are_kept() {
        GoogleError error = parse("{\"error\":{\"code\":429,\"details\":[{\"@type\":\"x/google.rpc.QuotaFailure\"},"
                + "{\"@type\":\"x/google.rpc.RetryInfo\",\"retryDelay\":\"34.25s\"}]}}");
        assertEquals(
                Optional.of(Duration.ofMillis(34_250)),
                RestFailures.of(429, error, Duration.ofSeconds(3), KEY, "m", "v")
                        .retryAfter());
        assertEquals(
                Optional.of(Duration.ofSeconds(3)),
                RestFailures.of(503, null, Duration.ofSeconds(3), KEY, "m", "v").retryAfter());
    }

    @Test
    void odd_errors_are_read_as_far_as_they_go() {
        GoogleError error =
                parse("{\"error\":{\"code\":\"429\",\"details\":[7,{\"retryDelay\":\"soon\"}],\"status\":1}}");
        assertEquals(429, error.code());
        assertEquals("", error.status());
        assertNull(error.retryDelay());
        assertTrue(GoogleError.in(ServerMessage.read("{\"candidates\":[]}").orElseThrow())
                .isEmpty());
    }

    @Test
    void a_connection_that_was_not_made_is_told_in_the_words_of_the_live_side() {
        assertEquals(
                FailureKind.UPSTREAM_REFUSED,
                AnswerFailures.of(new CompletionException(new SSLHandshakeException("PKIX path building failed")), KEY)
                        .kind());
        assertTrue(AnswerFailures.of(new CompletionException(new ConnectException("refused")), KEY)
                .getMessage()
                .contains("Nothing answers"));
        HttpConnectTimeoutException timeout = new HttpConnectTimeoutException("HTTP connect timed out");
        assertEquals(
                FailureKind.UPSTREAM_UNAVAILABLE,
                AnswerFailures.of(timeout, KEY).kind());
    }

    private static GoogleError parse(String json) {
        return GoogleError.in(ServerMessage.read(json).orElseThrow()).orElseThrow();
    }
}
