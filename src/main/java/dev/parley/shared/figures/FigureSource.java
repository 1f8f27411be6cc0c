package dev.parley.shared.figures;

/** A CDI bean with numbers to show. */
public interface FigureSource {
    /** Names them once, at the start of the application. */
    void show(FigureBoard board);
}
