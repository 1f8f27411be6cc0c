package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.server.ImageSteps;
import dev.parley.it.stage.Eventually;
import dev.parley.it.stage.TestCaller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The steps of the container image, without a container: what it copies starts, is healthy, answers, and ends when told. */
class ImageIT {
    private static final Path FOLDER = Path.of("target", "it", "image");
    private static final int TERMINATED = 143;
    private static final int DRAINING = 4508;

    @Test
    void what_the_image_holds_starts_is_healthy_and_ends_when_told() throws Exception {
        try (ImageSteps image = new ImageSteps(Path.of("Dockerfile"), FOLDER)) {
            Map<String, Long> before = files(image.workFolder());
            assertFalse(image.healthy(), "nothing runs yet");

            Process server = image.start(Map.of("HOME", image.dataFolder().toString()));
            Eventually.holds("the image to be healthy, see " + image.log(), () -> {
                try {
                    assertTrue(server.isAlive(), () -> "the server ended, see " + image.log());
                    return image.healthy();
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                } catch (InterruptedException hurried) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError(hurried);
                }
            });
            URI address = URI.create("http://127.0.0.1:" + image.port() + "/");
            assertEquals(200, status(address.resolve("metrics")), "Parley's own");
            assertNotEquals(200, status(address.resolve("openapi")), "the server tells strangers of everything");
            try (TestCaller caller = TestCaller.ready(address, "audio/pcm;rate=16000")) {
                server.destroy();
                assertEquals(DRAINING, caller.awaitClosing().code());
            }
            assertTrue(server.waitFor(1, TimeUnit.MINUTES));
            assertEquals(TERMINATED, server.exitValue());
            assertEquals(before, files(image.workFolder()), "the root file system of the image may be read-only");
        }
    }

    private static int status(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static Map<String, Long> files(Path folder) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.size(file));
            }
        }
        return files;
    }
}
