package dev.parley.simulator.generation;

import dev.parley.simulator.prompt.Prompt;
import dev.parley.simulator.protocol.LiveJson;
import dev.parley.simulator.survey.Findings;
import dev.parley.simulator.survey.Findings.Measured;
import dev.parley.simulator.survey.Stretch;
import dev.parley.simulator.wording.HeardNotes;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the models say of recordings: what was measured, never what would pretend to be understood. */
final class AnswerText {
    private static final int STRETCHES_TOLD = 5;

    /** Stretches in one piece of a streamed transcript. */
    static final int STRETCHES_PER_PIECE = 10;

    private AnswerText() {}

    /** An understanding model's answer, cut where it may be sent in pieces. */
    static List<String> told(Prompt prompt, List<Findings> recordings, int pictures) {
        List<String> sentences = new ArrayList<>();
        sentences.add("I am Parley's simulator and understand no words; ");
        sentences.add("this is what I measured. ");
        String text = prompt.text().strip();
        if (!text.isEmpty()) {
            sentences.add("Your prompt has " + count(text.split("\\s+", -1).length, "word") + " and "
                    + count(text.codePointCount(0, text.length()), "character") + ". ");
        }
        for (int i = 0; i < recordings.size(); i++) {
            tell(recordings.size() == 1 ? "The recording" : "Recording " + (i + 1), recordings.get(i), sentences);
        }
        if (pictures > 0) {
            sentences.add("I was shown " + count(pictures, "picture") + ". ");
        }
        if (recordings.isEmpty()) {
            sentences.add("There was no recording.");
        }
        return sentences;
    }

    private static void tell(String name, Findings findings, List<String> sentences) {
        String what = name + " is " + findings.format().title() + ", "
                + String.format(Locale.ROOT, "%,d", findings.bytes()) + " bytes";
        Optional<Measured> measured = findings.measured();
        if (measured.isEmpty()) {
            sentences.add(what + "; I could not measure more. ");
            sentences.add(findings.obstacle() + " ");
            return;
        }
        Measured found = measured.get();
        sentences.add(what + ", " + HeardNotes.seconds(found.millis()) + " long, at a mean level of "
                + HeardNotes.decibels(found.decibels()) + ". ");
        if (found.speechCount() == 0) {
            sentences.add("I found no speech in it. ");
            return;
        }
        sentences.add("I found " + count(found.speechCount(), "stretch", "stretches") + " of speech, "
                + HeardNotes.seconds(found.spokenMillis()) + " in all, and " + count(found.pauses(), "pause")
                + " between. ");
        for (Stretch stretch : found.stretches()
                .subList(0, Math.min(STRETCHES_TOLD, found.stretches().size()))) {
            sentences.add("At " + HeardNotes.seconds(stretch.startMillis()) + ": " + stretch.note() + ". ");
        }
    }

    /** A transcription model's answer: notes in brackets in the place of words, so many in a part. */
    static List<JsonObject> transcribed(Prompt prompt, List<Findings> recordings, int stretchesPerPart) {
        List<JsonObject> parts = new ArrayList<>();
        for (Findings findings : recordings) {
            List<Stretch> stretches =
                    findings.measured().map(Measured::stretches).orElse(List.of());
            if (stretches.isEmpty()) {
                parts.add(part(prompt, nothing(findings), List.of()));
            }
            for (int from = 0; from < stretches.size(); from += stretchesPerPart) {
                int to = Math.min(stretches.size(), from + stretchesPerPart);
                long heardUntil = from == 0 ? 0 : stretches.get(from - 1).endMillis();
                parts.add(part(
                        prompt,
                        (from == 0 ? "" : " ") + notes(stretches.subList(from, to), heardUntil, from > 0),
                        stretches.subList(from, to)));
            }
        }
        return parts;
    }

    private static String nothing(Findings findings) {
        return findings.measured()
                .map(measured -> "[no speech in " + HeardNotes.seconds(measured.millis()) + ", level "
                        + HeardNotes.decibels(measured.decibels()) + "]")
                .orElseGet(() -> "[" + findings.format().title() + ", "
                        + String.format(Locale.ROOT, "%,d", findings.bytes()) + " bytes, not measured: "
                        + findings.obstacle() + "]");
    }

    private static String notes(List<Stretch> stretches, long heardUntil, boolean pauseFirst) {
        List<String> notes = new ArrayList<>();
        long end = heardUntil;
        for (Stretch stretch : stretches) {
            if (pauseFirst || !notes.isEmpty()) {
                notes.add(HeardNotes.pause(Math.max(0, stretch.startMillis() - end)));
            }
            notes.add(stretch.note());
            end = stretch.endMillis();
        }
        return String.join(" ", notes);
    }

    private static JsonObject part(Prompt prompt, String text, List<Stretch> stretches) {
        JsonObjectBuilder transcription = LiveJson.object().add("text", text);
        if (prompt.speakers()) {
            transcription.add("speakerLabel", "simulated");
        }
        if (prompt.words() && !stretches.isEmpty()) {
            JsonArrayBuilder words = LiveJson.array();
            for (Stretch stretch : stretches) {
                words.add(LiveJson.object()
                        .add("word", stretch.note())
                        .add("startOffset", offset(stretch.startMillis()))
                        .add("endOffset", offset(stretch.endMillis())));
            }
            transcription.add("words", words);
        }
        return LiveJson.object()
                .add("text", text)
                .add("audioTranscription", transcription)
                .build();
    }

    private static String offset(long millis) {
        return String.format(Locale.ROOT, "%d.%03ds", millis / 1000, millis % 1000);
    }

    private static String count(int number, String one) {
        return count(number, one, one + "s");
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
