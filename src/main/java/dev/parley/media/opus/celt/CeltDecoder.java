package dev.parley.media.opus.celt;

import dev.parley.media.opus.celt.band.Allocation;
import dev.parley.media.opus.celt.band.BandEnergy;
import dev.parley.media.opus.celt.band.Layout;
import dev.parley.media.opus.celt.loss.PitchRepetition;
import dev.parley.media.opus.celt.shape.Shapes;
import dev.parley.media.opus.celt.synthesis.CombFilter;
import dev.parley.media.opus.celt.synthesis.Mdct;
import dev.parley.media.opus.celt.synthesis.Spectrum;
import dev.parley.media.opus.range.RangeDecoder;
import dev.parley.media.opus.table.Tables;
import java.util.Arrays;

/**
 * CELT frames to 48 kHz mono (RFC 6716 §4.3; libopus celt/celt_decoder.c). Stereo is mixed down before it is made sound.
 * Allocates nothing after construction. One stream, one thread at a time.
 */
public final class CeltDecoder {
    private static final int HISTORY = Spectrum.HISTORY;
    private static final int SHORT = Layout.SHORT_SIZE;
    private static final float EMPHASIS = 0.85000610f;
    /** Keeps silence out of the numbers that processors are slow with. */
    private static final float TINY = 1e-30f;
    /** Losses after which there is only noise. */
    private static final int MAX_REPETITIONS = 5;

    private static final short[] TAPSET = Tables.CELT.row("tapset");
    private static final short[] SPREAD = Tables.CELT.row("spread");
    private static final short[] CHANGES = Tables.CELT.row("timeFrequency");
    private static final int NORMAL_SPREAD = 2;

    private final BandEnergy energy = new BandEnergy();
    private final Allocation allocation = new Allocation();
    private final Shapes shapes = new Shapes();
    private final Spectrum spectrum = new Spectrum();
    private final PitchRepetition repetition = new PitchRepetition();
    private final int[] changes = new int[Layout.BANDS];
    private final float[] sound = new float[HISTORY + Mdct.OVERLAP];

    private final CombFilter.Setting filterBefore = new CombFilter.Setting();
    private final CombFilter.Setting filter = new CombFilter.Setting();
    private final CombFilter.Setting filterNext = new CombFilter.Setting();
    private float emphasis;
    private int seed;
    private int losses;
    private boolean noRepetition;

    private int channels = 1;
    private int start;
    private int end = Layout.BANDS;

    /** A decoder that has heard nothing. */
    public CeltDecoder() {
        reset();
    }

    /** Forgets everything it heard. */
    public void reset() {
        energy.reset();
        Arrays.fill(sound, 0);
        filterBefore.set(0, 0, 0);
        filter.set(0, 0, 0);
        emphasis = 0;
        seed = 0;
        losses = 0;
        noRepetition = true;
    }

    /** The first band of the next frames: 0, or 17 when SILK has those below. */
    public void startAt(int band) {
        start = band;
    }

    /** The band behind the last of the next frames: 13, 17, 19 or 21. */
    public void endAt(int band) {
        end = band;
    }

    /** Channels of the next frames. */
    public void channels(int count) {
        channels = count;
    }

    /**
     * Decodes a frame of 120, 240, 480 or 960 samples to {@code out} from {@code at}, ±32768.
     *
     * @return false when the frame is cut off; the samples are there nevertheless
     */
    public boolean decode(RangeDecoder in, int samples, float[] out, int at) {
        int log = Integer.numberOfTrailingZeros(samples / SHORT);
        noRepetition = losses != 0;
        if (channels == 1) {
            energy.joinChannels();
        }
        boolean silent = readSilence(in);
        readFilter(in);
        int budget = in.length() * 8;
        boolean isTransient = log > 0 && in.tell() + 3 <= budget && in.bit(3) != 0;
        boolean intra = in.tell() + 3 <= budget && in.bit(3) != 0;
        energy.readCoarse(in, start, end, intra, channels, log);
        readChanges(in, isTransient, log);
        readShapes(in, isTransient, log, samples, silent);
        int heard = silent ? start : end;
        spectrum.synthesize(shapes.vectors(), energy, sound, start, heard, channels, log, isTransient);
        applyFilter(samples, log);
        float rise = losses < 10 ? (1 << log) * 0.001f : 1;
        energy.remember(start, end, channels, isTransient, rise);
        seed = in.seed();
        deemphasize(samples, out, at);
        losses = 0;
        return in.tell() <= in.length() * 8;
    }

