package dev.parley.it.sdk;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.genai.Client;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import dev.parley.testkit.TestCertificate;
import dev.parley.testkit.TlsTerminator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import okhttp3.OkHttpClient;

/** TLS before the deployed server, and clients of Google's SDK that trust its certificate. */
final class SecureStage implements AutoCloseable {
    private final TestCertificate certificate;
    private final TlsTerminator terminator;

    private SecureStage(TestCertificate certificate) {
        this.certificate = certificate;
        terminator = TlsTerminator.start(certificate);
    }

    /** Listens, for a server that is yet to come. */
    static SecureStage open() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "it"));
            return new SecureStage(TestCertificate.in(Files.createTempDirectory(folder, "tls")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Such as {@code https://127.0.0.1:40123}. */
    URI address() {
        return terminator.address();
    }

    TestCertificate certificate() {
        return certificate;
    }

    /** The server is there. */
    void forwardTo(int port) {
        terminator.forwardTo(port);
    }

    /** An SDK client with that key; it repeats what failed once, at once. */
    Client client(String key) {
        return builder().apiKey(key).build();
    }

    /** An SDK client of Vertex AI with that access token. */
    Client vertexClient(String token) {
        return builder()
                .vertexAI(true)
                .project("test-project")
                .location("europe-west4")
                .credentials(GoogleCredentials.create(AccessToken.newBuilder()
                        .setTokenValue(token)
                        .setExpirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                        .build()))
                .build();
    }

    private Client.Builder builder() {
        // One each: who closes an SDK client closes its HTTP client too.
        OkHttpClient http = new OkHttpClient.Builder()
                .sslSocketFactory(certificate.client().getSocketFactory(), certificate.trust())
                .build();
        return Client.builder()
                .httpOptions(HttpOptions.builder()
                        .baseUrl(address().toString())
                        .retryOptions(HttpRetryOptions.builder()
                                .attempts(2)
                                .initialDelay(0.01)
                                .maxDelay(0.01)
                                .jitter(0.0))
                        .build())
                .clientOptions(ClientOptions.builder().customHttpClient(http).build());
    }

    @Override
    public void close() {
        terminator.close();
    }
}
