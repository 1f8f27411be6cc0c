package dev.parley.batch.answer;

import dev.parley.gemini.message.TokenCounts;
import dev.parley.gemini.rest.wire.Transcript;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.TreeMap;

/** The members that events and the whole answer have in common. */
final class AnswerJson {
    private AnswerJson() {}

    static JsonObjectBuilder transcript(Transcript transcript) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("text", transcript.text());
        transcript.speaker().ifPresent(speaker -> json.add("speaker", speaker));
        if (!transcript.words().isEmpty()) {
            JsonArrayBuilder words = Json.createArrayBuilder();
            transcript.words().forEach(word -> words.add(word(word)));
            json.add("words", words);
        }
        return json;
    }

    /** As the {@code usage} event of live conversations. */
    static JsonObjectBuilder usage(TokenCounts counts) {
        return Json.createObjectBuilder()
                .add("promptTokens", counts.prompt())
                .add("responseTokens", counts.response())
                .add("totalTokens", counts.total())
                .add("promptByModality", modalities(counts.promptByModality()))
                .add("responseByModality", modalities(counts.responseByModality()));
    }

    static JsonObjectBuilder done(AnswerSink.Done done) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("model", done.model())
                .add("finishReason", done.finishReason())
                .add("simulated", done.simulated())
                .add("treatment", done.treatment())
                .add("found", done.found());
        done.mismatch().ifPresent(sentence -> json.add("mismatch", sentence));
        return json;
    }

    private static JsonObjectBuilder word(Transcript.Word word) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("word", word.word());
        word.begin().ifPresent(begin -> json.add("beginMillis", begin.toMillis()));
        word.end().ifPresent(end -> json.add("endMillis", end.toMillis()));
        return json;
    }

    private static JsonObjectBuilder modalities(Map<String, Long> tokens) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        new TreeMap<>(tokens).forEach(json::add);
        return json;
    }
}
