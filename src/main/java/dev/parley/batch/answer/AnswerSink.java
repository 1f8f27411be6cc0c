package dev.parley.batch.answer;

import dev.parley.gemini.rest.wire.AnswerListener;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells a client what becomes of its recording. Called on one thread; a client that has left is a
 * {@link java.util.concurrent.CancellationException}.
 */
public interface AnswerSink extends AnswerListener {
    /** Where a recording is on its way. */
    enum Stage {
        /** It is on this server. */
        RECEIVED,
        /** It is made into something that Gemini takes. */
        PREPARING,
        /** It goes to Google's Files API. */
        UPLOADING,
        /** Gemini has it. */
        ASKING,
        /** Gemini was too busy; it is asked again soon. */
        RETRYING
    }

    /**
     * The recording comes along.
     *
     * @param bytes so far
     * @param totalBytes when known
     * @param message a sentence for people
     */
    void progress(Stage stage, long bytes, OptionalLong totalBytes, Optional<String> message);

    /** The whole answer was told. */
    void done(Done done);

    /**
     * The end of an answer.
     *
     * @param model bare id
     * @param finishReason Gemini's, such as {@code STOP}
     * @param simulated whether the simulator answered
     * @param treatment what was done to the recording: {@code passed-on}, {@code remuxed}, {@code transcoded}
     * @param found what the recording is, by content
     * @param mismatch a sentence when it was declared as something else
     */
    record Done(
            String model,
            String finishReason,
            boolean simulated,
            String treatment,
            String found,
            Optional<String> mismatch) {}
}
