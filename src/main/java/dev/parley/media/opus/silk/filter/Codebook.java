package dev.parley.media.opus.silk.filter;

import dev.parley.media.opus.table.Tables;

/** The vectors and probabilities of line spectral frequencies for one kind of band (RFC 6716 §4.2.7.5). Read only. */
public final class Codebook {
    /** 8 and 12 kHz. */
    public static final Codebook NARROW = new Codebook("narrow", 10, (int) (0.18 * 65_536 + 0.5));

    /** 16 kHz. */
    public static final Codebook WIDE = new Codebook("wide", 16, (int) (0.15 * 65_536 + 0.5));

    /** Offsets of the second stage reach from minus this to this, and beyond by an extension. */
    private static final int AMPLITUDE = 4;

    private static final int VECTORS = 32;

    final int order;
    final int step;
    final short[] vectors;
    final short[] weights;
    final short[] distances;
    private final short[] predictors;
    private final short[] select;
    private final short[] first;
    private final short[] second;

    private Codebook(String name, int order, int step) {
        this.order = order;
        this.step = step;
        vectors = Tables.SILK.row(name + "Vectors");
        weights = Tables.SILK.row(name + "Weights");
        distances = Tables.SILK.row(name + "Distances");
        predictors = Tables.SILK.row(name + "Predictors");
        select = Tables.SILK.row(name + "Select");
        first = Tables.SILK.row(name + "First");
        second = Tables.SILK.row(name + "Second");
    }

    /** Coefficients of a filter made of these frequencies. */
    public int order() {
        return order;
    }

    /** Probabilities of the first stage; those of voiced sound are the second {@link #firstAt} . */
    public short[] first() {
        return first;
    }

    /** Where in {@link #first} the probabilities for this type of signal begin. */
    public static int firstAt(int signalType) {
        return (signalType >> 1) * VECTORS;
    }

    /** Probabilities of the second stage. */
    public short[] second() {
        return second;
    }

    /** Where in {@link #second} the probabilities for coefficient i begin, after this vector of the first stage. */
    public int secondAt(int vector, int i) {
        return (entry(vector, i) >> 1 & 7) * (2 * AMPLITUDE + 1);
    }

    /** How much of the next coefficient's residual this one takes over, Q8. */
    int predictor(int vector, int i) {
        return predictors[i + (entry(vector, i) & 1) * (order - 1)];
    }

    private int entry(int vector, int i) {
        return select[(vector * order + i) >> 1] >> ((i & 1) << 2);
    }
}
