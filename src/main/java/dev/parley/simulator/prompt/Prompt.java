package dev.parley.simulator.prompt;

import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.protocol.ClientShapes;
import dev.parley.simulator.protocol.LiveJson;
import dev.parley.simulator.protocol.Refusal;
import dev.parley.simulator.setup.Texts;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a request asks.
 *
 * @param instruction the system instruction; empty when there is none
 * @param text of all contents, joined by line ends
 * @param media in their order
 * @param maxOutputTokens bound of the answer
 * @param words whether a transcript shall tell its words one by one
 * @param speakers whether a transcript shall tell who speaks
 */
public record Prompt(
        String instruction, String text, List<Medium> media, int maxOutputTokens, boolean words, boolean speakers) {
    /**
     * A recording or picture.
     *
     * @param mimeType in lower case, without parameters; empty when a file was given without one
     * @param inline index of the inline data, or −1 for a file
     * @param uri of the file; empty for inline data
     */
    public record Medium(String mimeType, int inline, String uri) {
        /** Whether its bytes came with the request. */
        public boolean isInline() {
            return inline >= 0;
        }
    }

    /** Recordings and pictures of one request: each has to be read and measured. */
    static final int MAX_MEDIA = 10;

    private static final Set<String> ROLES = Set.of("", "user", "model");

    /** Reads a body, or throws the {@link GoogleError} for what is wrong in it. */
    public static Prompt read(RequestBody body) {
        try {
            JsonObject request =
                    ClientShapes.generateContent().read(body.json(), "").asJsonObject();
            return prompt(request, body.inline().size());
        } catch (Refusal refusal) {
            throw GoogleError.invalid(refusal);
        }
    }

    private static Prompt prompt(JsonObject request, int inlineCount) {
        JsonArray contents = request.get("contents") instanceof JsonArray list ? list : JsonValue.EMPTY_JSON_ARRAY;
        if (contents.isEmpty()) {
            throw GoogleError.invalid("* GenerateContentRequest.contents: contents is not specified\n");
        }
        List<Medium> media = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            JsonObject content = contents.getJsonObject(i);
            if (!ROLES.contains(content.getString("role", ""))) {
                throw GoogleError.invalid("Please use a valid role: user, model.");
            }
            if (!(content.get("parts") instanceof JsonArray parts) || parts.isEmpty()) {
                throw GoogleError.invalid(
                        "* GenerateContentRequest.contents[" + i + "].parts: contents.parts must not be empty.\n");
            }
            for (int k = 0; k < parts.size(); k++) {
                medium(parts.getJsonObject(k), "contents[" + i + "].parts[" + k + "]", inlineCount, media);
            }
        }
        if (media.size() > MAX_MEDIA) {
            throw GoogleError.invalid("* GenerateContentRequest.contents: the request has " + media.size()
                    + " media parts; at most " + MAX_MEDIA + " are served here.\n");
        }
        JsonObject generation = LiveJson.inner(request, "generationConfig");
        JsonObject transcription = LiveJson.inner(generation, "audioTranscriptionConfig");
        return new Prompt(
                Texts.of(request.get("systemInstruction")),
                contents.stream().map(Texts::of).collect(Collectors.joining("\n")),
                List.copyOf(media),
                maxOutputTokens(generation),
                transcription.getBoolean("wordTimestamp", true),
                transcription.getBoolean("diarization", false));
    }

    private static void medium(JsonObject part, String path, int inlineCount, List<Medium> media) {
        if (part.get("inlineData") instanceof JsonObject blob) {
            String index = blob.getString("data", "");
            if (!index.matches("\\d{1,3}") || Integer.parseInt(index) >= inlineCount) {
                throw Refusal.invalidValue(path + ".inline_data.data", "TYPE_BYTES", "Base64 decoding failed");
            }
            media.add(new Medium(type(blob), Integer.parseInt(index), ""));
        } else if (part.get("fileData") instanceof JsonObject file) {
            media.add(new Medium(type(file), -1, file.getString("fileUri", "")));
        }
    }

    private static String type(JsonObject holder) {
        return holder.getString("mimeType", "")
                .toLowerCase(Locale.ROOT)
                .replaceFirst("(?s);.*", "")
                .strip();
    }

    private static int maxOutputTokens(JsonObject generation) {
        double given = LiveJson.number(generation, "maxOutputTokens", Integer.MAX_VALUE);
        if (given < 1) {
            throw GoogleError.invalid("max_output_tokens must be positive.");
        }
        return (int) given;
    }
}
