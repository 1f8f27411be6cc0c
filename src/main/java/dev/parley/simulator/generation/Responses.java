package dev.parley.simulator.generation;

import dev.parley.simulator.protocol.LiveJson;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes {@code GenerateContentResponse}s (ai.google.dev/api/generate-content): one for each piece of the answer, with
 * the tokens so far, and the reason of the end in the last.
 *
 * @param model bare id
 * @param id of this answer
 * @param whole whether everything is said in one response
 * @param textTokens of the prompt
 * @param audioTokens of its recordings
 * @param imageTokens of its pictures
 */
record Responses(String model, String id, boolean whole, long textTokens, long audioTokens, long imageTokens) {
    static final int CHARACTERS_PER_TOKEN = 4;

    Responses(BatchModel model, boolean whole, long textTokens, long audioTokens, long imageTokens) {
        this(model.id(), UUID.randomUUID().toString().substring(0, 22), whole, textTokens, audioTokens, imageTokens);
    }

    /** Tokens of so many characters. */
    static long tokens(String text) {
        return ((long) text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    /** An answer of plain text, cut at {@code maxTokens}; {@code thoughts} come first, and are no part of it. */
    List<JsonObject> text(List<String> pieces, int maxTokens, boolean thoughts) {
        List<List<JsonObject>> parts = new ArrayList<>();
        if (thoughts) {
            parts.add(List.of(LiveJson.object()
                    .add("text", "A simulator has no thoughts; this part only looks like one.")
                    .add("thought", true)
                    .build()));
        }
        long left = (long) maxTokens * CHARACTERS_PER_TOKEN;
        boolean cut = false;
        for (String piece : pieces) {
            cut = cut || piece.length() > left;
            String fitting = piece.substring(0, (int) Math.min(left, piece.length()));
            left -= fitting.length();
            if (!fitting.isEmpty()) {
                parts.add(List.of(LiveJson.object().add("text", fitting).build()));
            }
        }
        return parts(parts, cut ? "MAX_TOKENS" : "STOP");
    }

    /** An answer of these parts in each piece. */
    List<JsonObject> parts(List<List<JsonObject>> cut, String finishReason) {
        List<List<JsonObject>> pieces =
                whole ? List.of(cut.stream().flatMap(List::stream).toList()) : cut;
        List<JsonObject> responses = new ArrayList<>();
        long said = 0;
        for (int i = 0; i < pieces.size(); i++) {
            JsonArrayBuilder parts = LiveJson.array();
            for (JsonObject part : pieces.get(i)) {
                said += tokens(part.getString("text", ""));
                parts.add(part);
            }
            JsonObjectBuilder candidate = LiveJson.object()
                    .add("content", LiveJson.object().add("parts", parts).add("role", "model"));
            if (i == pieces.size() - 1) {
                candidate.add("finishReason", finishReason);
            }
            responses.add(response(
                    LiveJson.object().add("candidates", LiveJson.array().add(candidate.add("index", 0))), said));
        }
        return responses;
    }

    /** A candidate without content, as models give now and then. */
    JsonObject empty() {
        JsonObjectBuilder candidate =
                LiveJson.object().add("finishReason", "STOP").add("index", 0);
        return response(LiveJson.object().add("candidates", LiveJson.array().add(candidate)), 0);
    }

    /** A prompt that was not let through: no candidates. */
    JsonObject blocked() {
        return response(
                LiveJson.object().add("promptFeedback", LiveJson.object().add("blockReason", "PROHIBITED_CONTENT")), 0);
    }

    private JsonObject response(JsonObjectBuilder response, long said) {
        long asked = textTokens + audioTokens + imageTokens;
        JsonArrayBuilder details = LiveJson.array();
        detail(details, "TEXT", textTokens);
        detail(details, "AUDIO", audioTokens);
        detail(details, "IMAGE", imageTokens);
        JsonObjectBuilder usage = LiveJson.object().add("promptTokenCount", asked);
        if (said > 0) {
            usage.add("candidatesTokenCount", said);
        }
        usage.add("totalTokenCount", asked + said).add("promptTokensDetails", details);
        return response.add("usageMetadata", usage)
                .add("modelVersion", model)
                .add("responseId", id)
                .build();
    }

    private static void detail(JsonArrayBuilder details, String modality, long tokens) {
        if (tokens > 0) {
            details.add(LiveJson.object().add("modality", modality).add("tokenCount", tokens));
        }
    }
}
