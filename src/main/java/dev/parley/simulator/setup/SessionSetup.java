package dev.parley.simulator.setup;

import dev.parley.shared.settings.Secret;
import dev.parley.simulator.hearing.HearingSettings;
import dev.parley.simulator.protocol.LiveModel;
import java.util.Map;
import java.util.Optional;

/**
 * The confirmed setup of a session.
 *
 * @param model which model is played
 * @param account whose handles these are: the key, on Vertex AI the project, since tokens come and go
 * @param writes true when it answers in writing instead of sound
 * @param transcripts which transcripts are wanted
 * @param hearing how turns are found in the audio
 * @param interrupts whether speech cuts the answer
 * @param functions declared functions by name
 * @param searches whether the model may use Google Search
 * @param resumption present when handles are wanted
 * @param compression present when the context window slides
 * @param instruction the system instruction's text; empty when there is none
 * @param seedsHistory whether the first clientContent is history to be taken without an answer
 * @param vadSignals whether the client wants signals at speech start and end
 * @param oddity what this combination makes Google do
 */
public record SessionSetup(
        LiveModel model,
        Optional<Secret> account,
        boolean writes,
        Transcripts transcripts,
        HearingSettings hearing,
        boolean interrupts,
        Map<String, Function> functions,
        boolean searches,
        Optional<Resumption> resumption,
        Optional<Compression> compression,
        String instruction,
        boolean seedsHistory,
        boolean vadSignals,
        Oddity oddity) {

    /**
     * Wanted transcripts.
     *
     * @param input of the person
     * @param output of the model
     * @param ahead whether those of the model run ahead of its voice, as on Vertex AI
     */
    public record Transcripts(boolean input, boolean output, boolean ahead) {}

    /**
     * A declared function.
     *
     * @param name as declared
     * @param blocking whether the model waits for its result
     */
    public record Function(String name, boolean blocking) {}

    /**
     * Wanted resumption.
     *
     * @param handle of the session to go on with; absent for a new one
     * @param transparent whether consumed messages are counted (Vertex)
     */
    public record Resumption(Optional<String> handle, boolean transparent) {}

    /**
     * Sliding window.
     *
     * @param triggerTokens slide when the context is longer
     * @param targetTokens slide to this length
     */
    public record Compression(long triggerTokens, long targetTokens) {}

    /** Combinations that are accepted and go wrong later. */
    public enum Oddity {
        /** All is well. */
        NONE,
        /** setupComplete never comes: affective dialog on 3.1. */
        NEVER_COMPLETES,
        /** The first content ends in 1007: affective dialog on 3.8. */
        FIRST_CONTENT_FAILS
    }
}
