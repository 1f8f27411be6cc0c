package dev.parley.simulator.hearing;

import dev.parley.simulator.sound.RateConverter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The way from bytes to utterances. The listener is called from within the calls here, on their thread. */
public final class Hearing {
    /** What is judged at once. */
    static final int FRAME_MILLIS = 20;

    private static final int FRAME_SAMPLES = Utterance.RATE * FRAME_MILLIS / 1000;
    /** Sound kept from before the beginning was noticed: consonants are quiet. */
    private static final int LEAD_MILLIS = 300;
    /** Sound kept after the last voice. */
    private static final int TAIL_MILLIS = 200;

    private static final double FULL_SCALE_POWER = 32_768.0 * 32_768.0;

    private final HearingSettings settings;
    private final Listener listener;
    private final SpeechDetector detector;
    private final Recording lead;
    private final short[] frame = new short[FRAME_SAMPLES];
    private int inFrame;
    private RateConverter converter = new RateConverter(Utterance.RATE, Utterance.RATE);
    private int rate = Utterance.RATE;
    private int oddByte = -1;
    private long heardMillis;
    private int onsetMillis;
    private int silentMillis;
    /** While someone speaks. */
    private @Nullable Utterance utterance;

    /** Hears of utterances. */
    public interface Listener {
        /** Speech began about {@code atMillis} of heard audio. */
        void began(Utterance utterance, long atMillis);

        /** The utterance grew by 20 ms. */
        void grew(Utterance utterance);

        /** Speech ended: the utterance is complete and belongs to the listener. */
        void ended(Utterance utterance, long atMillis);
    }

    /** Ears that heard nothing yet. */
    public Hearing(HearingSettings settings, Listener listener) {
        this.settings = settings;
        this.listener = listener;
        this.detector = new SpeechDetector(settings);
        this.lead = new Recording((LEAD_MILLIS + 2 * settings.prefixMillis()) * Utterance.RATE / 1000);
    }

    /** Takes the next s16le mono bytes, split anywhere. */
    public void audio(byte[] pcm, int pcmRate) {
        if (pcmRate != rate) {
            rate = pcmRate;
            converter = new RateConverter(pcmRate, Utterance.RATE);
            oddByte = -1;
        }
        short[] samples = samples(pcm);
        hear(converter.convert(samples, 0, samples.length));
    }

    /** Tells whether the simulator itself is speaking, which makes it harder to cut in by noise. */
    public void guard(boolean whileSpeaking) {
        detector.guard(whileSpeaking);
    }

    /** The microphone pauses: what was said so far is complete. */
    public void streamEnd() {
        hear(converter.finish());
        converter = new RateConverter(rate, Utterance.RATE);
        oddByte = -1;
        if (utterance != null) {
            end(utterance);
        }
        inFrame = 0;
        onsetMillis = 0;
    }

    /** The client says that the person begins; only without automatic detection. */
    public void activityStart() {
        Utterance begun = new Utterance();
        utterance = begun;
        inFrame = 0;
        listener.began(begun, heardMillis);
    }

    /**
     * The client says that the person is done.
     *
     * @return false when there was no activity, or no audio in it
     */
    public boolean activityEnd() {
        Utterance ending = utterance;
        if (ending == null || (ending.isEmpty() && inFrame == 0)) {
            return false;
        }
        hear(converter.finish());
        converter = new RateConverter(rate, Utterance.RATE);
        end(ending);
        return true;
    }

    /** Milliseconds of audio heard so far, speech or not. */
    public long heardMillis() {
        return heardMillis;
    }

    private short[] samples(byte[] pcm) {
        int lead = oddByte >= 0 ? 1 : 0;
        short[] samples = new short[(pcm.length + lead) / 2];
        int at = 0;
        for (int i = 0; i < samples.length; i++) {
            int low = i == 0 && lead == 1 ? oddByte : pcm[at++] & 0xFF;
            samples[i] = (short) (low | pcm[at++] << 8);
        }
        if (pcm.length > 0) {
            oddByte = at < pcm.length ? pcm[at] & 0xFF : -1;
        }
        return samples;
    }

    private void hear(short[] samples) {
        int at = 0;
        while (at < samples.length) {
            int count = Math.min(FRAME_SAMPLES - inFrame, samples.length - at);
            System.arraycopy(samples, at, frame, inFrame, count);
            at += count;
            inFrame += count;
            if (inFrame == FRAME_SAMPLES) {
                inFrame = 0;
                judge();
            }
        }
    }

    private void judge() {
        heardMillis += FRAME_MILLIS;
        double power = power(frame);
        Utterance speaking = utterance;
        boolean voice = detector.isVoice(decibels(power), speaking != null);
        if (speaking != null) {
            speaking.hear(frame, power, voice);
            listener.grew(speaking);
            silentMillis = voice ? 0 : silentMillis + FRAME_MILLIS;
            if (settings.automatic() && silentMillis >= settings.silenceMillis()) {
                end(speaking);
            }
        } else if (settings.automatic()) {
            awaitSpeech(power, voice);
        }
    }

    private void awaitSpeech(double power, boolean voice) {
        onsetMillis = voice ? onsetMillis + FRAME_MILLIS : Math.max(0, onsetMillis - 2 * FRAME_MILLIS);
        if (!voice || onsetMillis < detector.prefixMillis()) {
            lead.append(frame);
            return;
        }
        Utterance begun = new Utterance();
        begun.lead(lead.toArray(), Math.max(0, onsetMillis - FRAME_MILLIS));
        begun.hear(frame, power, true);
        lead.dropLast(lead.length());
        long began = Math.max(0, heardMillis - onsetMillis);
        onsetMillis = 0;
        silentMillis = 0;
        utterance = begun;
        listener.began(begun, began);
    }

    private void end(Utterance ending) {
        ending.trail(Arrays.copyOf(frame, inFrame));
        inFrame = 0;
        if (settings.automatic()) {
            ending.cutSilence(TAIL_MILLIS);
        }
        utterance = null;
        silentMillis = 0;
        onsetMillis = 0;
        listener.ended(ending, heardMillis);
    }

    /** Mean square without the constant part, which some microphones add. */
    private static double power(short[] samples) {
        double sum = 0;
        double squares = 0;
        for (short sample : samples) {
            sum += sample;
            squares += (double) sample * sample;
        }
        double mean = sum / samples.length;
        return Math.max(0, squares / samples.length - mean * mean);
    }

    /** Of a mean square, below full scale; −96 dB for silence. */
    static double decibels(double power) {
        return Math.max(-96, 10 * Math.log10(power / FULL_SCALE_POWER));
    }
}
