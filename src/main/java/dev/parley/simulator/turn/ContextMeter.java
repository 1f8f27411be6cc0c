package dev.parley.simulator.turn;

import dev.parley.simulator.protocol.LiveJson;
import dev.parley.simulator.protocol.WireFault;
import dev.parley.simulator.setup.SessionSetup.Compression;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens of a session as Google bills them: 25 per second of sound both ways, 258 per picture, one per four characters,
 * and with each turn the whole context again. Serial order of the session.
 */
public final class ContextMeter {
    private static final int AUDIO_TOKENS_PER_SECOND = 25;
    private static final long MICROS_PER_AUDIO_TOKEN = 1_000_000 / AUDIO_TOKENS_PER_SECOND;
    private static final int TOKENS_PER_PICTURE = 258;
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final Optional<Compression> compression;
    private final int window;
    private final boolean vertex;
    private final Map<Modality, Long> context = new EnumMap<>(Modality.class);
    /** Sound that does not make a token yet, so that short pieces add up right. */
    private long heardMicros;

    private int turns;

    /** What tokens stand for. */
    private enum Modality {
        TEXT,
        AUDIO,
        IMAGE
    }

    /**
     * What a resumed session starts from.
     *
     * @param text tokens of written context
     * @param audio tokens of sound
     * @param image tokens of pictures
     * @param turns turns so far
     */
    public record Snapshot(long text, long audio, long image, int turns) {
        /** A new session. */
        public static final Snapshot NONE = new Snapshot(0, 0, 0, 0);
    }

    /** A meter that goes on from {@code start}. */
    public ContextMeter(Snapshot start, Optional<Compression> compression, int window, boolean vertex) {
        this.compression = compression;
        this.window = window;
        this.vertex = vertex;
        context.put(Modality.TEXT, start.text());
        context.put(Modality.AUDIO, start.audio());
        context.put(Modality.IMAGE, start.image());
        this.turns = start.turns();
    }

    /** Sound came in: it is billed whether anyone spoke or not, since current models always listen. */
    public void heard(double millis) {
        heardMicros += Math.round(millis * 1000);
        long tokens = heardMicros / MICROS_PER_AUDIO_TOKEN;
        heardMicros -= tokens * MICROS_PER_AUDIO_TOKEN;
        add(Modality.AUDIO, tokens);
    }

    /** Text came in. */
    public void read(String text) {
        add(Modality.TEXT, textTokens(text));
    }

    /** A picture came in. */
    public void saw() {
        add(Modality.IMAGE, TOKENS_PER_PICTURE);
    }

    /** Starts a turn; answers its number, from 1. Without compression a full window ends the session, as at Google. */
    public int nextTurn() {
        if (total() > window && compression.isEmpty()) {
            throw WireFault.INVALID_ARGUMENT.refusal();
        }
        turns++;
        return turns;
    }

    /** The usage of a turn that answered so much; the answer is part of the context from here. */
    public JsonObject turnUsage(double spokenMillis, String written) {
        long audio = Math.round(spokenMillis * AUDIO_TOKENS_PER_SECOND / 1000);
        long text = textTokens(written);
        long prompt = total();
        JsonObjectBuilder usage = LiveJson.object()
                .add("promptTokenCount", prompt)
                .add(vertex ? "candidatesTokenCount" : "responseTokenCount", audio + text)
                .add("totalTokenCount", prompt + audio + text)
                .add("promptTokensDetails", details(context));
        Map<Modality, Long> response = new EnumMap<>(Modality.class);
        response.put(Modality.TEXT, text);
        response.put(Modality.AUDIO, audio);
        usage.add(vertex ? "candidatesTokensDetails" : "responseTokensDetails", details(response));
        if (vertex) {
            usage.add("trafficType", "ON_DEMAND");
        }
        add(Modality.AUDIO, audio);
        add(Modality.TEXT, text);
        return usage.build();
    }

    /** For the resumption handle. */
    public Snapshot snapshot() {
        return new Snapshot(of(Modality.TEXT), of(Modality.AUDIO), of(Modality.IMAGE), turns);
    }

    private void add(Modality modality, long tokens) {
        context.merge(modality, tokens, Long::sum);
        compression.filter(sliding -> total() > sliding.triggerTokens()).ifPresent(this::slide);
    }

    /** Drops sound, then pictures, then text, as far as needed. */
    private void slide(Compression sliding) {
        long excess = total() - sliding.targetTokens();
        for (Modality modality : new Modality[] {Modality.AUDIO, Modality.IMAGE, Modality.TEXT}) {
            long dropped = Math.min(excess, of(modality));
            context.put(modality, of(modality) - dropped);
            excess -= dropped;
        }
    }

    private long of(Modality modality) {
        return context.getOrDefault(modality, 0L);
    }

    private long total() {
        return context.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long textTokens(String text) {
        return ((long) text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    private static JsonArrayBuilder details(Map<Modality, Long> tokens) {
        JsonArrayBuilder details = LiveJson.array();
        tokens.forEach((modality, count) -> {
            if (count > 0) {
                details.add(LiveJson.object().add("modality", modality.name()).add("tokenCount", count));
            }
        });
        return details;
    }
}
