package dev.parley.media.webm;

import dev.parley.media.opus.OpusHead;

/** One TrackEntry, as far as it matters here (RFC 9559 §5.1.4.1). */
final class Track {
    private static final int AUDIO_TYPE = 2;
    private static final int MAX_CHANNELS = 255;

    private long number;
    private String codec = "";
    private byte[] codecPrivate = {};
    private int channels = 1;
    private long codecDelayNanos;
    private boolean encoded;

    private Track() {}

    static Track parse(byte[] entry, int length) {
        Track track = new Track();
        long type = AUDIO_TYPE;
        Elements elements = new Elements(entry, 0, length);
        while (elements.advance()) {
            switch (elements.id()) {
                case Ids.TRACK_NUMBER -> track.number = elements.number();
                case Ids.TRACK_TYPE -> type = elements.number();
                case Ids.CODEC_ID -> track.codec = elements.text();
                case Ids.CODEC_PRIVATE -> track.codecPrivate = elements.bytes();
                case Ids.CODEC_DELAY -> track.codecDelayNanos = elements.number();
                case Ids.CONTENT_ENCODINGS -> track.encoded = true;
                case Ids.AUDIO -> track.channels = channels(elements.children());
                default -> {
                    // of no use here
                }
            }
        }
        if (track.codec.isEmpty()) {
            track.codec = "a track of type " + type;
        }
        return track;
    }

    /** What blocks call it. */
    long number() {
        return number;
    }

    /** The codec's identifier, fit for a message. */
    String codec() {
        return codec;
    }

    /** The header of RFC 7845 §5.1: the recorder's own, or, when it wrote none, what the container says instead. */
    byte[] opusHead() {
        if (codecPrivate.length > 0) {
            return codecPrivate;
        }
        long preSkip = codecDelayNanos / 1000 * 48 / 1000;
        return OpusHead.write(channels, (int) Math.max(0, Math.min(preSkip, OpusHead.MAX_PRE_SKIP)));
    }

    /** Whether packets are compressed or encrypted on top of the codec. */
    boolean encoded() {
        return encoded;
    }

    boolean isOpus() {
        return codec.startsWith("A_OPUS");
    }

    private static int channels(Elements audio) {
        long channels = 1;
        while (audio.advance()) {
            if (audio.id() == Ids.CHANNELS) {
                channels = audio.number();
            }
        }
        return (int) Math.max(0, Math.min(channels, MAX_CHANNELS));
    }
}
