package dev.parley.it.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.genai.Client;
import com.google.genai.types.AudioTranscriptionConfig;
import com.google.genai.types.Content;
import com.google.genai.types.LiveClientContextUpdate;
import com.google.genai.types.LiveConnectConfig;
import com.google.genai.types.LiveSendClientContentParameters;
import com.google.genai.types.LiveServerContent;
import com.google.genai.types.LiveServerMessage;
import com.google.genai.types.LiveServerSetupComplete;
import com.google.genai.types.Modality;
import com.google.genai.types.Part;
import com.google.genai.types.UsageMetadata;
import com.google.genai.types.VoiceActivity;
import dev.parley.gemini.tyrus.SecureCaller;
import dev.parley.it.stage.CorpusFile;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.TestCaller;
import dev.parley.it.stage.Voice;
import dev.parley.testkit.AudioComparison;
import dev.parley.testkit.ChildJvm;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Conversations of Google's own Java SDK with the simulator over TLS, and Parley's own. More of the SDK is in the
 * interfaces, which share this deployment.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class GoogleSdkIT implements GoogleSdkRest, GoogleSdkTools, GoogleSdkEnds, GoogleSdkVertex {
    private static final short[] VOICE = CorpusFile.read("chrome-32k.webm").reference();
    private static final SecureStage STAGE = SecureStage.open();

    @ArquillianResource
    private URL url;

    /** Its own upstream is the simulator as well, by way of TLS; its JVM does not trust the certificate. */
    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.talkingTo(STAGE.address(), Map.of("parley.simulator.enabled", "always"));
    }

    @BeforeEach
    void forward() {
        STAGE.forwardTo(url.getPort());
    }

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @Override
    public Client client(String key) {
        return STAGE.client(key);
    }

    @Override
    public Client vertexClient(String token) {
        return STAGE.vertexClient(token);
    }

    @Test
    void a_text_is_answered() {
        try (Client client = client("key");
                SdkCaller caller = SdkCaller.connect(client, SdkCaller.MODEL, SdkCaller.voices())) {
            assertEquals(
                    LiveServerSetupComplete.builder().build(), caller.session().setupComplete());
            caller.type("Hello there");
            UsageMetadata usage = caller.next("usage", LiveServerMessage::usageMetadata);
            assertEquals(
                    usage.promptTokenCount().orElseThrow()
                            + usage.responseTokenCount().orElseThrow(),
                    usage.totalTokenCount().orElseThrow());
            List<LiveServerMessage> heard = caller.takeHeard();
            assertTrue(
                    SdkCaller.answer(heard).startsWith("Turn 1: you wrote \"Hello there\""),
                    () -> SdkCaller.answer(heard));
            assertTrue(Voice.loudness(AudioComparison.samples(SdkCaller.sound(heard))) > 300);
            assertEquals(1, count(heard, LiveServerContent::generationComplete));
            assertEquals(1, count(heard, LiveServerContent::turnComplete));

            caller.session()
                    .sendClientContent(LiveSendClientContentParameters.builder()
                            .turns(Content.builder().role("user").parts(Part.fromText("Turn by turn")))
                            .turnComplete(true)
                            .build())
                    .join();
            caller.nextTurnComplete();
            List<LiveServerMessage> second = caller.takeHeard();
            assertTrue(
                    SdkCaller.answer(second).startsWith("Turn 2: you wrote \"Turn by turn\""),
                    () -> SdkCaller.answer(second));
        }
    }

    @Test
    void a_voice_is_transcribed_and_answered_with_itself() {
        try (Client client = client("key");
                SdkCaller caller = SdkCaller.connect(client, SdkCaller.MODEL, SdkCaller.voices())) {
            caller.speak(VOICE);
            caller.pause();
            caller.nextTurnComplete();
            List<LiveServerMessage> heard = caller.takeHeard();
            String words = SdkCaller.transcript(heard, LiveServerContent::inputTranscription);
            assertTrue(words.startsWith("[speech 0.2 s, level"), words);
            assertTrue(SdkCaller.answer(heard).contains("I heard you for 6.4 s"), () -> SdkCaller.answer(heard));
            assertOwnVoice(SdkCaller.sound(heard));
        }
    }

    @Test
    void who_speaks_during_an_answer_cuts_it() {
        try (Client client = client("key");
                SdkCaller caller = SdkCaller.connect(client, SdkCaller.MODEL, SdkCaller.voices())) {
            caller.type("one two three four five six seven eight nine ten eleven twelve");
            caller.nextContent("sound", content -> content.modelTurn().isPresent());
            caller.speak(VOICE);
            caller.nextContent("interrupted", content -> content.interrupted().orElse(false));
            caller.nextTurnComplete();
            assertEquals(0, count(caller.takeHeard(), LiveServerContent::generationComplete));
            caller.pause();
            caller.nextTurnComplete();
            List<LiveServerMessage> heard = caller.takeHeard();
            assertTrue(SdkCaller.answer(heard).startsWith("Turn 2: I heard you for"), () -> SdkCaller.answer(heard));
            assertOwnVoice(SdkCaller.sound(heard));
        }
    }

    @Test
    void captions_come_with_the_times_of_speech_in_fractions_of_seconds() {
        LiveConnectConfig.Builder captions = LiveConnectConfig.builder()
                .responseModalities(Modality.Known.TEXT)
                .inputAudioTranscription(AudioTranscriptionConfig.builder().languageCodes("en-US"));
        try (Client client = client("simulate:fractions");
                SdkCaller caller = SdkCaller.connect(client, "gemini-3.5-transcribe-live", captions)) {
            caller.speak(VOICE);
            caller.pause();
            VoiceActivity start = caller.next("the start of speech", LiveServerMessage::voiceActivity);
            assertEquals(Optional.of(Duration.ofMillis(460)), start.audioOffset());
            caller.nextContent(
                    "a preview", content -> content.interimInputTranscription().isPresent());
            caller.nextContent(
                    "the words", content -> content.inputTranscription().isPresent());
            VoiceActivity end = caller.next("the end of speech", LiveServerMessage::voiceActivity);
            assertTrue(end.audioOffset().orElseThrow().compareTo(Duration.ofSeconds(6)) > 0, end::toString);
        }
    }

    @Test
    void what_the_context_is_changed_to_is_taken() {
        try (Client client = client("key");
                SdkCaller caller = SdkCaller.connect(client, SdkCaller.MODEL, SdkCaller.voices())) {
            caller.session()
                    .sendContextUpdate(LiveClientContextUpdate.builder()
                            .systemInstruction(Content.fromParts(Part.fromText("Be brief.")))
                            .build())
                    .join();
            caller.type("Hello");
            caller.nextTurnComplete();
        }
    }

    @Test
    void parleys_own_connection_over_tls_says_and_hears_everything(@TempDir Path folder) throws IOException {
        Path said = folder.resolve("said.pcm");
        Path answered = folder.resolve("answered.pcm");
        Files.write(said, Voice.bytes(VOICE));
        Path heard = folder.resolve("words.txt");
        ChildJvm.run(
                STAGE.certificate().jvmOptions(),
                SecureCaller.class.getName(),
                STAGE.address().toString(),
                said.toString(),
                answered.toString(),
                heard.toString());
        String words = Files.readString(heard);
        assertTrue(words.contains("I heard you for 6.4 s"), words);
        assertOwnVoice(Files.readAllBytes(answered));
    }

    @Test
    void the_war_carries_nothing_of_the_sdk() throws IOException {
        try (ZipFile war = new ZipFile(System.getProperty("parley.war"))) {
            List<String> libraries = war.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("WEB-INF/lib/"))
                    .toList();
            assertTrue(libraries.size() > 3, libraries::toString);
            assertTrue(
                    libraries.stream().noneMatch(name -> name.matches(".*(genai|okhttp|okio|kotlin).*")),
                    libraries::toString);
        }
    }

    @Test
    void who_calls_a_parley_that_does_not_trust_its_upstream_is_told_what_to_do() {
        try (TestCaller caller = TestCaller.connect(Deployments.address(url))) {
            caller.start("audio/pcm;rate=16000");
            JsonObject ended = caller.next("ended");
            assertTrue(List.of(4502, 4503).contains(ended.getInt("code")), ended::toString);
            assertTrue(ended.getString("reason").contains("JVM's trust store"), ended::toString);
        }
    }

    private static long count(List<LiveServerMessage> heard, Function<LiveServerContent, Optional<Boolean>> flag) {
        return heard.stream()
                .flatMap(message -> message.serverContent().stream())
                .filter(content -> flag.apply(content).orElse(false))
                .count();
    }

    private static void assertOwnVoice(byte[] sound) {
        short[] samples = AudioComparison.samples(sound);
        AudioComparison comparison = AudioComparison.of(samples, Voice.at(24_000, VOICE));
        assertTrue(comparison.correlation() > 0.99, comparison::toString);
        assertTrue(samples.length > 6 * 24_000, () -> samples.length + " samples");
    }
}
