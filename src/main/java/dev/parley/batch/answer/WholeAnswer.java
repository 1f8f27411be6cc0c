package dev.parley.batch.answer;

import dev.parley.gemini.message.TokenCounts;
import dev.parley.gemini.rest.wire.Transcript;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Collects an answer into one JSON object; its length is bounded by what is read of Gemini. One thread. */
public final class WholeAnswer implements AnswerSink {
    private final StringBuilder text = new StringBuilder();
    private final JsonArrayBuilder transcript = Json.createArrayBuilder();
    private @Nullable TokenCounts usage;
    private @Nullable Done done;

    @Override
    public void progress(Stage stage, long bytes, OptionalLong totalBytes, Optional<String> message) {
        // a client that waits for the whole hears nothing before
    }

    @Override
    public void transcript(Transcript piece) {
        transcript.add(AnswerJson.transcript(piece));
    }

    @Override
    public void text(String delta) {
        text.append(delta);
    }

    @Override
    public void usage(TokenCounts counts) {
        usage = counts;
    }

    @Override
    public void done(Done end) {
        done = end;
    }

    /** The object. */
    public JsonObject toJson() {
        JsonObjectBuilder json = done == null ? Json.createObjectBuilder() : AnswerJson.done(done);
        json.add("text", text.toString()).add("transcript", transcript);
        if (usage != null) {
            json.add("usage", AnswerJson.usage(usage));
        }
        return json.build();
    }
}
