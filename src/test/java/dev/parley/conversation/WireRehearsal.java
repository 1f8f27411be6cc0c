package dev.parley.conversation;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.input.Input;
import dev.parley.conversation.machine.ConversationServices;
import dev.parley.gemini.access.UpstreamAccess;
import dev.parley.gemini.live.UpstreamCounters;
import dev.parley.gemini.settings.ApiKeys;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.gemini.tyrus.TyrusLiveUpstream;
import dev.parley.limits.LimitSettings;
import dev.parley.limits.NodeAdmission;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.testkit.RealThreads;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import dev.parley.tools.call.ToolRoom;
import dev.parley.tools.offer.Toolbox;
import dev.parley.tools.run.CallSettings;
import dev.parley.tools.run.CallThreads;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A conversation over the real client and real sockets, with an upstream that needs its time to be set up, and a microphone
 * that never stops: numbered audio, 40 ms every 40 ms.
 */
final class WireRehearsal implements ClientChannel, AutoCloseable {
    private static final long TIMEOUT_SECONDS = 20;
    private static final Duration MESSAGE = Duration.ofMillis(40);

    final ScriptedLiveServer server = ScriptedLiveServer.start();

    /** What went by without the conversation noticing. */
    final UpstreamCounters counters = new UpstreamCounters();

    private final RealThreads threads = new RealThreads();
    private final TyrusLiveUpstream upstream;
    private final NodeAdmission admission;
    private final NumberedAudio microphone = new NumberedAudio();
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final List<Told> all = new ArrayList<>();
    private final Conversation conversation;
    private final CountDownLatch silent = new CountDownLatch(1);
    private volatile boolean talking = true;

    /** An event with the moment at which it was told. */
    record Told(ClientEvent event, long nanos) {}

    WireRehearsal(Duration setUp) {
        server.script((session, message) -> {
            if (message.json().containsKey("setup")) {
                threads.schedule(setUp, () -> confirm(session, message.json().getJsonObject("setup")));
            }
        });
        Map<String, String> values = Map.of(
                "GEMINI_API_KEY",
                "AIzaTest-key_0123456789abcdefghijklmnopq",
                "parley.gemini.endpoint",
                server.address().toString());
        SettingsReader reader = new SettingsReader(name -> Optional.ofNullable(values.get(name)));
        ApiKeys keys = new ApiKeys(reader);
        upstream = new TyrusLiveUpstream(
                reader,
                new LiveAddress(reader, keys),
                new UpstreamAccess(reader, threads.executor(), Clock.systemUTC(), threads),
                threads.executor(),
                threads,
                threads.factory(),
                counters);
        admission = new NodeAdmission(keys.keys(), LimitSettings.read(reader), Clock.systemUTC(), threads);
        conversation = new Conversation(
                Scene.IDENTITY,
                this,
                new ConversationServices(
                        TestServices.decoders(),
                        upstream,
                        TestServices.defaults(),
                        admission,
                        new ToolRoom(
                                new Toolbox(List.of(), true, Set.of()),
                                new CallThreads(threads.executor(), threads, CallSettings.read(reader))),
                        threads.executor(),
                        threads,
                        Clock.systemUTC(),
                        Duration.ZERO,
                        event -> {}),
                closed -> {});
        conversation.post(new Input.Start(Scene.PCM));
        threads.schedule(MESSAGE, this::speak);
    }

    private static void confirm(ScriptedSession session, JsonObject setup) {
        JsonObject resumption = setup.getJsonObject("sessionResumption");
        if (resumption.getString("handle", "").equals("expired")) {
            session.close(1008, "BidiGenerateContent session not found");
            return;
        }
        session.sendSetupComplete();
        session.sendHandle("handle");
    }

    private void speak() {
        if (talking) {
            threads.schedule(MESSAGE, this::speak);
            conversation.firstVisit().postAudio(ByteBuffer.wrap(microphone.millis(40, false)));
        } else {
            silent.countDown();
        }
    }

    /** The microphone stops. */
    void stopTalking() throws InterruptedException {
        talking = false;
        if (!silent.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("The microphone does not stop");
        }
    }

    int unitsSpoken() {
        return microphone.given();
    }

    /** The next connection; a dial that breaks before its first message carries nothing, and is followed by another one. */
    ScriptedSession nextThatBegins() {
        ScriptedSession next = server.nextSession();
        while (!next.awaitBegin()) {
            next = server.nextSession();
        }
        return next;
    }

    /** The next event of that kind; waits for it. */
    Told next(Class<? extends ClientEvent> kind) {
        try {
            while (true) {
                Told next = told.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("No " + kind.getSimpleName() + " after " + all);
                }
                all.add(next);
                if (kind.isInstance(next.event)) {
                    return next;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits until the upstream's session has heard so much more. */
    static void listen(ScriptedSession session, int millis) {
        session.awaitAudioBytes(session.audio().length + 32 * millis);
    }

    @Override
    public void tell(ClientEvent event) {
        told.add(new Told(event, System.nanoTime()));
    }

    @Override
    public boolean play(ByteBuffer pcm) {
        return true;
    }

    @Override
    public void dropAudio() {
        // nothing waits here
    }

    @Override
    public void end(FailureKind kind, @Nullable String reason) {
        talking = false;
    }

    @Override
    public void close() {
        talking = false;
        conversation.post(new Input.ClientGone("the test is over"));
        admission.drain();
        upstream.shutDown();
        threads.close();
        server.close();
    }
}
