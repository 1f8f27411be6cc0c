package dev.parley.batch;

import static dev.parley.batch.Received.await;
import static dev.parley.batch.Received.random;
import static dev.parley.batch.Received.raw;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.batch.answer.Client;
import dev.parley.testkit.ScriptedGoogle;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that nobody waits for any more: nothing of them stays. */
class GivenUpRecordingTest {
    @TempDir
    private Path folder;

    @Test
    void a_client_that_leaves_ends_the_request_and_the_file_at_google_is_deleted() throws Exception {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of("parley.batch.inline-bytes", "0"))) {
            CountDownLatch upstreamEnded = new CountDownLatch(1);
            CountDownLatch asked = new CountDownLatch(1);
            ScriptedGoogle usual = new ScriptedGoogle();
            scripted.google.script(answer -> {
                if (answer.request().target().contains(":streamGenerateContent")) {
                    asked.countDown();
                    try (OutputStream out = answer.events()) {
                        while (true) { // until writing fails
                            out.write(("data: " + ScriptedGoogle.ANSWER.get(0) + "\n\n")
                                    .getBytes(StandardCharsets.UTF_8));
                            out.flush();
                        }
                    } catch (IOException gone) {
                        upstreamEnded.countDown();
                    }
                } else {
                    usual.answer(answer);
                }
            });
            CompletableFuture<Void> over = new CompletableFuture<>();
            scripted.desk.take(raw(random(1000), "audio/wav", Map.of(), true), new Client() {
                @Override
                public void answer(Client.Reply reply) {
                    over.completeExceptionally(new AssertionError(reply.toString()));
                }

                @Override
                public void streamJson(Writing writing) {
                    over.completeExceptionally(new AssertionError("events were asked for"));
                }

                @Override
                public void streamEvents(Writing events) {
                    events.writeTo(new OutputStream() {
                        private int texts;

                        @Override
                        public void write(int one) throws IOException {
                            throw new IOException("not used");
                        }

                        @Override
                        public void write(byte[] bytes) throws IOException {
                            if (new String(bytes, StandardCharsets.UTF_8).startsWith("event: text") && ++texts > 3) {
                                throw new IOException("Broken pipe");
                            }
                        }
                    });
                    over.complete(null);
                }
            });
            assertTrue(asked.await(30, TimeUnit.SECONDS));
            over.orTimeout(30, TimeUnit.SECONDS).join();
            assertTrue(upstreamEnded.await(30, TimeUnit.SECONDS), "the upstream still writes");
            scripted.desk.shutDown(); // waits for what is left to do
            assertEquals(1, scripted.deletions());
            scripted.assertNothingLeft();
        }
    }

    @Test
    void stopping_waits_until_the_file_at_google_is_deleted() throws Exception {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of("parley.batch.inline-bytes", "0"))) {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch never = new CountDownLatch(1);
            ScriptedGoogle usual = new ScriptedGoogle();
            scripted.google.script(answer -> {
                if (answer.request().target().contains(":generateContent")) {
                    asked.countDown();
                    await(never);
                }
                usual.answer(answer);
            });
            Received client = Received.of(scripted, raw(random(1000), "audio/wav", Map.of(), false));
            assertTrue(asked.await(30, TimeUnit.SECONDS));
            scripted.desk.shutDown();
            assertEquals(1, scripted.deletions());
            assertEquals(0, scripted.left());
            assertTrue(client.reply.isDone());
            client.problem(503);
            Received.of(scripted, raw(random(10), "audio/wav", Map.of(), false)).problem(503);
            never.countDown();
        }
    }

    @Test
    void stopping_ends_preparing_and_frees_its_place_and_disk() throws Exception {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of("parley.batch.concurrent", "1"))) {
            CountDownLatch preparing = new CountDownLatch(1);
            scripted.preparer = (source, type, target, cancellation) -> {
                CountDownLatch ended = new CountDownLatch(1);
                cancellation.onCancel(ended::countDown);
                preparing.countDown();
                await(ended);
                throw new CancellationException();
            };
            Received client = Received.of(scripted, raw(random(1000), "audio/wav", Map.of(), false));
            assertTrue(preparing.await(30, TimeUnit.SECONDS));
            scripted.desk.shutDown();
            assertTrue(client.reply.isDone(), "stopping did not wait for it");
            client.problem(503);
            assertEquals(0, scripted.left());
            assertEquals(0, scripted.admission.snapshot().keys().get(0).tokens());
        }
    }

    @Test
    void stopping_ends_an_upload_of_which_nothing_more_comes() throws Exception {
        try (ScriptedDesk scripted = new ScriptedDesk(folder, Map.of())) {
            CountDownLatch waiting = new CountDownLatch(2); // for the second piece
            InputStream body = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("not used");
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    waiting.countDown();
                    if (waiting.getCount() > 0) {
                        return 1000;
                    }
                    try {
                        new CountDownLatch(1).await(); // as a server's read: an interrupt ends it
                        return -1;
                    } catch (InterruptedException ended) {
                        throw new InterruptedIOException();
                    }
                }
            };
            Received client =
                    Received.of(scripted, new Submission(Optional.of("audio/wav"), Map.of(), 5000, body, false));
            assertTrue(waiting.await(30, TimeUnit.SECONDS));
            scripted.desk.shutDown();
            assertTrue(client.reply.isDone(), "stopping did not end it");
            client.problem(503);
            assertEquals(0, scripted.left());
        }
    }
}
