package dev.parley.it.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.genai.AsyncSession;
import com.google.genai.Client;
import com.google.genai.types.Blob;
import com.google.genai.types.LiveSendRealtimeInputParameters;
import com.google.genai.types.LiveServerGoAway;
import com.google.genai.types.LiveServerMessage;
import com.google.genai.types.SessionResumptionConfig;
import com.google.genai.types.UsageMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How sessions of Google's SDK end and go on. An interface, so that no server is started for it alone. */
interface GoogleSdkEnds {
    /** An SDK client of the deployed server. */
    Client client(String key);

    @Test
    default void after_go_away_the_session_goes_on_where_it_was() {
        String handle;
        try (Client client = client("key")) {
            try (SdkCaller caller = SdkCaller.connect(
                    client, SdkCaller.MODEL, SdkCaller.voices().sessionResumption(SessionResumptionConfig.builder()))) {
                caller.type("Remember me");
                caller.nextTurnComplete();
                handle = caller.nextHandle();
                caller.type("/simulate goaway 20");
                LiveServerGoAway goAway = caller.next("goAway", LiveServerMessage::goAway);
                assertEquals(Optional.of(Duration.ofSeconds(20)), goAway.timeLeft());
            }
            try (SdkCaller caller = SdkCaller.connect(
                    client,
                    SdkCaller.MODEL,
                    SdkCaller.voices()
                            .sessionResumption(SessionResumptionConfig.builder().handle(handle)))) {
                caller.type("Again");
                UsageMetadata usage = caller.next("usage", LiveServerMessage::usageMetadata);
                assertTrue(usage.promptTokenCount().orElseThrow() > 60, usage::toString);
                List<LiveServerMessage> heard = caller.takeHeard();
                assertTrue(
                        SdkCaller.answer(heard).startsWith("Turn 2: you wrote \"Again\""),
                        () -> SdkCaller.answer(heard));
            }
        }
    }

    @Test
    default void refusals_come_as_google_says_them() {
        try (SdkClosings closings = new SdkClosings();
                Client wrong = client("invalid");
                Client good = client("key")) {
            CompletableFuture<AsyncSession> bad =
                    wrong.async.live.connect(SdkCaller.MODEL, SdkCaller.voices().build());
            assertEquals("1007 API key not valid. Please pass a valid API key.", closings.next());
            CompletableFuture<AsyncSession> unknown = good.async.live.connect(
                    SdkCaller.MODEL,
                    SdkCaller.voices()
                            .sessionResumption(SessionResumptionConfig.builder().handle("nobody-knows-it"))
                            .build());
            assertEquals("1008 Requested entity was not found.", closings.next());
            // Neither is a session; why they are not failed futures either, SdkClosings tells.
            assertFalse(bad.isDone() && !bad.isCompletedExceptionally());
            assertFalse(unknown.isDone() && !unknown.isCompletedExceptionally());
            try (SdkCaller caller = SdkCaller.connect(good, SdkCaller.MODEL, SdkCaller.voices())) {
                caller.send(LiveSendRealtimeInputParameters.builder()
                        .media(Blob.builder().mimeType("audio/pcm").data(new byte[320])));
                assertEquals(
                        "1007 realtime_input.media_chunks is deprecated. Use audio, video, or text instead.",
                        closings.next());
            }
        }
    }
}
