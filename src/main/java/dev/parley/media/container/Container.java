package dev.parley.media.container;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Forms in which audio arrives, by their first bytes, so that a refusal can say what was found. A pattern is written
 * as hexadecimal pairs, {@code ..} for any byte.
 */
public enum Container {
    /** RFC 9559. */
    WEBM(
            "WebM",
            List.of("audio/webm", "video/webm", "audio/x-matroska", "video/x-matroska", "audio/matroska"),
            "1A45DFA3"),
    /** Bytes that make sense only behind others. */
    WEBM_CONTINUED("the middle of a WebM recording whose first bytes are missing", List.of(), "1F43B675"),
    /** RFC 3533. */
    OGG("Ogg", List.of("audio/ogg", "application/ogg", "video/ogg", "audio/opus"), "4F676753"),
    /** ISO 14496-12 and its relatives. */
    MP4(
            "MP4",
            List.of("audio/mp4", "video/mp4", "audio/m4a", "audio/x-m4a", "video/quicktime", "audio/3gpp"),
            "........66747970",
            "........73747970",
            "........6D6F6F66",
            "........6D6F6F76"),
    /** RIFF and RF64. */
    WAV(
            "WAV",
            List.of("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"),
            "52494646........57415645",
            "52463634........57415645"),
    /** RFC 9639. */
    FLAC("FLAC", List.of("audio/flac", "audio/x-flac"), "664C6143"),
    /** AIFF and AIFC. */
    AIFF("AIFF", List.of("audio/aiff", "audio/x-aiff"), "464F524D........414946"),
    /** Apple's Core Audio Format. */
    CAF("Core Audio", List.of("audio/x-caf"), "63616666"),
    /** RFC 4867 §5. */
    AMR("AMR", List.of("audio/amr"), "2321414D52"),
    /** MPEG audio, layer 3, with or without ID3. */
    MP3(
            "MP3",
            List.of("audio/mpeg", "audio/mp3", "audio/x-mp3"),
            "494433",
            "FFFB",
            "FFFA",
            "FFF3",
            "FFF2",
            "FFE3",
            "FFE2"),
    /** MPEG audio, layer 2 (RFC 3003). */
    MP2("MP2", List.of("audio/mp2", "audio/x-mp2", "audio/mpeg"), "FFFD", "FFFC", "FFF5", "FFF4"),
    /** ADTS. */
    AAC("AAC", List.of("audio/aac", "audio/aacp", "audio/x-aac"), "FFF1", "FFF9", "FFF0", "FFF8");

    /** Bytes after which every pattern is decided. */
    public static final int ENOUGH = 12;

    private static final int ANY = -1;
    /** Raw samples may well begin with fewer bytes of some pattern, but hardly with these many. */
    private static final int FIXED_BYTES_BEYOND_CHANCE = 4;

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // only ever given List.of
    private final List<String> mediaTypes;

    @SuppressWarnings("ImmutableEnumChecker") // filled once, and never written
    private final List<int[]> patterns;

    Container(String title, List<String> mediaTypes, String... patterns) {
        this.title = title;
        this.mediaTypes = mediaTypes;
        this.patterns = Arrays.stream(patterns).map(Container::pattern).toList();
    }

    /** How a person would call it. */
    public String title() {
        return title;
    }

    /** A declared media type as it may stand in a message: short, and nothing in it but printable ASCII. */
    public static String printable(String mimeType) {
        String cut = mimeType.length() > 64 ? mimeType.substring(0, 64) + "…" : mimeType;
        return cut.strip().replaceAll("[^ -~…]", "?");
    }

    /** The usual media type, without parameters. */
    public String mediaType() {
        return mediaTypes.get(0);
    }

    /** The media type under which a browser records this with a codec that is decoded live. */
    public String recommended() {
        return this == OGG || this == MP4 ? mediaTypes.get(0) + ";codecs=opus" : "audio/webm;codecs=opus";
    }

    /** Whether it goes by this media type, in lower case and without parameters. */
    public boolean isCalled(String type) {
        return mediaTypes.contains(type);
    }

    /** The first container that goes by this media type, in lower case and without parameters. */
    public static @Nullable Container byMediaType(String type) {
        for (Container container : values()) {
            if (container.isCalled(type)) {
                return container;
            }
        }
        return null;
    }

    /**
     * The container whose pattern these first bytes match.
     *
     * @param beyondChance whether to know only patterns that raw samples do not hit by chance
     */
    public static @Nullable Container matching(byte[] head, int length, boolean beyondChance) {
        return find(head, length, beyondChance, true);
    }

    /** Whether more bytes could still complete a pattern. */
    public static boolean undecided(byte[] head, int length, boolean beyondChance) {
        return find(head, length, beyondChance, false) != null;
    }

    /** Whether the bytes, one that says something at least, could be the beginning of this container. */
    public boolean couldBegin(byte[] head, int length) {
        return patterns.stream()
                .anyMatch(pattern -> agrees(pattern, head, length)
                        && Arrays.stream(pattern).limit(length).anyMatch(value -> value != ANY));
    }

    private static @Nullable Container find(byte[] head, int length, boolean beyondChance, boolean whole) {
        for (Container container : values()) {
            for (int[] pattern : container.patterns) {
                boolean considered = !beyondChance || fixedBytes(pattern) >= FIXED_BYTES_BEYOND_CHANCE;
                if (considered && (length >= pattern.length) == whole && agrees(pattern, head, length)) {
                    return container;
                }
            }
        }
        return null;
    }

    private static boolean agrees(int[] pattern, byte[] head, int length) {
        for (int i = 0; i < Math.min(pattern.length, length); i++) {
            if (pattern[i] != ANY && pattern[i] != (head[i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    private static long fixedBytes(int[] pattern) {
        return Arrays.stream(pattern).filter(value -> value != ANY).count();
    }

    private static int[] pattern(String hex) {
        int[] pattern = new int[hex.length() / 2];
        for (int i = 0; i < pattern.length; i++) {
            String pair = hex.substring(2 * i, 2 * i + 2);
            pattern[i] = pair.equals("..") ? ANY : Integer.parseInt(pair, 16);
        }
        return pattern;
    }
}
