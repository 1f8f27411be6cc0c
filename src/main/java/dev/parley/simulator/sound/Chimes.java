package dev.parley.simulator.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One soft bell note per word, its pitch by the word's length on a pentatonic scale: enough to hear that the answer
 * belongs to what was written, and nobody takes it for speech.
 */
public final class Chimes implements Voice {
    private static final int MAX_NOTES = 12;
    private static final int NOTE_SAMPLES = RATE * 180 / 1000;
    /** The last note rings out. */
    private static final int TAIL_SAMPLES = RATE * 240 / 1000;

    private static final double LOWEST_HERTZ = 392; // g'
    private static final int[] SEMITONES = {0, 2, 4, 7, 9, 12, 14, 16};
    private static final double AMPLITUDE = 6000;
    private static final double DECAY_PER_SECOND = 9;
    private static final int ATTACK_SAMPLES = RATE * 5 / 1000;

    private final double[] notes;
    private final int total;
    private int given;

    /** Chimes for {@code text}: at least one note, at most twelve. */
    public Chimes(String text) {
        String[] words = text.isBlank() ? new String[] {""} : text.strip().split("\\s+", MAX_NOTES + 1);
        this.notes = new double[Math.min(words.length, MAX_NOTES)];
        for (int i = 0; i < notes.length; i++) {
            notes[i] = LOWEST_HERTZ * Math.pow(2, SEMITONES[words[i].length() % SEMITONES.length] / 12.0);
        }
        this.total = notes.length * NOTE_SAMPLES + TAIL_SAMPLES;
    }

    @Override
    public int remaining() {
        return total - given;
    }

    @Override
    public byte[] next(int samples) {
        int count = Math.min(samples, remaining());
        ByteBuffer piece = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            piece.putShort(sample(given + i));
        }
        given += count;
        return piece.array();
    }

    private short sample(int at) {
        int note = Math.min(at / NOTE_SAMPLES, notes.length - 1);
        int since = at - note * NOTE_SAMPLES;
        double seconds = (double) since / RATE;
        double attack = Math.min(1, (double) since / ATTACK_SAMPLES);
        double release = Math.min(1, (double) (noteEnd(note) - at) / ATTACK_SAMPLES);
        double angle = 2 * Math.PI * notes[note] * seconds;
        double tone = Math.sin(angle) + 0.3 * Math.sin(2 * angle);
        return (short) Math.round(AMPLITUDE * attack * release * Math.exp(-DECAY_PER_SECOND * seconds) * tone);
    }

    private int noteEnd(int note) {
        return note == notes.length - 1 ? total : (note + 1) * NOTE_SAMPLES;
    }
}
