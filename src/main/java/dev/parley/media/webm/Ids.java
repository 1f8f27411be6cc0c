package dev.parley.media.webm;

import dev.parley.media.container.Container;
import dev.parley.media.container.CorruptContainer;

/** The element IDs that matter here, marker bits included (RFC 9559 §5.1). */
final class Ids {
    static final int EBML = 0x1A45DFA3;
    static final int DOC_TYPE = 0x4282;
    static final int VOID = 0xEC;

    static final int SEGMENT = 0x18538067;
    static final int SEEK_HEAD = 0x114D9B74;
    static final int INFO = 0x1549A966;
    static final int TRACKS = 0x1654AE6B;
    static final int CLUSTER = 0x1F43B675;
    static final int CUES = 0x1C53BB6B;
    static final int CHAPTERS = 0x1043A770;
    static final int ATTACHMENTS = 0x1941A469;
    static final int TAGS = 0x1254C367;

    static final int TRACK_ENTRY = 0xAE;
    static final int TRACK_NUMBER = 0xD7;
    static final int TRACK_TYPE = 0x83;
    static final int CODEC_ID = 0x86;
    static final int CODEC_PRIVATE = 0x63A2;
    static final int CODEC_DELAY = 0x56AA;
    static final int CONTENT_ENCODINGS = 0x6D80;
    static final int AUDIO = 0xE1;
    static final int CHANNELS = 0x9F;

    static final int SIMPLE_BLOCK = 0xA3;
    static final int BLOCK_GROUP = 0xA0;
    static final int BLOCK = 0xA1;
    static final int BLOCK_ADDITIONS = 0x75A1;
    static final int DISCARD_PADDING = 0x75A2;

    /** What a damaged recording is told to be. */
    static final CorruptContainer CORRUPT = new CorruptContainer(Container.WEBM);

    private Ids() {}

    /** Elements that live at the level of clusters: each of them ends an open BlockGroup. */
    static boolean isTopLevel(int id) {
        return switch (id) {
            case EBML, SEGMENT, SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES, CHAPTERS, ATTACHMENTS, TAGS -> true;
            default -> false;
        };
    }

    /** Elements that may rightly be large and are of no use here. */
    static boolean isKnownBulk(int id) {
        return switch (id) {
            case VOID, SEEK_HEAD, INFO, CUES, CHAPTERS, ATTACHMENTS, TAGS, BLOCK_ADDITIONS -> true;
            default -> false;
        };
    }
}
