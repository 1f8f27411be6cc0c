package dev.parley.simulator.survey;

import dev.parley.media.PcmSink;
import dev.parley.simulator.hearing.Hearing;
import dev.parley.simulator.hearing.HearingSettings;
import dev.parley.simulator.hearing.Utterance;
import dev.parley.simulator.survey.Findings.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measures one recording as its samples come, 16 kHz s16le mono. One thread; memory does not grow with the sound. */
final class Measuring implements PcmSink, Hearing.Listener {
    private static final int MAX_LISTED = 5_000;
    private static final int PAUSE_MILLIS = 200;
    private static final double FULL_SCALE_POWER = 32_768.0 * 32_768.0;

    private final long longestMillis;
    private final Hearing hearing = new Hearing(HearingSettings.DEFAULT.withSilenceMillis(PAUSE_MILLIS), this);
    private final List<Stretch> stretches = new ArrayList<>();
    private int unlisted;
    private long began;
    private long samples;
    private double squares;

    /** Refuses more sound than this. */
    Measuring(long longestMillis) {
        this.longestMillis = longestMillis;
    }

    @Override
    public void pcm(byte[] buffer, int offset, int length) {
        for (int i = offset; i + 1 < offset + length; i += 2) {
            double sample = (short) ((buffer[i] & 0xFF) | (buffer[i + 1] << 8));
            squares += sample * sample;
        }
        samples += length / 2;
        if (millis() > longestMillis) {
            throw Surveyor.tooLong();
        }
        hearing.audio(Arrays.copyOfRange(buffer, offset, offset + length), Utterance.RATE);
    }

    Measured finish() {
        hearing.streamEnd();
        double power = samples == 0 ? 0 : squares / samples;
        long decibels = Math.round(Math.max(-96, 10 * Math.log10(power / FULL_SCALE_POWER)));
        return new Measured(millis(), decibels, List.copyOf(stretches), unlisted);
    }

    private long millis() {
        return samples * 1000 / Utterance.RATE;
    }

    @Override
    public void began(Utterance utterance, long atMillis) {
        began = atMillis;
    }

    @Override
    public void grew(Utterance utterance) {
        // only whole stretches are told
    }

    @Override
    public void ended(Utterance utterance, long atMillis) {
        if (stretches.size() < MAX_LISTED) {
            stretches.add(Stretch.of(utterance, began));
        } else {
            unlisted++;
        }
    }
}
