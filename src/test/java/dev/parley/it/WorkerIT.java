package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.stage.CorpusFile;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.TranscodeProbe;
import dev.parley.testkit.AudioComparison;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The server has recordings decoded by Humble Video, and nothing of it in its own process. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class WorkerIT {
    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.simulated(Map.of()).addClass(TranscodeProbe.class);
    }

    @Test
    void recordings_are_decoded_outside_the_server(@TempDir Path folder) throws Exception {
        Path source = Files.write(
                folder.resolve("voice.m4a"), CorpusFile.read("voice-m4a.m4a").bytes());
        Path target = folder.resolve("voice.wav");
        String address = Deployments.address(url) + "api/transcode-probe?source=" + encoded(source) + "&target="
                + encoded(target);
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
        List<String> lines = response.body().lines().toList();
        boolean built = wholeWar();
        if (built && CanRun.HERE) {
            assertEquals("decoded", lines.get(0), response.body());
            AudioComparison comparison = AudioComparison.of(
                    AudioComparison.readWav(Files.readAllBytes(target)),
                    AudioComparison.readWavResource("/corpus/voice-m4a.pcm16k.wav"),
                    320);
            assertTrue(comparison.correlation() >= 0.99, comparison::toString);
        } else {
            assertTrue(lines.get(0).startsWith("UNSUPPORTED_AUDIO "), response.body());
        }
        assertEquals("library false", lines.get(1));
        assertEquals("class false", lines.get(2));
        assertEquals("program false", lines.get(3));
    }

    @Test
    void the_war_keeps_humble_video_where_the_server_does_not_load_it() throws Exception {
        try (ZipFile war = new ZipFile(System.getProperty("parley.war"))) {
            war.stream().map(entry -> entry.getName()).forEach(name -> {
                assertFalse(name.startsWith("WEB-INF/lib/humble"), name);
                assertFalse(name.startsWith("WEB-INF/classes/dev/parley/media/worker/program/"), name);
            });
        }
    }

    /** Whether this build has Humble Video. */
    private static boolean wholeWar() throws Exception {
        try (ZipFile war = new ZipFile(System.getProperty("parley.war"))) {
            return war.getEntry("WEB-INF/worker/humble-video-noarch.jar") != null;
        }
    }

    private static String encoded(Path path) {
        return URLEncoder.encode(path.toString(), StandardCharsets.UTF_8);
    }

    /** The platform that the WAR has a native library for, unless it was built for another one. */
    private static final class CanRun {
        static final boolean HERE = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }
}
