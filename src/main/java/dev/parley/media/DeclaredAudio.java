package dev.parley.media;

import dev.parley.media.container.Container;
import dev.parley.media.resample.FilterBank;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client says its audio is: a media type with parameters (RFC 9110 §8.3.1), in the forms that MediaRecorder and
 * hand-written clients use.
 *
 * @param kind what will be made of it
 * @param container what was declared; null for PCM and when it is to be sniffed
 * @param rate Hz, for PCM only
 * @param channels for PCM only
 * @param name the type as the client wrote it, fit for a message; "audio of no declared type" when it said nothing
 */
record DeclaredAudio(Kind kind, @Nullable Container container, int rate, int channels, String name) {
    /** What is accepted, for every refusal. */
    static final String ACCEPTED =
            "Live audio is accepted as audio/webm;codecs=opus, audio/ogg;codecs=opus, audio/mp4;codecs=opus"
                    + " or audio/pcm;rate=N (16 bit little-endian).";

    enum Kind {
        /** Look at the bytes. */
        TO_BE_SNIFFED,
        /** WebM, Ogg, MP4 or ADTS. */
        CONTAINER,
        /** Raw samples. */
        PCM
    }

    private static final int MAX_LENGTH = 200;
    private static final Set<String> NOT_OPUS = Set.of("vorbis", "pcm", "flac", "mp3", "alac", "speex");

    /**
     * Understands a declared type.
     *
     * @param late decodes AAC; null where nothing does
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when what is declared cannot be decoded live
     */
    static DeclaredAudio parse(@Nullable String mimeType, @Nullable LateDecoders late) {
        if (mimeType == null || mimeType.isBlank()) {
            return new DeclaredAudio(Kind.TO_BE_SNIFFED, null, 0, 0, "audio of no declared type");
        }
        String name = Container.printable(mimeType);
        if (mimeType.length() > MAX_LENGTH) {
            throw refused("An audio type of more than " + MAX_LENGTH + " characters was declared.");
        }
        String[] parts = mimeType.toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].strip();
        Map<String, String> parameters = parameters(parts);
        return switch (type) {
            case "audio/pcm" -> pcm(parameters, name);
            case "audio/l16" ->
                throw refused(name + " has an ambiguous byte order."
                        + " Send the samples little-endian and declare audio/pcm;rate=N.");
            case "application/octet-stream" -> new DeclaredAudio(Kind.TO_BE_SNIFFED, null, 0, 0, name);
            default -> {
                Container known = Container.byMediaType(type);
                if (known == Container.WEBM || known == Container.OGG || known == Container.MP4) {
                    requireDecodable(parameters, name, known, late);
                    yield new DeclaredAudio(Kind.CONTAINER, known, 0, 0, name);
                }
                if (known == Container.AAC) {
                    requireAac(name, late);
                    yield new DeclaredAudio(Kind.CONTAINER, known, 0, 0, name);
                }
                if (known != null) {
                    throw refused(name + " (" + known.title() + ") cannot be decoded live.");
                }
                if (!type.startsWith("audio/") && !type.startsWith("video/")) {
                    throw refused(name + " is not audio.");
                }
                yield new DeclaredAudio(Kind.TO_BE_SNIFFED, null, 0, 0, name);
            }
        };
    }

    /** The failure for audio that will not be decoded: what it is, and what would be. */
    static ParleyException refused(String what) {
        return new ParleyException(FailureKind.UNSUPPORTED_AUDIO, what + " " + ACCEPTED);
    }

    private static DeclaredAudio pcm(Map<String, String> parameters, String name) {
        String rate = parameters.get("rate");
        if (rate == null) {
            throw refused(name + " does not say its sampling rate.");
        }
        int hertz = number(rate);
        if (hertz < FilterBank.MIN_RATE || hertz > FilterBank.MAX_RATE) {
            throw refused(
                    name + " has a sampling rate outside " + FilterBank.MIN_RATE + "–" + FilterBank.MAX_RATE + " Hz.");
        }
        int channels = number(parameters.getOrDefault("channels", "1"));
        if (channels != 1 && channels != 2) {
            throw refused(name + " is neither mono nor stereo.");
        }
        return new DeclaredAudio(Kind.PCM, null, hertz, channels, name);
    }

    private static void requireDecodable(
            Map<String, String> parameters, String name, Container container, @Nullable LateDecoders late) {
        String codecs = parameters.getOrDefault("codecs", "");
        // A recorder may name its video codec alone; what the file really holds is seen when it comes.
        for (String declared : codecs.split(",", -1)) {
            String codec = declared.strip();
            boolean aac = codec.equals("aac") || codec.startsWith("mp4a.");
            if (aac && container == Container.MP4) {
                requireAac(name, late);
            } else if (aac || NOT_OPUS.contains(codec)) {
                throw refused(name + " holds " + codec + ", not Opus.");
            }
        }
    }

    /**
     * Makes sure that AAC can be decoded.
     *
     * @param what holds it, for the message
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} with the reason why it cannot
     */
    static LateDecoders requireAac(String what, @Nullable LateDecoders late) {
        if (late == null) {
            throw refused(what + " holds AAC, which this server does not decode live.");
        }
        late.missing().ifPresent(why -> {
            throw refused(what + " holds AAC, which cannot be decoded on this server: " + why + ".");
        });
        return late;
    }

    private static Map<String, String> parameters(String[] parts) {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) {
                String value = parts[i].substring(equals + 1).strip();
                parameters.putIfAbsent(parts[i].substring(0, equals).strip(), unquoted(value));
            }
        }
        return parameters;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).strip() : value;
    }

    /** −1 for what is no number of at most six digits. */
    private static int number(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
    }
}
