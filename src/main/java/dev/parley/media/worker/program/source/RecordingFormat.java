package dev.parley.media.worker.program.source;

import java.nio.charset.StandardCharsets;

/**
 * The containers that FFmpeg is asked to read, by their first bytes. It is never left to guess: it knows playlists and
 * scripts too, which name files and addresses to read from.
 */
public enum RecordingFormat {
    MP4("mov"),
    WAV("wav"),
    MP3("mp3"),
    AAC("aac"),
    FLAC("flac"),
    OGG("ogg"),
    AIFF("aiff"),
    WEBM("matroska"),
    CAF("caf"),
    AMR("amr");

    /** Bytes that decide. */
    public static final int ENOUGH = 12;

    private static final int SYNC = 0xFFE0;
    private static final int LAYER = 0x0006;

    private final String demuxer;

    RecordingFormat(String demuxer) {
        this.demuxer = demuxer;
    }

    /** FFmpeg's name of the demuxer. */
    public String demuxer() {
        return demuxer;
    }

    /** What these first bytes begin. */
    public static RecordingFormat of(byte[] head) throws UndecodableException {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        String tag = part(text, 0, 4);
        String second = part(text, 4, 8);
        String third = part(text, 8, 12);
        if (second.equals("ftyp") || second.equals("styp") || second.equals("moov") || second.equals("moof")) {
            return MP4;
        }
        if (tag.equals("RIFF") && third.equals("WAVE")) {
            return WAV;
        }
        if (tag.equals("FORM") && third.startsWith("AIF")) {
            return AIFF;
        }
        return switch (tag) {
            case "OggS" -> OGG;
            case "fLaC" -> FLAC;
            case "caff" -> CAF;
            case "\u001AE\u00DF\u00A3" -> WEBM;
            default -> {
                if (text.startsWith("#!AMR")) {
                    yield AMR;
                }
                if (text.startsWith("ID3")) {
                    yield MP3;
                }
                yield elementary(head);
            }
        };
    }

    /** MPEG audio frames begin with eleven set bits; ADTS is the layer that MPEG has left unused. */
    private static RecordingFormat elementary(byte[] head) throws UndecodableException {
        int first = head.length < 2 ? 0 : ((head[0] & 0xFF) << 8) | (head[1] & 0xFF);
        if ((first & SYNC) != SYNC) {
            throw new UndecodableException("it does not begin like any kind of recording known here");
        }
        return (first & LAYER) == 0 ? AAC : MP3;
    }

    private static String part(String text, int from, int to) {
        return text.length() < to ? "" : text.substring(from, to);
    }
}
