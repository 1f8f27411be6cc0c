package dev.parley.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.stage.CorpusFile;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.Eventually;
import dev.parley.it.stage.TestCaller;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A slot is given back whatever ends a conversation. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LeaseIT {
    private static final int CONVERSATIONS = 200;
    private static final int SLOTS = 3;
    private static final int CALLERS_AT_ONCE = 8;
    private static final ScriptedLiveServer UPSTREAM =
            ScriptedLiveServer.start().script(LeaseIT::answer);

    /** Conversations that were told ready and that nobody has begun to end: each surely holds a lease. */
    private final AtomicInteger talking = new AtomicInteger();

    private final AtomicInteger mostTalking = new AtomicInteger();

    @ArquillianResource
    private URL url;

    /** The ways in which a conversation ends. */
    private enum Ending {
        STOP,
        STOP_BEFORE_READY,
        DROP,
        DROP_BEFORE_READY,
        GARBAGE,
        UPSTREAM_CLOSES_1000,
        UPSTREAM_CLOSES_1007,
        UPSTREAM_CLOSES_1008,
        UPSTREAM_CLOSES_1011,
        UPSTREAM_BREAKS
    }

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.talkingTo(UPSTREAM.address(), Map.of("parley.conversation.resume-time", "0s"));
    }

    @AfterAll
    static void close() {
        UPSTREAM.close();
    }

    /** Confirms setups, answers texts, and does what a text of the test tells it to. */
    private static void answer(ScriptedSession session, ScriptedSession.Message message) {
        String text = message.text();
        if (message.json().containsKey("setup")) {
            session.sendSetupComplete();
        } else if (text.contains("please break")) {
            session.kill();
        } else if (text.contains("please close ")) {
            int at = text.indexOf("please close ") + "please close ".length();
            session.close(Integer.parseInt(text.substring(at, at + 4)), "As the test asked.");
        } else if (text.contains("\"text\"")) {
            session.sendOutputTranscript("Yes.");
            session.sendTurnComplete();
        }
    }

    @Test
    void two_hundred_conversations_that_end_in_every_way_leave_no_lease_behind() throws Exception {
        URI server = Deployments.address(url);
        List<Ending> endings = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            endings.add(Ending.values()[i % Ending.values().length]);
        }
        Collections.shuffle(endings, new Random(6));
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS_AT_ONCE);
        try {
            CompletableFuture<?>[] all = endings.stream()
                    .map(ending -> CompletableFuture.runAsync(() -> converse(server, ending), callers))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(all).get(4, TimeUnit.MINUTES);
        } finally {
            callers.shutdownNow();
        }
        assertTrue(mostTalking.get() <= SLOTS, () -> mostTalking + " conversations at once");
        assertEquals(SLOTS, mostTalking.get(), "the slots were never all in use: the test proved nothing");
        Eventually.holds("every upstream connection to be closed", () -> UPSTREAM.openSessions() == 0);
        assertAllSlotsAreFree(server);
    }

    private static void assertAllSlotsAreFree(URI server) {
        List<TestCaller> callers = new ArrayList<>();
        try {
            for (int i = 0; i < SLOTS; i++) {
                TestCaller caller = TestCaller.ready(server, "audio/pcm;rate=16000");
                callers.add(caller);
                assertEquals(List.of(), caller.events("waiting"), "a lease is still held");
            }
            TestCaller fourth = TestCaller.connect(server);
            callers.add(fourth);
            fourth.start("audio/pcm;rate=16000");
            assertEquals(1, fourth.next("waiting").getInt("position"));
            assertEquals(SLOTS, UPSTREAM.openSessions());
        } finally {
            callers.forEach(TestCaller::close);
        }
        Eventually.holds("the last connections to be closed", () -> UPSTREAM.openSessions() == 0);
    }

    private void converse(URI server, Ending ending) {
        try (TestCaller caller = TestCaller.connect(server)) {
            caller.start("audio/webm;codecs=opus");
            if (ending == Ending.DROP_BEFORE_READY) {
                caller.drop();
                return;
            }
            if (ending == Ending.STOP_BEFORE_READY) {
                caller.say("stop");
                caller.awaitClosing();
                return;
            }
            caller.next("ready");
            mostTalking.accumulateAndGet(talking.incrementAndGet(), Math::max);
            try {
                caller.sendAudio(CorpusFile.read("chrome-16k.webm").bytes());
                caller.type("Are you there?");
                caller.next("turnComplete");
            } finally {
                talking.decrementAndGet();
            }
            end(caller, ending);
        }
    }

    private static void end(TestCaller caller, Ending ending) {
        switch (ending) {
            case STOP -> {
                caller.say("stop");
                assertEquals(1000, caller.awaitClosing().code());
            }
            case GARBAGE -> {
                caller.say("audioStreamEnd");
                caller.sendAudio("This is no WebM, whatever the start message says.".getBytes(US_ASCII));
                assertEquals(4415, caller.awaitClosing().code());
            }
            case UPSTREAM_CLOSES_1007, UPSTREAM_CLOSES_1008 -> {
                caller.type(
                        "please close " + ending.name().substring(ending.name().length() - 4));
                assertEquals(4502, caller.awaitClosing().code());
            }
            // Parley dials again: the conversation goes on until its caller leaves.
            case UPSTREAM_CLOSES_1000, UPSTREAM_CLOSES_1011 -> {
                caller.type(
                        "please close " + ending.name().substring(ending.name().length() - 4));
                caller.next("resumed");
                caller.drop();
            }
            case UPSTREAM_BREAKS -> {
                caller.type("please break");
                caller.next("reconnecting");
                caller.drop();
            }
            default -> caller.drop();
        }
    }
}
