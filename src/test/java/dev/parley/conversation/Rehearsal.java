package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A conversation in which the microphone never stops while upstream connections come and go: numbered audio every 40 ms,
 * connections that take their time to be set up, and a record of every unit that each of them carried.
 */
final class Rehearsal {
    static final int MESSAGE_MILLIS = 40;
    private static final Duration MESSAGE = Duration.ofMillis(MESSAGE_MILLIS);

    final Scene scene = new Scene();
    final NumberedAudio microphone = new NumberedAudio();

    /** How long a connection takes from the dial to the confirmed setup. */
    private final Duration setUp;

    private final Map<Scene.Dial, Instant> dialledAt = new HashMap<>();
    private final List<Scene.Dial> ready = new ArrayList<>();

    /** After which unit each text was typed. */
    private final Map<String, Integer> typedAt = new HashMap<>();

    boolean loud;

    /** Whether the upstream writes down what it hears, once a second. */
    boolean transcribes = true;

    /** Whether the upstream tells that a turn whose end was marked is over. */
    boolean tellsEnds = true;

    /** Whether new connections come to be. */
    boolean answersDials = true;

    private int sinceTranscript;
    private final Map<Scene.Dial, Integer> endsTold = new HashMap<>();

    Rehearsal(Duration setUp) {
        this(setUp, Scene.PCM);
    }

    Rehearsal(Duration setUp, ConversationRequest request) {
        this.setUp = setUp;
        scene.in(ConversationState.READY, request);
        scene.upstream(new LiveEvent.ResumptionHandle(Optional.of("h1")));
        dialledAt.put(scene.dial(), scene.time.instant());
        ready.add(scene.dial());
    }

    /** The microphone runs for so long. */
    void talk(int millis) {
        for (int left = millis; left > 0; left -= MESSAGE_MILLIS) {
            speakOnce(MESSAGE_MILLIS);
            passMessage();
        }
    }

    /** One message of the microphone. */
    void speakOnce(int millis) {
        byte[] pcm = microphone.millis(millis, loud);
        scene.visit.postAudio(ByteBuffer.wrap(pcm));
        scene.settle();
    }

    private void passMessage() {
        scene.pass(MESSAGE);
        setUpDials();
        sinceTranscript += MESSAGE_MILLIS;
        if (transcribes && loud && sinceTranscript >= 1000 && scene.conversation.state() == ConversationState.READY) {
            sinceTranscript = 0;
            scene.upstream(new LiveEvent.InputTranscript("word "));
        }
        Scene.Dial dial = scene.dial();
        if (tellsEnds && dial.sent.contains("activityEnd") && !dial.closed && ready.contains(dial)) {
            int ends = Collections.frequency(dial.sent, "activityEnd");
            int told = Objects.requireNonNullElse(endsTold.put(dial, ends), 0);
            for (int i = told; i < ends; i++) {
                scene.upstream(new LiveEvent.SpeechEnded(Optional.empty()));
            }
        }
    }

    private void setUpDials() {
        Scene.Dial newest = scene.dial();
        dialledAt.putIfAbsent(newest, scene.time.instant());
        boolean due = !scene.time.instant().isBefore(dialledAt.get(newest).plus(setUp));
        if (answersDials && due && !ready.contains(newest) && !newest.closed) {
            ready.add(newest);
            newest.hears(new LiveEvent.Ready());
            newest.hears(new LiveEvent.ResumptionHandle(Optional.of("h" + scene.dials.size())));
        }
    }

    /** Time passes and nobody says anything. */
    void pause(int millis) {
        for (int left = millis; left > 0; left -= MESSAGE_MILLIS) {
            passMessage();
        }
    }

    void type(String text) {
        typedAt.put("text " + text, microphone.given());
        scene.post(new Input.TextTyped(text));
    }

    void modelSpeaks() {
        scene.upstream(new LiveEvent.ModelAudio(ByteBuffer.allocate(4800), 24_000));
    }

    void turnComplete() {
        scene.upstream(new LiveEvent.TurnComplete(Optional.empty(), true));
    }

    void closes(int code, String reason) {
        Scene.Dial dying = scene.dial();
        dying.open = false;
        dying.hears(new LiveEvent.Closed(FailureKind.UPSTREAM_UNAVAILABLE, "The upstream is gone.", code, reason));
    }

    /** What each connection carried, in their order. */
    List<List<Integer>> carried() {
        return scene.dials.stream().map(Rehearsal::carried).toList();
    }

    private static List<Integer> carried(Scene.Dial dial) {
        List<Integer> units = new ArrayList<>();
        for (Scene.Dial.Taken taken : dial.log.subList(0, dial.log.size() - dial.unwritten())) {
            units.addAll(NumberedAudio.units(taken.pcm()));
        }
        return units;
    }

    /** Milliseconds that more than one connection carried; everything else must have arrived once and in order. */
    int repeatedMillis() {
        int expected = 0;
        int repeated = 0;
        for (List<Integer> units : carried()) {
            if (units.isEmpty()) {
                continue;
            }
            int first = units.get(0);
            assertTrue(first <= expected, "units " + expected + " to " + first + " are lost");
            repeated += expected - first;
            for (int i = 0; i < units.size(); i++) {
                assertEquals(first + i, units.get(i), "out of order");
            }
            expected = first + units.size();
        }
        assertEquals(microphone.given(), expected, "the end is lost");
        assertEquals(0, repeated % NumberedAudio.UNITS_PER_MILLI);
        return repeated / NumberedAudio.UNITS_PER_MILLI;
    }

    /** Milliseconds that no connection carried; what one did must be in order. */
    long lostMillis() {
        long units = microphone.given()
                - carried().stream().flatMap(List::stream).distinct().count();
        carried()
                .forEach(carried ->
                        assertEquals(carried.stream().sorted().distinct().toList(), carried));
        assertEquals(0, units % NumberedAudio.UNITS_PER_MILLI);
        return units / NumberedAudio.UNITS_PER_MILLI;
    }

    /** Every text arrived, between the words before and after which it was typed; answers how often texts came again. */
    int repeatedTexts() {
        int repeated = 0;
        for (Map.Entry<String, Integer> typed : typedAt.entrySet()) {
            int arrivals = 0;
            for (Scene.Dial dial : scene.dials) {
                arrivals += arrivals(dial, typed.getKey(), typed.getValue());
            }
            assertTrue(arrivals > 0, typed.getKey() + " is lost");
            repeated += arrivals - 1;
        }
        return repeated;
    }

    private static int arrivals(Scene.Dial dial, String text, int at) {
        int arrivals = 0;
        int lastUnit = -1;
        boolean expectNext = false;
        for (Scene.Dial.Taken taken : dial.log.subList(0, dial.log.size() - dial.unwritten())) {
            List<Integer> units = NumberedAudio.units(taken.pcm());
            if (expectNext && !units.isEmpty()) {
                assertEquals(at, units.get(0), text + " came too early");
                expectNext = false;
            }
            if (taken.words().equals(text)) {
                arrivals++;
                expectNext = true;
                assertTrue(lastUnit == -1 || lastUnit == at - 1, text + " came after unit " + lastUnit);
            }
            lastUnit = units.isEmpty() ? lastUnit : units.get(units.size() - 1);
        }
        return arrivals;
    }

    /** What the client was told of each hand-over. */
    List<ClientEvent.Resumed> resumed() {
        return scene.told(ClientEvent.Resumed.class);
    }

    /** What the client was told to be lost, in all. */
    long toldLostMillis() {
        return resumed().stream()
                .mapToLong(resumed -> resumed.lost().toMillis())
                .sum();
    }
}
