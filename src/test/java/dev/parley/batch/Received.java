package dev.parley.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.batch.answer.Client;
import dev.parley.shared.problem.Problem;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a client got; completes when the answer is over. */
final class Received implements Client {
    final CompletableFuture<Client.Reply> reply = new CompletableFuture<>();
    final CompletableFuture<String> events = new CompletableFuture<>();

    @Override
    public void answer(Client.Reply whole) {
        reply.complete(whole);
    }

    @Override
    public void streamEvents(Writing writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.writeTo(out);
        events.complete(out.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void streamJson(Writing writer) {
        throw new AssertionError("no answer here takes long");
    }

    JsonObject json() {
        return parse(reply.orTimeout(30, TimeUnit.SECONDS).join().json());
    }

    Problem problem() {
        return reply.orTimeout(30, TimeUnit.SECONDS).join().problem().orElseThrow();
    }

    String text() {
        return events.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** What becomes of a recording at this desk. */
    static Received of(ScriptedDesk scripted, Submission submission) {
        Received client = new Received();
        scripted.desk.take(submission, client);
        return client;
    }

    /** The problem that it must be. */
    Problem problem(int status) {
        Problem problem = problem();
        assertEquals(status, problem.status(), problem.detail());
        return problem;
    }

    static Submission raw(byte[] body, String type, Map<String, String> query, boolean streamed) {
        return new Submission(Optional.of(type), query, body.length, new ByteArrayInputStream(body), streamed);
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    static JsonObject parse(String json) {
        return Json.createReader(new StringReader(json)).readObject();
    }
}
