package dev.parley.simulator.turn;

import dev.parley.shared.execution.Timers.Timer;
import dev.parley.simulator.line.Outbox;
import dev.parley.simulator.line.SerialTimers;
import dev.parley.simulator.protocol.ServerFrames;
import dev.parley.simulator.setup.SessionSetup.Transcripts;
import dev.parley.simulator.sound.Voice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One answer on its way: 200 ms of sound at once, then twice as fast as it is spoken, in pieces of 100 ms, with the
 * words between; generationComplete when all is sent; over when it would have been heard to its end. Waits while the
 * client does not read. Serial order of the session.
 */
final class Answer {
    private static final int PIECE_MILLIS = 100;
    private static final int PIECE_SAMPLES = Voice.RATE * PIECE_MILLIS / 1000;
    private static final int PIECES_PER_STEP = 2;
    /** Words come so much faster where they run ahead. */
    private static final int PIECES_AHEAD = 3;

    private static final Duration STEP = Duration.ofMillis(PIECE_MILLIS);
    private static final Duration WRITING_STEP = Duration.ofMillis(30);

    /** Up to four words with the space behind them. */
    private static final Pattern WORDS = Pattern.compile("(?:\\S+\\s*){1,4}");

    private final Script script;
    private final Style style;
    private final Outbox outbox;
    private final SerialTimers timers;
    private final Clock clock;
    private final Runnable finished;
    private final ArrayDeque<String> words = new ArrayDeque<>();
    private final StringBuilder written = new StringBuilder();
    private @Nullable Voice voice;
    private @Nullable Timer timer;
    private Instant begun = Instant.EPOCH;
    private long samplesSent;
    private boolean emptySent;
    private boolean stopped;

    /**
     * How answers look.
     *
     * @param writes text parts instead of sound
     * @param transcripts whether the words of a spoken answer are told, and how early
     * @param transcriptLate whether they come after the sound
     */
    record Style(boolean writes, Transcripts transcripts, boolean transcriptLate) {}

    Answer(Script script, Style style, Outbox outbox, SerialTimers timers, Clock clock, Runnable finished) {
        this.script = script;
        this.style = style;
        this.outbox = outbox;
        this.timers = timers;
        this.clock = clock;
        this.finished = finished;
        Matcher matcher = WORDS.matcher(script.words());
        while (matcher.find()) {
            words.add(matcher.group());
        }
    }

    void begin(Duration delay) {
        if (delay.isZero()) {
            start();
        } else {
            timer = timers.after(delay, this::start);
        }
    }

    /** Says no more; {@link #finished} is not told. */
    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Of sound sent so far. */
    double spokenMillis() {
        return samplesSent * 1000.0 / Voice.RATE;
    }

    /** Text parts sent so far; transcripts of sound do not count. */
    String written() {
        return style.writes() ? written.toString() : "";
    }

    Script script() {
        return script;
    }

    private void start() {
        if (!stopped) {
            begun = clock.instant();
            voice = style.writes() ? null : script.voice().get();
            step();
        }
    }

    private void step() {
        if (stopped) {
            return;
        }
        if (!outbox.isCongested()) {
            if (!style.transcriptLate() || style.writes()) {
                sayWords(style.transcripts().ahead() && !style.writes() ? PIECES_AHEAD : 1);
            }
            boolean soundLeft = sendSound();
            boolean textLeft = style.writes() && !words.isEmpty();
            if (!emptySent) {
                emptySent = true;
                outbox.send(ServerFrames.EMPTY); // clients must bear it
            }
            if (!soundLeft && !textLeft) {
                complete();
                return;
            }
        }
        timer = timers.after(style.writes() ? WRITING_STEP : STEP, this::step);
    }

    private boolean sendSound() {
        Voice speaking = voice;
        if (speaking == null) {
            return false;
        }
        for (int i = 0; i < PIECES_PER_STEP && speaking.remaining() > 0; i++) {
            byte[] pcm = speaking.next(PIECE_SAMPLES);
            samplesSent += pcm.length / 2;
            outbox.send(ServerFrames.audio(pcm));
        }
        return speaking.remaining() > 0;
    }

    private void sayWords(int pieces) {
        for (int i = 0; i < pieces && !words.isEmpty(); i++) {
            String delta = words.remove();
            if (style.writes()) {
                written.append(delta);
                outbox.send(ServerFrames.text(delta));
            } else if (style.transcripts().output()) {
                outbox.send(ServerFrames.outputTranscription(delta));
            }
        }
    }

    private void complete() {
        sayWords(words.size());
        outbox.send(ServerFrames.GENERATION_COMPLETE);
        Duration spoken = Duration.ofMillis((long) spokenMillis());
        Duration left = spoken.minus(Duration.between(begun, clock.instant()));
        if (left.isNegative() || left.isZero()) {
            finish();
        } else {
            timer = timers.after(left, this::finish);
        }
    }

    private void finish() {
        if (!stopped) {
            stopped = true;
            finished.run();
        }
    }
}
