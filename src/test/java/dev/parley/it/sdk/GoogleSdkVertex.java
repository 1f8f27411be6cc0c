package dev.parley.it.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.genai.Client;
import com.google.genai.errors.ClientException;
import com.google.genai.types.CountTokensConfig;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.LiveServerMessage;
import com.google.genai.types.SessionResumptionConfig;
import com.google.genai.types.TrafficType;
import com.google.genai.types.UsageMetadata;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Google's SDK as a client of Vertex AI. An interface, so that no server is started for it alone. */
interface GoogleSdkVertex {
    /** An SDK client of the deployed server, with that access token. */
    Client vertexClient(String token);

    @Test
    default void a_session_of_vertex_belongs_to_the_project_and_not_to_the_token() {
        String handle;
        try (Client client = vertexClient("ya29.first");
                SdkCaller caller = SdkCaller.connect(
                        client,
                        SdkCaller.MODEL,
                        SdkCaller.voices().sessionResumption(SessionResumptionConfig.builder()))) {
            assertTrue(caller.session().setupComplete().sessionId().isPresent());
            caller.type("Hello Vertex");
            UsageMetadata usage = caller.next("usage", LiveServerMessage::usageMetadata);
            assertEquals(
                    Optional.of(TrafficType.Known.ON_DEMAND),
                    usage.trafficType().map(TrafficType::knownEnum));
            assertTrue(usage.responseTokenCount().orElse(0) > 0, usage::toString);
            List<LiveServerMessage> heard = caller.takeHeard();
            assertTrue(
                    SdkCaller.answer(heard).startsWith("Turn 1: you wrote \"Hello Vertex\""),
                    () -> SdkCaller.answer(heard));
            handle = caller.nextHandle();
        }
        try (Client client = vertexClient("ya29.second");
                SdkCaller caller = SdkCaller.connect(
                        client,
                        SdkCaller.MODEL,
                        SdkCaller.voices()
                                .sessionResumption(
                                        SessionResumptionConfig.builder().handle(handle)))) {
            caller.type("Again");
            caller.nextTurnComplete();
            List<LiveServerMessage> heard = caller.takeHeard();
            assertTrue(SdkCaller.answer(heard).startsWith("Turn 2:"), () -> SdkCaller.answer(heard));
        }
    }

    @Test
    default void vertex_answers_requests_and_counts_tokens() {
        try (Client client = vertexClient("ya29.token")) {
            assertTrue(client.models
                    .generateContent(
                            "gemini-3.8-flash",
                            "Hello Vertex",
                            GenerateContentConfig.builder().build())
                    .text()
                    .contains("2 words and 12 characters"));
            assertTrue(client.models
                            .countTokens(
                                    "gemini-3.8-flash",
                                    "four characters a token",
                                    CountTokensConfig.builder().build())
                            .totalTokens()
                            .orElse(0)
                    > 3);
            ClientException unknown = assertThrows(
                    ClientException.class,
                    () -> client.models.generateContent(
                            "gemini-0-none",
                            "Hello",
                            GenerateContentConfig.builder().build()));
            assertEquals(404, unknown.code());
            assertTrue(
                    String.valueOf(unknown.getMessage()).contains("Publisher Model `projects/test-project/"),
                    unknown::toString);
        }
    }

    @Test
    default void a_token_that_is_over_opens_nothing() {
        try (Client client = vertexClient("ya29.old~until~1700000000")) {
            ClientException refused = assertThrows(
                    ClientException.class,
                    () -> client.models.generateContent(
                            "gemini-3.8-flash",
                            "Hello",
                            GenerateContentConfig.builder().build()));
            assertEquals(401, refused.code());
            CompletableFuture<?> session = client.async.live.connect(
                    SdkCaller.MODEL, SdkCaller.voices().build());
            assertThrows(Exception.class, () -> session.get(5, TimeUnit.SECONDS));
        }
    }
}
