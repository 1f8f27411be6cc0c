package dev.parley.simulator.survey;

import java.nio.charset.StandardCharsets;

/** Formats of recordings, by their first bytes. */
public enum SoundFormat {
    /** RIFF. */
    WAV("WAV"),
    /** WebM or Matroska. */
    WEBM("WebM"),
    /** Ogg, with whatever codec. */
    OGG("Ogg"),
    /** Native FLAC. */
    FLAC("FLAC"),
    /** AIFF and AIFF-C. */
    AIFF("AIFF"),
    /** MP4, M4A, QuickTime. */
    MP4("MP4"),
    /** AAC in ADTS frames. */
    AAC("AAC"),
    /** MPEG audio, with or without ID3 tags. */
    MP3("MP3"),
    /** None of these. */
    UNKNOWN("no format that I know");

    /** Bytes of the beginning that decide. */
    static final int HEAD_BYTES = 12;

    private final String title;

    SoundFormat(String title) {
        this.title = title;
    }

    /** How a person would call it. */
    public String title() {
        return title;
    }

    /** The format of a file that begins with these bytes. */
    static SoundFormat of(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("RIFF") && text.startsWith("WAVE", 8)) {
            return WAV;
        }
        if (text.startsWith("FORM") && text.startsWith("AIF", 8)) {
            return AIFF;
        }
        if (text.startsWith("ftyp", 4) || text.startsWith("moof", 4) || text.startsWith("moov", 4)) {
            return MP4;
        }
        if (text.startsWith("OggS")) {
            return OGG;
        }
        if (text.startsWith("fLaC")) {
            return FLAC;
        }
        if (text.startsWith("\u001aE\u00df\u00a3")) {
            return WEBM;
        }
        return text.startsWith("ID3") ? MP3 : mpeg(head);
    }

    /** A frame of MPEG audio begins with eleven ones; layer 0 is ADTS. */
    private static SoundFormat mpeg(byte[] head) {
        boolean sync = head.length >= 2 && (head[0] & 0xFF) == 0xFF && (head[1] & 0xE0) == 0xE0;
        if (!sync) {
            return UNKNOWN;
        }
        boolean layerZero = (head[1] & 0x06) == 0;
        if (layerZero) {
            return (head[1] & 0xF0) == 0xF0 ? AAC : UNKNOWN;
        }
        return MP3;
    }
}
