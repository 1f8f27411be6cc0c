package dev.parley.simulator.hearing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.AudioComparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HearingTest {
    private static final short[] VOICE = AudioComparison.readWavResource("/corpus/chrome-128k.pcm16k.wav");
    private static final int SECOND = 16_000;

    private final Notes notes = new Notes();

    @Test
    void a_voice_between_silences_is_one_utterance_with_its_own_sound() {
        hear(
                HearingSettings.DEFAULT.withSilenceMillis(900),
                join(noise(SECOND, 20), VOICE, noise(2 * SECOND, 20)),
                640);
        assertEquals(1, notes.ended.size(), notes.toString());
        Utterance utterance = notes.ended.get(0);
        AudioComparison comparison = AudioComparison.of(utterance.sound(), VOICE);
        assertTrue(comparison.correlation() >= 0.99, comparison.toString());
        assertNear(6400, utterance.millis(), 150); // between its silent beginning and end
        assertTrue(utterance.decibels() < -10 && utterance.decibels() > -40, "level " + utterance.decibels());
    }

    @Test
    void the_pieces_in_which_audio_comes_do_not_matter() {
        short[] audio = join(noise(SECOND, 20), VOICE, noise(SECOND, 20));
        hear(HearingSettings.DEFAULT, audio, 3200);
        List<String> expected = List.copyOf(notes.events);
        for (int piece : new int[] {1, 333, 640, 6401, 1_000_000}) {
            notes.clear();
            hear(HearingSettings.DEFAULT, audio, piece);
            assertEquals(expected, notes.events, "pieces of " + piece + " bytes");
        }
    }

    @Test
    void speech_is_noticed_within_its_first_300_ms() {
        short[] audio = join(new short[2 * SECOND], VOICE, new short[SECOND]);
        Hearing hearing = new Hearing(HearingSettings.DEFAULT, notes);
        int at = 0;
        while (notes.began.isEmpty()) {
            hearing.audio(bytes(Arrays.copyOfRange(audio, at, at + 320)), SECOND);
            at += 320;
        }
        int firstLoud = 0;
        while (Math.abs(audio[firstLoud]) < 500) {
            firstLoud++;
        }
        assertTrue((at - firstLoud) * 1000 / SECOND < 300, "noticed after " + (at - firstLoud) / 16 + " ms");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30, 300, 3000})
    void steady_noise_is_not_speech_for_long(int amplitude) {
        hear(HearingSettings.DEFAULT, noise(30 * SECOND, amplitude), 3200);
        assertTrue(notes.began.size() <= 1, "utterances: " + notes.began.size());
        assertEquals(notes.began.size(), notes.ended.size(), "noise must not keep the word for ever");
    }

    @Test
    void a_click_is_not_speech() {
        short[] audio = noise(3 * SECOND, 10);
        for (int i = SECOND; i < SECOND + 320; i++) {
            audio[i] = (short) (i % 2 == 0 ? 20_000 : -20_000);
        }
        hear(HearingSettings.DEFAULT, audio, 3200);
        assertEquals(List.of(), notes.began);
    }

    @Test
    void the_silence_that_the_client_wants_ends_an_utterance() {
        short[] word = tone(SECOND / 2, 150);
        short[] audio = join(noise(SECOND, 5), word, noise(SECOND * 6 / 10, 5), word, noise(3 * SECOND, 5));
        hear(HearingSettings.DEFAULT.withSilenceMillis(400), audio, 3200);
        assertEquals(2, notes.ended.size());
        notes.clear();
        hear(HearingSettings.DEFAULT.withSilenceMillis(1000), audio, 3200);
        assertEquals(1, notes.ended.size());
        assertEquals(1, notes.ended.get(0).pauses());
        assertNear(600, notes.ended.get(0).lastPauseMillis(), 60);
        assertNear(1600, notes.ended.get(0).millis(), 60);
    }

    @Test
    void the_speech_that_the_client_wants_before_a_beginning_is_waited_for() {
        short[] audio = join(noise(SECOND, 5), tone(SECOND / 5, 150), noise(2 * SECOND, 5));
        hear(HearingSettings.DEFAULT.withPrefixMillis(100), audio, 3200);
        assertEquals(1, notes.began.size());
        notes.clear();
        hear(HearingSettings.DEFAULT.withPrefixMillis(500), audio, 3200);
        assertEquals(0, notes.began.size());
    }

    @Test
    void the_end_of_the_stream_ends_the_utterance_at_once() {
        Hearing hearing = new Hearing(HearingSettings.DEFAULT, notes);
        hearing.audio(bytes(join(noise(SECOND, 5), tone(SECOND, 150))), SECOND);
        assertEquals(0, notes.ended.size());
        hearing.streamEnd();
        assertEquals(1, notes.ended.size());
        hearing.streamEnd();
        assertEquals(1, notes.ended.size());
    }

    @Test
    void manual_activity_takes_everything_between_its_marks_and_refuses_nothing_at_all() {
        HearingSettings manual = HearingSettings.of(false, true, true);
        Hearing hearing = new Hearing(manual, notes);
        hearing.audio(bytes(tone(SECOND, 200)), SECOND);
        assertEquals(0, notes.began.size(), "outside an activity nobody listens");
        assertFalse(hearing.activityEnd());
        hearing.activityStart();
        assertFalse(hearing.activityEnd(), "no audio");
        hearing.activityStart();
        short[] said = noise(SECOND + 100, 1);
        hearing.audio(bytes(said), SECOND);
        assertTrue(hearing.activityEnd());
        assertArrayEquals(said, notes.ended.get(0).sound());
    }

    @Test
    void other_rates_are_heard_alike() {
        short[] audio = join(noise(SECOND, 5), tone(SECOND, 150), noise(SECOND, 5));
        hear(HearingSettings.DEFAULT, audio, 3200);
        long millis = notes.ended.get(0).millis();
        notes.clear();
        Hearing hearing = new Hearing(HearingSettings.DEFAULT, notes);
        short[] twice = new short[audio.length * 3];
        for (int i = 0; i < twice.length; i++) {
            twice[i] = audio[i / 3];
        }
        hearing.audio(bytes(twice), 48_000);
        assertNear(millis, notes.ended.get(0).millis(), 40);
    }

    @Test
    void ten_minutes_of_talking_hold_ten_seconds_of_sound() {
        Hearing hearing = new Hearing(HearingSettings.of(false, true, true), notes);
        hearing.activityStart();
        byte[] second = bytes(tone(SECOND, 150));
        for (int i = 0; i < 600; i++) {
            hearing.audio(second, SECOND);
        }
        assertTrue(hearing.activityEnd());
        assertEquals(10 * SECOND, notes.ended.get(0).sound().length);
        assertEquals(600_000, hearing.heardMillis());
    }

    @ParameterizedTest
    @ValueSource(ints = {90, 150, 250})
    void pitch_is_measured(int hertz) {
        hear(HearingSettings.DEFAULT, join(noise(SECOND, 5), tone(2 * SECOND, hertz), noise(SECOND, 5)), 3200);
        assertEquals(hertz, notes.ended.get(0).pitchHertz().orElseThrow(), hertz * 0.04);
    }

    @Test
    void it_is_harder_to_cut_in_by_noise_while_the_simulator_speaks() {
        short[] faint = tone(SECOND, 150);
        for (int i = 0; i < faint.length; i++) {
            faint[i] = (short) (faint[i] / 40); // some 3 dB above the threshold
        }
        short[] audio = join(noise(SECOND, 20), faint, noise(SECOND, 20));
        hear(HearingSettings.DEFAULT, audio, 3200);
        assertEquals(1, notes.began.size());
        notes.clear();
        Hearing hearing = new Hearing(HearingSettings.DEFAULT, notes);
        hearing.guard(true);
        hearing.audio(bytes(audio), SECOND);
        assertEquals(0, notes.began.size());
    }

    private void hear(HearingSettings settings, short[] audio, int piece) {
        Hearing hearing = new Hearing(settings, notes);
        byte[] bytes = bytes(audio);
        for (int at = 0; at < bytes.length; at += piece) {
            hearing.audio(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)), SECOND);
        }
    }

    private static void assertNear(long expected, long actual, long tolerance) {
        assertTrue(Math.abs(expected - actual) <= tolerance, actual + " instead of " + expected);
    }

    /** A buzz with the overtones of a voice. */
    static short[] tone(int samples, int hertz) {
        short[] tone = new short[samples];
        for (int i = 0; i < samples; i++) {
            double angle = 2 * Math.PI * hertz * i / SECOND;
            tone[i] = (short)
                    Math.round(3000 * (Math.sin(angle) + 0.8 * Math.sin(2 * angle) + 0.6 * Math.sin(3 * angle)));
        }
        return tone;
    }

    static short[] noise(int samples, int amplitude) {
        Random random = new Random(samples + amplitude);
        short[] noise = new short[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (short) (amplitude * random.nextGaussian());
        }
        return noise;
    }

    static short[] join(short[]... parts) {
        short[] all =
                new short[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (short[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    static byte[] bytes(short[] samples) {
        byte[] bytes = new byte[2 * samples.length];
        for (int i = 0; i < samples.length; i++) {
            bytes[2 * i] = (byte) samples[i];
            bytes[2 * i + 1] = (byte) (samples[i] >> 8);
        }
        return bytes;
    }

    private static final class Notes implements Hearing.Listener {
        private final List<Utterance> began = new ArrayList<>();
        private final List<Utterance> ended = new ArrayList<>();
        private final List<String> events = new ArrayList<>();

        @Override
        public void began(Utterance utterance, long atMillis) {
            began.add(utterance);
            events.add("began " + atMillis);
        }

        @Override
        public void grew(Utterance utterance) {
            events.add("grew to " + utterance.millis());
        }

        @Override
        public void ended(Utterance utterance, long atMillis) {
            ended.add(utterance);
            events.add("ended " + atMillis + " " + Arrays.hashCode(utterance.sound()));
        }

        void clear() {
            began.clear();
            ended.clear();
            events.clear();
        }

        @Override
        public String toString() {
            return events.stream()
                    .filter(event -> !event.startsWith("grew"))
                    .toList()
                    .toString();
        }
    }
}
