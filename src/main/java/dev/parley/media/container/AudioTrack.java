package dev.parley.media.container;

/** The sound track of a recording, as its container describes it. Immutable. */
public final class AudioTrack {
    /** What the packets are compressed with. */
    public enum Codec {
        /** RFC 6716. */
        OPUS,
        /** MPEG-4 audio, object types with raw data blocks (ISO 14496-3). */
        AAC,
        /** Anything else: its packets are not given. */
        OTHER
    }

    private final Codec codec;
    private final String name;
    private final byte[] header;

    private AudioTrack(Codec codec, String name, byte[] header) {
        this.codec = codec;
        this.name = name;
        this.header = header.clone();
    }

    /** An Opus track with the identification header of RFC 7845 §5.1. */
    public static AudioTrack opus(byte[] opusHead) {
        return new AudioTrack(Codec.OPUS, "Opus", opusHead);
    }

    /** An AAC track with its AudioSpecificConfig (ISO 14496-3 §1.6.2.1). */
    public static AudioTrack aac(byte[] audioSpecificConfig) {
        return new AudioTrack(Codec.AAC, "AAC", audioSpecificConfig);
    }

    /** What is there instead of a track that could be taken; the name is fit for a message. */
    public static AudioTrack other(String name) {
        return new AudioTrack(Codec.OTHER, name, new byte[0]);
    }

    /** What the packets are compressed with. */
    public Codec codec() {
        return codec;
    }

    /** The codec, fit for a message. */
    public String name() {
        return name;
    }

    /** OpusHead or AudioSpecificConfig; empty for other codecs. */
    public byte[] header() {
        return header.clone();
    }
}
