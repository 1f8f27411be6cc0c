package dev.parley.shared.figures;

import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Where numbers are shown. Names are words with dots between ({@code batch.recordings}); a unit is a plural base unit such as
 * {@code bytes} or {@code seconds}, empty for things that are counted. Labels have few values, all of them known before.
 */
public interface FigureBoard {
    /** A number that only grows while the application runs. */
    void total(String name, String unit, String help, Map<String, String> labels, DoubleSupplier total);

    /** A number that rises and falls. */
    void level(String name, String unit, String help, Map<String, String> labels, DoubleSupplier now);
}
