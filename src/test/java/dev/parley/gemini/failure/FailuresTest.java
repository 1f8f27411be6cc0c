package dev.parley.gemini.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveEvent.Closed;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.Secret;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
    private static final String KEY = "sk-unusual/key+with=signs";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1007 | API key not valid. Please pass a valid API key. | UPSTREAM_REFUSED | "main"
            1007 | API key expired. Please renew the API key. | UPSTREAM_REFUSED | "main"
            1008 | Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API c | UPSTREAM_REFUSED | proxy
            1008 | models/m-1 is not found for API version v1beta, or is not supported for bidiGenerateContent. Call ModelService | UPSTREAM_REFUSED | "m-1" in version v1beta
            1007 | Invalid JSON payload received. Unknown name "bogusField" at 'setup': Cannot find field. | UPSTREAM_REFUSED | bogusField
            1007 | Request contains an invalid argument. | UPSTREAM_REFUSED | invalid argument
            1007 | realtime_input.media_chunks is deprecated. Use audio, video, or text instead. | UPSTREAM_REFUSED | parley.gemini.audio-field
            1007 | Precondition check failed. | BAD_MESSAGE | no audio
            1008 | Requested entity was not found. | UPSTREAM_UNAVAILABLE | new one
            1008 | BidiGenerateContent session not found | UPSTREAM_UNAVAILABLE | new one
            1008 | Connection aborted because the client failed to close the connection after receiving a GoAway signal once the session durat | UPSTREAM_UNAVAILABLE | time was over
            1008 | The operation was aborted. | UPSTREAM_UNAVAILABLE | aborted
            1008 | Operation is not implemented, or supported, or enabled. | UPSTREAM_REFUSED | not implemented
            1011 | You exceeded your current quota, please check your plan | NO_CAPACITY | quota of the key "main"
            1008 | You exceeded your current quota | NO_CAPACITY | quota
            1013 | Resource has been exhausted (e.g. check quota). | NO_CAPACITY | quota
            1011 | Internal error encountered. | UPSTREAM_UNAVAILABLE | error of its own
            1011 | Deadline expired before operation could complete. | UPSTREAM_UNAVAILABLE | error of its own
            1006 | '' | UPSTREAM_UNAVAILABLE | broke
            1000 | '' | UPSTREAM_UNAVAILABLE | without saying why
            1009 | message too big | TOO_LARGE | too large
            1007 | '' | UPSTREAM_REFUSED | code 1007
            """)
    void every_known_close_has_its_meaning(int code, String reason, FailureKind kind, String words) {
        Closed closed = CloseFailures.of(code, reason, request(KEY), "v1beta");
        assertEquals(kind, closed.kind());
        assertTrue(closed.message().contains(words), closed.message());
        assertFalse(closed.message().contains("{"), closed.message());
    }

    @Test
    void a_key_in_a_reason_is_hidden_whole_encoded_and_cut() {
        for (String echo : new String[] {
            "bad " + KEY + " here",
            "bad key=" + KEY,
            "sk-unusual%2Fkey%2Bwith%3Dsigns",
            "the end is " + KEY.substring(0, 9)
        }) {
            Closed closed = CloseFailures.of(1007, echo, request(KEY), "v1");
            assertFalse(closed.toString().contains("sk-unusual"), closed.toString());
        }
        assertEquals(
                "someone's [key]!",
                CloseFailures.of(1007, "someone's AIzaSyD-foreign_key!", request(KEY), "v1")
                        .reason());
    }

    @Test
    void an_untrusted_certificate_is_the_operators_affair() {
        Closed closed = DialFailures.of(
                new DeploymentException(
                        "Connection failed.",
                        new SSLHandshakeException(
                                "PKIX path building failed: unable to find valid certification path")),
                request(KEY),
                "v1beta");
        assertEquals(FailureKind.UPSTREAM_REFUSED, closed.kind());
        assertTrue(closed.message().contains("trust the certificate"), closed.message());
    }

    @Test
    void a_proxy_that_refuses_is_named() {
        Closed closed = DialFailures.of(
                new DeploymentException(
                        "x",
                        new IOException(
                                "Could not connect to a proxy. The proxy returned the following status code: 407")),
                request(KEY),
                "v1beta");
        assertEquals(FailureKind.UPSTREAM_REFUSED, closed.kind());
        assertTrue(closed.message().contains("https.proxyHost"), closed.message());
    }

    @Test
    void a_key_in_an_exception_is_hidden() {
        Closed closed = DialFailures.of(new IOException("header x-goog-api-key: " + KEY), request(KEY), "v1beta");
        assertFalse(closed.toString().contains("sk-unusual"), closed.toString());
    }

    private static LiveRequest request(String key) {
        return new LiveRequest(
                new ApiKey("main", new Secret(key)),
                "m-1",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                LiveRequest.Modality.AUDIO,
                false,
                LiveChoice.Wishes.NONE,
                false);
    }
}