    private static boolean readSilence(RangeDecoder in) {
        int tell = in.tell();
        boolean silent = tell >= in.length() * 8 || (tell == 1 && in.bit(15) != 0);
        if (silent) {
            in.exhaust();
        }
        return silent;
    }

    private void readFilter(RangeDecoder in) {
        filterNext.set(0, 0, 0);
        int budget = in.length() * 8;
        if (start == 0 && in.tell() + 16 <= budget && in.bit(1) != 0) {
            int octave = (int) in.uniform(6);
            int period = (16 << octave) + in.raw(4 + octave) - 1;
            int gain = in.raw(3) + 1;
            int taps = in.tell() + 2 <= budget ? in.symbol(TAPSET, 0, 2) : 0;
            filterNext.set(period, 0.09375f * gain, taps);
        }
    }

    private void readChanges(RangeDecoder in, boolean isTransient, int log) {
        int budget = in.length() * 8;
        int tell = in.tell();
        int cost = isTransient ? 2 : 4;
        boolean selectable = log > 0 && tell + cost + 1 <= budget;
        budget -= selectable ? 1 : 0;
        int current = 0;
        int changed = 0;
        for (int i = start; i < end; i++) {
            if (tell + cost <= budget) {
                current ^= in.bit(cost);
                tell = in.tell();
                changed |= current;
            }
            changes[i] = current;
            cost = isTransient ? 4 : 5;
        }
        int row = log * 8 + (isTransient ? 4 : 0);
        if (selectable && CHANGES[row + changed] != CHANGES[row + 2 + changed]) {
            row += 2 * in.bit(1);
        }
        for (int i = start; i < end; i++) {
            changes[i] = CHANGES[row + changes[i]];
        }
    }

    private void readShapes(RangeDecoder in, boolean isTransient, int log, int samples, boolean silent) {
        int spread = in.tell() + 4 <= in.length() * 8 ? in.symbol(SPREAD, 0, 5) : NORMAL_SPREAD;
        shapes.begin(log, spread, seed);
        allocation.configure(start, end, channels, log);
        int trim = allocation.readBoostsAndTrim(in);
        int bits = ((in.length() * 8) << Layout.FRACTION) - in.tellEighths() - 1;
        boolean mayCollapse = isTransient && log >= 2 && bits >= (log + 2) << Layout.FRACTION;
        int reserve = mayCollapse ? Layout.ONE_BIT : 0;
        allocation.compute(in, trim, bits - reserve);
        energy.readFine(in, start, end, allocation, channels);
        System.arraycopy(sound, samples, sound, 0, HISTORY - samples + Mdct.OVERLAP / 2);
        int total = ((in.length() * 8) << Layout.FRACTION) - reserve;
        shapes.read(in, allocation, changes, start, end, channels, isTransient, total);
        boolean fillCollapsed = mayCollapse && in.raw(1) != 0;
        energy.readRest(in, start, end, allocation, in.length() * 8 - in.tell(), channels);
        if (fillCollapsed) {
            shapes.fillCollapsed(energy, allocation, end);
        }
        if (silent) {
            energy.silence(channels);
        }
    }

    private void applyFilter(int samples, int log) {
        int at = HISTORY - samples;
        CombFilter.run(sound, at, SHORT, filterBefore, filter);
        if (log != 0) {
            CombFilter.run(sound, at + SHORT, samples - SHORT, filter, filterNext);
        }
        filterBefore.set(log == 0 ? filter : filterNext);
        filter.set(filterNext);
    }

    /** Makes up a lost frame of 120, 240, 480 or 960 samples. */
    public void conceal(int samples, float[] out, int at) {
        if (losses >= MAX_REPETITIONS || start != 0 || noRepetition) {
            makeNoise(samples);
        } else {
            repetition.conceal(sound, samples, losses == 0, filter);
        }
        losses++;
        deemphasize(samples, out, at);
    }

    private void makeNoise(int samples) {
        int log = Integer.numberOfTrailingZeros(samples / SHORT);
        energy.fade(start, end, losses == 0 ? 1.5f : 0.5f);
        seed = shapes.fillWithNoise(start, end, log, seed);
        System.arraycopy(sound, samples, sound, 0, HISTORY - samples + Mdct.OVERLAP / 2);
        spectrum.synthesize(shapes.vectors(), energy, sound, start, end, 1, log, false);
    }

    private void deemphasize(int samples, float[] out, int at) {
        float memory = emphasis;
        int from = HISTORY - samples;
        for (int i = 0; i < samples; i++) {
            float sample = sound[from + i] + TINY + memory;
            memory = EMPHASIS * sample;
            out[at + i] = sample;
        }
        emphasis = memory;
    }
}
