package dev.parley.simulator.generation;

import dev.parley.simulator.protocol.LiveModel;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** A model that answers {@code generateContent}; found under every version of the API. */
public enum BatchModel {
    /** Understands; also serves what was asked of 3.7. */
    FLASH_3_8("gemini-3.8-flash", false, Set.of("gemini-3.7-flash")),
    /** Understands; cheap. */
    FLASH_LITE_3_5("gemini-3.5-flash-lite", false, Set.of()),
    /** Understands; also serves what was asked of 3.5. */
    FLASH_3_6("gemini-3.6-flash", false, Set.of("gemini-3.5-flash")),
    /** Writes down. */
    TRANSCRIBE_3_5("gemini-3.5-transcribe", true, Set.of());

    private static final int INPUT_TOKENS = 1_048_576;
    private static final int OUTPUT_TOKENS = 65_536;

    private final String id;
    private final boolean transcribes;

    @SuppressWarnings("ImmutableEnumChecker") // only ever given Set.of
    private final Set<String> formerIds;

    BatchModel(String id, boolean transcribes, Set<String> formerIds) {
        this.id = id;
        this.transcribes = transcribes;
        this.formerIds = formerIds;
    }

    /** The model that answers to this bare id: its own, or one that Google routes to it. */
    public static Optional<BatchModel> find(String id) {
        return Arrays.stream(values())
                .filter(model -> model.id.equals(id) || model.formerIds.contains(id))
                .findFirst();
    }

    /** Bare id, such as {@code gemini-3.8-flash}. */
    public String id() {
        return id;
    }

    /** Whether it answers with a transcript. */
    boolean transcribes() {
        return transcribes;
    }

    /** As {@code GET /v1beta/models} tells it. */
    public JsonObject toJson() {
        String does = "understands nothing, " + (transcribes ? "notes" : "tells") + " what it measured in a recording";
        return LiveModel.described(id, does, INPUT_TOKENS, OUTPUT_TOKENS, "generateContent");
    }
}
