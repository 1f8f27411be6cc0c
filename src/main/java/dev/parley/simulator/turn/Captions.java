package dev.parley.simulator.turn;

import dev.parley.simulator.hearing.Hearing;
import dev.parley.simulator.hearing.Utterance;
import dev.parley.simulator.line.Outbox;
import dev.parley.simulator.protocol.ServerFrames;
import dev.parley.simulator.wording.HeardNotes;
import java.util.Locale;

/**
 * The caption model's side: activity, previews that replace each other every half second, one final transcript per
 * utterance, then generationComplete. No turns, no answers, no usage, no handles. Serial order of the session.
 */
public final class Captions implements Hearing.Listener {
    private static final int PREVIEW_MILLIS = 500;
    private static final int FIRST_PREVIEW_MILLIS = 200;

    private final boolean transcripts;
    private final Outbox outbox;
    private long nextPreviewMillis;
    private boolean fractions;

    /** Captions for {@code outbox}. */
    public Captions(boolean transcripts, Outbox outbox) {
        this.transcripts = transcripts;
        this.outbox = outbox;
    }

    /** Tells offsets with fractions of seconds, as Google does and Google's Java SDK cannot read, or without. */
    public void useFractions(boolean use) {
        fractions = use;
    }

    @Override
    public void began(Utterance utterance, long atMillis) {
        nextPreviewMillis = FIRST_PREVIEW_MILLIS;
        outbox.send(ServerFrames.voiceActivity(true, offset(atMillis)));
    }

    @Override
    public void grew(Utterance utterance) {
        if (transcripts && utterance.millis() >= nextPreviewMillis) {
            nextPreviewMillis = utterance.millis() + PREVIEW_MILLIS;
            outbox.send(ServerFrames.interimInputTranscription(HeardNotes.speech(utterance)));
        }
    }

    @Override
    public void ended(Utterance utterance, long atMillis) {
        if (transcripts) {
            outbox.send(ServerFrames.inputTranscription(HeardNotes.speech(utterance) + " "));
        }
        outbox.send(ServerFrames.GENERATION_COMPLETE);
        outbox.send(ServerFrames.voiceActivity(false, offset(atMillis)));
    }

    private String offset(long millis) {
        return fractions ? String.format(Locale.ROOT, "%.3fs", millis / 1000.0) : millis / 1000 + "s";
    }
}
