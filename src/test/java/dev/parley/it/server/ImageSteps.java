package dev.parley.it.server;

import dev.parley.testkit.ImageFile;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the last stage of the {@code Dockerfile} does, in a plain folder: copies what it copies, from the build's own
 * {@code target} for what an earlier stage made, and starts what it starts. The base image, the user and the mounts are not
 * there.
 */
public final class ImageSteps implements AutoCloseable {
    private static final String BUILD = "/src/";

    private final ImageFile image;
    private final Path root;
    private final int port = FreePorts.base(0);
    private @org.jspecify.annotations.Nullable Process process;

    /** Copies everything into a new folder. */
    public ImageSteps(Path dockerfile, Path folder) throws IOException {
        image = ImageFile.read(dockerfile).lastStage();
        root = folder.toAbsolutePath();
        Command.delete(root);
        Files.createDirectories(workFolder());
        Files.createDirectories(root.resolve("tmp"));
        Files.createDirectories(root.resolve("data"));
        for (String copy : image.arguments("COPY")) {
            copy(new ArrayList<>(List.of(copy.split("\\s+", -1))));
        }
    }

    /** Where the entry command runs. */
    public Path workFolder() {
        return inside(image.arguments("WORKDIR").get(0));
    }

    /** Where it may write. */
    public Path dataFolder() {
        return root.resolve("data");
    }

    /** The port that stands for the exposed one. */
    public int port() {
        return port;
    }

    /** What the server says. */
    public Path log() {
        return root.resolve("log");
    }

    /** Starts the entry command; the server may take a while until it is healthy. */
    public Process start(Map<String, String> environment) throws IOException {
        List<String> words = here(words(image.arguments("ENTRYPOINT").get(0)));
        process = Command.builder(log(), environment, words)
                .directory(workFolder().toFile())
                .start();
        return process;
    }

    /** Asks once, as the engine does. */
    public boolean healthy() throws IOException, InterruptedException {
        String check = image.arguments("HEALTHCHECK").get(0);
        List<String> words = words(check.substring(check.indexOf("CMD ") + "CMD ".length()));
        words.add("" + port);
        return Command.builder(root.resolve("health-log"), Map.of(), words)
                        .directory(workFolder().toFile())
                        .start()
                        .waitFor()
                == 0;
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void copy(List<String> words) throws IOException {
        boolean built = words.get(0).equals("--from=build");
        words.removeIf(word -> word.startsWith("--"));
        Path to = workFolder().resolve(words.remove(words.size() - 1)).normalize();
        for (String word : words) {
            Path from = built
                    ? Path.of(word.substring(BUILD.length()).replace("target/server/", "target/it/"))
                    : Path.of(word);
            Path target = Files.isDirectory(to) ? to.resolve(Objects.requireNonNull(from.getFileName())) : to;
            Files.copy(from, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private List<String> here(List<String> words) {
        List<String> here = new ArrayList<>(words);
        here.replaceAll(word -> switch (word) {
            case "java" -> Command.java();
            case "8080" -> "" + port;
            case "-Djava.io.tmpdir=/tmp" -> "-Djava.io.tmpdir=" + root.resolve("tmp");
            default -> word;
        });
        return here;
    }

    private Path inside(String path) {
        return root.resolve(path.substring(1));
    }

    private static List<String> words(String array) {
        try (JsonReader reader = Json.createReader(new StringReader(array))) {
            List<String> words = new ArrayList<>();
            reader.readArray().getValuesAs(JsonString.class).forEach(word -> words.add(word.getString()));
            return words;
        }
    }
}
