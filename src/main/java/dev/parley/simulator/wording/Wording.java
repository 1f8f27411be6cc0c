package dev.parley.simulator.wording;

import dev.parley.simulator.hearing.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The simulator's sentences: what it measured, and that it is a simulator. */
public final class Wording {
    private static final int SHOWN_CHARACTERS = 120;
    private static final int PLAYED_SECONDS = 10;

    private Wording() {}

    /** The answer to an utterance; {@code seen} what was shown meanwhile, {@code played} tells whether its sound is played back. */
    public static String heard(int turn, Utterance utterance, Optional<String> seen, boolean played) {
        List<String> facts = new ArrayList<>();
        facts.add("level " + HeardNotes.decibels(utterance));
        facts.add(
                switch (utterance.pauses()) {
                    case 0 -> "no pause";
                    case 1 -> "1 pause";
                    default -> utterance.pauses() + " pauses";
                });
        utterance.pitchHertz().ifPresent(hertz -> facts.add("pitch about " + hertz + " Hz"));
        return "Turn " + turn + ": I heard you for " + HeardNotes.seconds(utterance.millis()) + " ("
                + String.join(", ", facts) + ")." + seen.map(" "::concat).orElse("")
                + " I am Parley's simulator and understand no words"
                + (played ? playback(utterance) : ".");
    }

    private static String playback(Utterance utterance) {
        return utterance.millis() > PLAYED_SECONDS * 1000L
                ? "; here is the end of what you said, in your own voice."
                : "; here is your own voice.";
    }

    /** The answer to a text; {@code chimed} tells whether chimes sound. */
    public static String read(int turn, String text, Optional<String> seen, boolean chimed) {
        int words = words(text);
        String wrote = " you wrote \"" + shown(text) + "\" (" + words + (words == 1 ? " word, " : " words, ")
                + text.codePointCount(0, text.length()) + " characters).";
        return "Turn " + turn + ":" + (text.isEmpty() && seen.isPresent() ? "" : wrote)
                + seen.map(" "::concat).orElse("")
                + " I am Parley's simulator and understand no words" + (chimed ? "; here are some chimes." : ".");
    }

    /** The answer when the word was given without anything new. */
    public static String spokenTo(int turn) {
        return "Turn " + turn + ": it is my turn, though nothing new was said. I am Parley's simulator.";
    }

    /** Told after a call that is not waited for. */
    public static String calling(int turn, String function) {
        return "Turn " + turn + ": I have called the function " + function + ".";
    }

    /** Told before a call. */
    public static String thinking(int turn, String function) {
        return "Turn " + turn + ": one moment, I shall call the function " + function + ".";
    }

    /** The answer to a wish for an unknown function. */
    public static String notDeclared(int turn, String function) {
        return "Turn " + turn + ": no function " + shown(function) + " was declared in the setup.";
    }

    /** The answer to a wish whose arguments are no JSON object. */
    public static String badArguments(int turn, String function) {
        return "Turn " + turn + ": what follows call " + shown(function) + " is not a JSON object.";
    }

    /** The answer to a function's result. */
    public static String answered(int turn, String function, String response) {
        return "Turn " + turn + ": the function " + function + " answered " + shown(response) + ".";
    }

    private static int words(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean letter = !Character.isWhitespace(text.charAt(i));
            words += letter && !inside ? 1 : 0;
            inside = letter;
        }
        return words;
    }

    private static String shown(String text) {
        int end = Math.min(text.length(), SHOWN_CHARACTERS);
        boolean half = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
        return end == text.length() ? text : text.substring(0, half ? end - 1 : end) + "\u2026";
    }
}
