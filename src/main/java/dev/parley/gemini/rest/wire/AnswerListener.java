package dev.parley.gemini.rest.wire;

import dev.parley.gemini.message.TokenCounts;

/** Hears an answer while it comes, on the asking thread. What it throws ends the asking. */
public interface AnswerListener {
    /** A piece of what a transcribing model heard. */
    void transcript(Transcript transcript);

    /** A piece of what another model answers. */
    void text(String delta);

    /** The tokens so far, replacing what was told before. */
    void usage(TokenCounts counts);
}
