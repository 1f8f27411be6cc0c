package dev.parley.simulator.hearing;

import java.util.OptionalInt;

/**
 * What one person says between two silences: its last ten seconds as sound, and measurements of the whole. Grows
 * while it is heard; whoever answers reads it after its end.
 */
public final class Utterance {
    /** Samples per second of {@link #sound()}. */
    public static final int RATE = 16_000;

    /** Bounds the memory of a session: 320 KB. */
    private static final int LONGEST_SOUND_SAMPLES = 10 * RATE;

    /** A shorter gap is part of speaking. */
    private static final int SHORTEST_PAUSE_MILLIS = 200;

    private static final double SILENCE_DECIBELS = -96;

    private final Recording recording = new Recording(LONGEST_SOUND_SAMPLES);
    private final PitchMeter pitch = new PitchMeter();
    private double voicePower;
    private long voiceFrames;
    private long framesSinceStart;
    private long framesAtLastVoice;
    private int silentMillis;
    private int lastPauseMillis;
    private int pauses;

    Utterance() {}

    /** Sound from before the beginning was noticed; its last {@code voiceMillis} were speech already. */
    void lead(short[] samples, int voiceMillis) {
        recording.append(samples);
        framesSinceStart += voiceMillis / Hearing.FRAME_MILLIS;
    }

    /** The next 20 ms. */
    void hear(short[] frame, double power, boolean voice) {
        recording.append(frame);
        framesSinceStart++;
        if (!voice) {
            silentMillis += Hearing.FRAME_MILLIS;
            return;
        }
        if (silentMillis >= SHORTEST_PAUSE_MILLIS && voiceFrames > 0) {
            pauses++;
            lastPauseMillis = silentMillis;
        }
        silentMillis = 0;
        framesAtLastVoice = framesSinceStart;
        voicePower += power;
        voiceFrames++;
        pitch.voice(frame);
    }

    /** Samples at the end that do not make a frame. */
    void trail(short[] samples) {
        recording.append(samples);
    }

    /** Cuts the silence after the last word down to {@code keptMillis}. */
    void cutSilence(int keptMillis) {
        recording.dropLast(Math.max(0, silentMillis - keptMillis) * RATE / 1000);
    }

    /** From the first to the last voice. */
    public long millis() {
        return framesAtLastVoice * Hearing.FRAME_MILLIS;
    }

    /** Mean level of the voice in dB below full scale. */
    public long decibels() {
        return Math.round(voiceFrames == 0 ? SILENCE_DECIBELS : Hearing.decibels(voicePower / voiceFrames));
    }

    /** Gaps of at least 200 ms between words. */
    public int pauses() {
        return pauses;
    }

    /** Length of the latest pause; 0 before the first. */
    public int lastPauseMillis() {
        return lastPauseMillis;
    }

    /** Hz, when it could be measured. */
    public OptionalInt pitchHertz() {
        return pitch.hertz();
    }

    /** The sound, 16 kHz, at most its last ten seconds; a copy. */
    public short[] sound() {
        return recording.toArray();
    }

    /** Whether anything was heard at all. */
    public boolean isEmpty() {
        return recording.length() == 0;
    }
}
