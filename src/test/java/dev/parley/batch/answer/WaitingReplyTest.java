package dev.parley.batch.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.execution.BlockingWork;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.problem.Problem;
import dev.parley.testkit.ManualTime;
import dev.parley.testkit.RealThreads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** JSON that takes long: spaces first, so that a client that has left is noticed. */
class WaitingReplyTest {
    private final ManualTime time = new ManualTime();
    private final RealThreads threads = new RealThreads();
    private final Cancellation cancellation = new Cancellation();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final CompletableFuture<Client.Reply> direct = new CompletableFuture<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile boolean left;

    private final Client client = new Client() {
        @Override
        public void answer(Reply reply) {
            direct.complete(reply);
        }

        @Override
        public void streamEvents(Writing writing) {
            throw new AssertionError("no events were asked for");
        }

        @Override
        public void streamJson(Writing writing) {
            writing.writeTo(new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    if (left) {
                        throw new IOException("Broken pipe");
                    }
                    synchronized (body) {
                        body.write(one);
                    }
                }

                @Override
                public void flush() {
                    begun.countDown();
                }
            });
        }
    };

    private final WaitingReply reply =
            new WaitingReply(client, new BlockingWork(threads.executor(), time, time), cancellation);

    @AfterEach
    void stop() {
        threads.close();
        assertEquals(0, time.pending(), "timers after the end");
    }

    private String written() {
        synchronized (body) {
            return body.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void an_answer_in_time_is_given_with_its_own_status() {
        reply.begin();
        time.advance(Duration.ofMillis(29_999));
        Problem problem = Problem.of(new ParleyException(FailureKind.UPSTREAM_UNAVAILABLE, "Not now."));
        reply.answer(Client.Reply.of(problem));
        assertEquals(503, direct.join().problem().orElseThrow().status());
        time.advance(Duration.ofMinutes(5));
        assertEquals("", written());
    }

    @Test
    void a_late_answer_comes_behind_spaces() throws Exception {
        reply.begin();
        time.advance(Duration.ofSeconds(30));
        assertTrue(begun.await(30, TimeUnit.SECONDS));
        assertEquals(" ", written());
        reply.answer(Client.Reply.of("{\"text\":\"a\"}"));
        assertEquals(" {\"text\":\"a\"}", written());
        assertFalse(direct.isDone());
        assertFalse(cancellation.isCancelled());
    }

    @Test
    void a_late_failure_is_a_problem_document_that_tells_its_status() throws Exception {
        reply.begin();
        time.advance(Duration.ofSeconds(30));
        assertTrue(begun.await(30, TimeUnit.SECONDS));
        reply.answer(Client.Reply.of(Problem.of(new ParleyException(FailureKind.UPSTREAM_UNAVAILABLE, "Not now."))));
        assertTrue(written().startsWith(" {\"type\":\"urn:parley:problem:"), this::written);
        assertTrue(written().contains("\"status\":503"), this::written);
    }

    @Test
    void a_client_that_has_left_is_noticed_while_it_would_wait() throws Exception {
        reply.begin();
        time.advance(Duration.ofSeconds(30));
        assertTrue(begun.await(30, TimeUnit.SECONDS));
        left = true;
        CountDownLatch noticed = new CountDownLatch(1);
        cancellation.onCancel(noticed::countDown);
        // The thread that wrote the first space may look at the clock only after this one has moved it.
        boolean heard = false;
        for (int beats = 0; beats < 6 && !heard; beats++) {
            time.advance(Duration.ofSeconds(15));
            heard = noticed.await(5, TimeUnit.SECONDS);
        }
        assertTrue(heard, "nobody noticed");
        reply.answer(Client.Reply.of("{}"));
        assertEquals(" ", written());
    }
}
