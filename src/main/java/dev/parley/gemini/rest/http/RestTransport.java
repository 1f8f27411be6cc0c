package dev.parley.gemini.rest.http;

import dev.parley.gemini.access.Credential;
import dev.parley.gemini.access.UpstreamAccess;
import dev.parley.gemini.failure.AnswerFailures;
import dev.parley.gemini.failure.RestFailure;
import dev.parley.gemini.service.GoogleService;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.gemini.settings.LiveSettings;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.execution.FewThreads;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.settings.SettingsReader;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Exchanges with Gemini's REST API over one client for the whole application. HTTP/1.1: a cancelled request then ends
 * its connection, which is what stops a server from working on it, and recordings are few and long. Redirects are not
 * followed, since they would carry the credential elsewhere. Thread safe; {@link #exchange} blocks.
 */
@ApplicationScoped
public class RestTransport {
    /**
     * The client's own tasks: name look-ups, TLS, pieces of bodies. None waits for another, so a few threads get all of
     * them done, while those who wait for an answer have threads elsewhere. Exchanges are few, so their tasks are.
     */
    private static final int THREADS = 4;

    private final HttpClient client;
    private final ThreadPoolExecutor threads;
    private final Clock clock;
    private final Timers timers;
    private final LiveAddress address;
    private final UpstreamAccess access;
    private final LiveSettings settings;

    /** For CDI's client proxy only, which has no use for the fields. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected RestTransport() {
        client = null;
        threads = null;
        clock = null;
        timers = null;
        address = null;
        access = null;
        settings = null;
    }

    /** Reads the settings. */
    @Inject
    public RestTransport(
            SettingsReader reader,
            LiveAddress address,
            UpstreamAccess access,
            ThreadFactory threadFactory,
            Clock clock,
            Timers timers) {
        settings = LiveSettings.read(reader);
        this.address = address;
        this.access = access;
        threads = FewThreads.of(THREADS, threadFactory);
        this.clock = clock;
        this.timers = timers;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .executor(threads)
                .build();
    }

    /** Exchanges under way go on as far as they do without another thread. */
    @PreDestroy
    void end() {
        threads.shutdown();
    }

    /** The version of the API, such as {@code v1beta}. */
    public String version() {
        return settings.version();
    }

    /** Whose API it is. */
    public GoogleService service() {
        return settings.service();
    }

    /**
     * The address of a method of a model.
     *
     * @param id of the model, bare
     * @param method such as {@code generateContent}, with a query if there is one
     */
    public URI target(String id, String method) {
        return target(version() + "/" + service().modelName(id) + ":" + method);
    }

    /**
     * The address of something in the API.
     *
     * @param path below the configured address, without a slash at the beginning
     * @throws RestFailure while the simulator's address is not known
     */
    public URI target(String path) {
        URI base = address.base().orElseThrow(AnswerFailures::simulatorNotReady);
        return URI.create(base.toString().replaceAll("/+$", "") + "/" + path);
    }

    /**
     * Sends a request and reads its answer; once more with a new access token when the one it had is refused.
     *
     * @param reader called with the answer when its status is a success
     * @throws RestFailure for every other answer, for none, and for one that breaks off or falls silent
     * @throws dev.parley.gemini.access.token.AccessFailure when there is no access token to be had
     * @throws CancellationException as soon as it is cancelled; a token that is being got is waited for
     */
    public <T> T exchange(Call call, Cancellation cancellation, Reply.Reader<T> reader) {
        cancellation.check();
        Credential credential = access.credential(call.key());
        AtomicBoolean answered = new AtomicBoolean();
        try {
            return exchange(call, credential, cancellation, reply -> {
                answered.set(true);
                return reader.read(reply);
            });
        } catch (RestFailure refused) {
            if (answered.get() || !refused.isSignInRefused() || !access.refused(credential)) {
                throw refused;
            }
        }
        return exchange(call, access.credential(call.key()), cancellation, reader);
    }

    private <T> T exchange(Call call, Credential credential, Cancellation cancellation, Reply.Reader<T> reader) {
        cancellation.check();
        try (SilenceWatch watch = new SilenceWatch(clock, timers, call.patience())) {
            CompletableFuture<HttpResponse<InputStream>> answer =
                    client.sendAsync(request(call, credential, watch), BodyHandlers.ofInputStream());
            Cancellation.Registration registration = cancellation.onCancel(() -> stop(answer));
            try {
                watch.begin(() -> threads.execute(() -> stop(answer)));
                return read(call, answer.join(), watch, reader);
            } catch (IOException | UncheckedIOException | CompletionException | CancellationException failure) {
                cancellation.check();
                throw watch.isExpired()
                        ? AnswerFailures.silent(call.patience())
                        : AnswerFailures.of(failure, call.key());
            } catch (RestFailure failure) { // a body that was closed from here looks like one that broke off
                cancellation.check();
                throw watch.isExpired() ? AnswerFailures.silent(call.patience()) : failure;
            } finally {
                registration.close();
            }
        }
    }

    private <T> T read(Call call, HttpResponse<InputStream> response, SilenceWatch watch, Reply.Reader<T> reader)
            throws IOException {
        watch.sign();
        try (InputStream body = new WatchedStream(response.body(), watch::sign)) {
            Reply reply = new Reply(response.statusCode(), response.headers(), body);
            if (reply.status() < 200 || reply.status() > 299) {
                throw Refusals.read(call, reply, version());
            }
            return reader.read(reply);
        }
    }

    private static void stop(CompletableFuture<HttpResponse<InputStream>> answer) {
        if (!answer.cancel(true) && !answer.isCompletedExceptionally()) {
            closeQuietly(answer.join().body());
        }
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException ignored) {
            // it is being given up anyway
        }
    }

    private HttpRequest request(Call call, Credential credential, SilenceWatch watch) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.target())
                .method(
                        call.method(),
                        call.body().map(body -> publisher(body, watch)).orElseGet(BodyPublishers::noBody));
        call.headers().forEach(request::setHeader);
        if (isGemini(call.target())) {
            credential.write(request::setHeader);
        }
        return request.build();
    }

    /** Upload addresses come from the server; the credential goes to none but the configured one. */
    private boolean isGemini(URI target) {
        return address.base()
                .filter(base -> base.getScheme().equals(target.getScheme())
                        && base.getAuthority().equals(target.getAuthority()))
                .isPresent();
    }

    private static BodyPublisher publisher(CallBody body, SilenceWatch watch) {
        BodyPublisher chunks = BodyPublishers.ofInputStream(() -> {
            try {
                return new WatchedStream(body.source().open(), watch::sign);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
        return body.length() == 0 ? BodyPublishers.noBody() : BodyPublishers.fromPublisher(chunks, body.length());
    }
}
