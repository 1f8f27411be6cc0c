package dev.parley.tools.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.shared.execution.FewThreads;
import dev.parley.tools.mcp.McpSettings.Server;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Makes the SDK's clients, on threads of the container. The SDK is touched by the first one that is made. */
final class McpClients implements AutoCloseable {
    private static final int THREADS = 4;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    /** A list of tools or a result; a result is bounded more narrowly later. */
    private static final int LONGEST_RESPONSE_BYTES = 4 << 20;

    private final Duration patience;
    private final ThreadPoolExecutor threads;
    private final JacksonMcpJsonMapper json;

    /**
     * Clients that wait so long for an answer.
     *
     * @param threadFactory of the container
     */
    McpClients(Duration patience, ThreadFactory threadFactory) {
        this.patience = patience;
        threads = FewThreads.of(THREADS, threadFactory);
        json = new JacksonMcpJsonMapper(new ObjectMapper());
        // The library is this application's own, and so are its schedulers: one thread for its time-outs.
        Schedulers.setFactory(new Schedulers.Factory() {
            @Override
            public Scheduler newParallel(int parallelism, ThreadFactory ownThreads) {
                return Schedulers.Factory.super.newParallel(1, threadFactory);
            }

            @Override
            public Scheduler newBoundedElastic(int threadCap, int queueCap, ThreadFactory ownThreads, int ttlSeconds) {
                return Schedulers.Factory.super.newBoundedElastic(THREADS, queueCap, threadFactory, ttlSeconds);
            }
        });
    }

    /** A client that has not connected yet. */
    McpSyncClient make(Server server) {
        String origin = server.url().getScheme() + "://" + server.url().getRawAuthority();
        HttpRequest.Builder request = HttpRequest.newBuilder();
        server.authorization().ifPresent(secret -> request.header("Authorization", secret.reveal()));
        return McpClient.sync(HttpClientStreamableHttpTransport.builder(origin)
                        .endpoint(server.url().toString())
                        .jsonMapper(json)
                        .connectTimeout(CONNECT_WITHIN)
                        .customizeClient(builder -> builder.executor(threads)
                                .version(HttpClient.Version.HTTP_1_1)
                                .followRedirects(HttpClient.Redirect.NEVER)) // the secret is for this server only
                        .requestBuilder(request)
                        .maxResponseSize(LONGEST_RESPONSE_BYTES)
                        .build())
                .requestTimeout(patience)
                .initializationTimeout(patience)
                .clientInfo(Implementation.builder("parley", "1").build())
                .jsonSchemaValidator(new Trusting())
                .build();
    }

    /** Results go to the model as they are; it judges them as well as a schema would. */
    private static final class Trusting implements JsonSchemaValidator {
        @Override
        public ValidationResponse validate(Map<String, Object> schema, Object structuredContent) {
            return ValidationResponse.asValid(String.valueOf(structuredContent));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        Schedulers.shutdownNow();
    }
}
