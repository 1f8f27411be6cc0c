package dev.parley.operations.diagnostics.program;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code java -jar parley-diagnose.jar text|audio|live [address of the server]}: 0 when all is well, 1 when there is a fault,
 * 2 when the server cannot be asked. The operator's token comes from {@code PARLEY_OPERATIONS_ADMIN_TOKEN}.
 */
public final class Diagnose {
    static final int WELL = 0;
    static final int FAULT = 1;
    static final int NOT_ASKED = 2;

    private static final String USAGE = "Usage: java -jar parley-diagnose.jar text|audio|live [http://localhost:8080/]";
    private static final List<String> DIAGNOSES = List.of("text", "audio", "live");
    private static final Duration CONNECTING = Duration.ofSeconds(10);

    private Diagnose() {}

    /** Asks, prints and ends with the exit code. */
    public static void main(String[] arguments) {
        System.exit(run(
                arguments,
                System.getenv(),
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)));
    }

    static int run(String[] arguments, Map<String, String> environment, PrintStream out) {
        if (arguments.length < 1 || arguments.length > 2 || !DIAGNOSES.contains(arguments[0])) {
            out.println(USAGE);
            return NOT_ASKED;
        }
        URI target;
        try {
            String server = arguments.length > 1 ? arguments[1] : "http://localhost:8080/";
            target = URI.create(server.replaceAll("/+$", "") + "/api/admin/diagnostics/" + arguments[0]);
            return ask(target, environment.getOrDefault("PARLEY_OPERATIONS_ADMIN_TOKEN", ""), out);
        } catch (IllegalArgumentException noAddress) {
            out.println("This is no address of a server: " + arguments[1] + ". " + USAGE);
        } catch (IOException unreachable) {
            out.println("The server does not answer. Is it running, and is " + arguments[arguments.length - 1]
                    + " where it is? " + USAGE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return NOT_ASKED;
    }

    private static int ask(URI target, String token, PrintStream out) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .header("Content-Type", "application/json")
                .header("Accept", "text/plain")
                .POST(BodyPublishers.ofString("{}"));
        if (!token.isBlank()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTING)
                .build();
        HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        String last = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(line);
                last = line;
            }
        }
        if (response.statusCode() != 200) {
            out.println(
                    response.statusCode() == 401 || response.statusCode() == 403
                            ? "The server does not let you. Run this on the server itself with http://localhost:PORT/, or"
                                    + " set PARLEY_OPERATIONS_ADMIN_TOKEN as the server has it."
                            : "The server refuses (HTTP " + response.statusCode() + ").");
            return NOT_ASKED;
        }
        return last.startsWith("PASSED") ? WELL : FAULT;
    }
}
