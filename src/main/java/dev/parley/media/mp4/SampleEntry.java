package dev.parley.media.mp4;

import dev.parley.media.container.AudioTrack;
import dev.parley.media.opus.OpusHead;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What the first sample entry of a sound track says (ISO 14496-12 §8.5.2, §12.2.3). */
final class SampleEntry {
    private static final int FULL_BOX = 4;
    private static final int BOX_HEADER = 8;
    private static final int AUDIO_ENTRY = 28;
    /** More bytes of a QuickTime sound description, by its version. */
    private static final int[] QUICKTIME_BYTES = {0, 16, 36};

    private static final int MPEG4_AUDIO = 0x40;
    private static final int MPEG2_AAC_MAIN = 0x66;
    private static final int MPEG2_AAC_SSR = 0x68;

    private static final int ES = 3;
    private static final int DECODER_CONFIG = 4;
    private static final int DECODER_SPECIFIC = 5;

    private SampleEntry() {}

    /** The track that a whole stsd box describes. */
    static AudioTrack parse(ByteBuffer stsd) {
        if (stsd.remaining() < FULL_BOX + 4 + BOX_HEADER + AUDIO_ENTRY) {
            return AudioTrack.other("a track without a description");
        }
        int boxVersion = stsd.get();
        stsd.position(stsd.position() + FULL_BOX - 1 + 4 + 4);
        int type = stsd.getInt();
        int version = stsd.getShort(stsd.position() + 8);
        int more = boxVersion == 0 && version > 0 && version < QUICKTIME_BYTES.length ? QUICKTIME_BYTES[version] : 0;
        if (stsd.remaining() < AUDIO_ENTRY + more) {
            return AudioTrack.other(name(type));
        }
        ByteBuffer children =
                stsd.position(stsd.position() + AUDIO_ENTRY + more).slice();
        if (type == Types.OPUS) {
            ByteBuffer dops = child(children, Types.DOPS);
            if (dops == null || dops.remaining() < 11) {
                throw Types.CORRUPT.because("an Opus track without a description");
            }
            return AudioTrack.opus(opusHead(dops));
        }
        if (type == Types.MP4A) {
            ByteBuffer wave = child(children, Types.WAVE);
            ByteBuffer esds = child(wave == null ? children : wave, Types.ESDS);
            byte[] config = esds == null ? null : audioSpecificConfig(esds);
            return config == null ? AudioTrack.other("MPEG audio other than AAC") : AudioTrack.aac(config);
        }
        return AudioTrack.other(name(type));
    }

    private static String name(int type) {
        return switch (Types.name(type)) {
            case "alac" -> "Apple Lossless";
            case "fLaC" -> "FLAC";
            case ".mp3" -> "MP3";
            case "ac-3", "ec-3" -> "Dolby Digital";
            case "samr", "sawb" -> "AMR";
            case "sowt", "twos", "lpcm", "ipcm", "fpcm", "in24", "in32", "fl32" -> "PCM";
            case "enca" -> "encrypted sound";
            default -> "the codec \"" + Types.name(type) + "\"";
        };
    }

    /** The first child of this type; null when there is none. */
    private static @Nullable ByteBuffer child(ByteBuffer boxes, int type) {
        int at = boxes.position();
        while (boxes.limit() - at >= BOX_HEADER) {
            int size = boxes.getInt(at);
            if (size < BOX_HEADER || size > boxes.limit() - at) {
                return null;
            }
            if (boxes.getInt(at + 4) == type) {
                return boxes.slice(at + BOX_HEADER, size - BOX_HEADER);
            }
            at += size;
        }
        return null;
    }

    /** The same facts in the form of RFC 7845 §5.1: there little-endian, here big-endian. */
    private static byte[] opusHead(ByteBuffer dops) {
        dops.get(); // version
        int channels = dops.get() & 0xFF;
        int preSkip = dops.getShort() & 0xFFFF;
        int rate = dops.getInt();
        int gain = dops.getShort();
        byte[] mapping = new byte[dops.remaining()];
        dops.get(mapping);
        return OpusHead.write(channels, preSkip, rate, gain, mapping);
    }

    /** Walks the descriptors of ISO 14496-1 §7.2.6; null when they describe no AAC. */
    private static byte @Nullable [] audioSpecificConfig(ByteBuffer esds) {
        if (esds.remaining() < FULL_BOX) {
            return null;
        }
        esds.position(FULL_BOX);
        while (esds.remaining() >= 2) {
            int tag = esds.get();
            int length = length(esds);
            int before = esds.remaining();
            switch (tag) {
                case ES -> skipEsHeader(esds);
                case DECODER_CONFIG -> {
                    if (before < 13 || !isAac(esds.get(esds.position()) & 0xFF)) {
                        return null;
                    }
                    esds.position(esds.position() + 13);
                }
                case DECODER_SPECIFIC -> {
                    if (length < 2 || length > before) {
                        return null;
                    }
                    byte[] config = new byte[length];
                    esds.get(config);
                    return config;
                }
                default -> esds.position(esds.position() + Math.min(length, before));
            }
        }
        return null;
    }

    private static boolean isAac(int objectType) {
        return objectType == MPEG4_AUDIO || (objectType >= MPEG2_AAC_MAIN && objectType <= MPEG2_AAC_SSR);
    }

    private static void skipEsHeader(ByteBuffer esds) {
        int flags = esds.remaining() < 3 ? 0 : esds.get(esds.position() + 2);
        int url = (flags & 0x40) == 0 || esds.remaining() < 4 ? 0 : 1 + (esds.get(esds.position() + 3) & 0xFF);
        int skip = 3 + ((flags & 0x80) == 0 ? 0 : 2) + url + ((flags & 0x20) == 0 ? 0 : 2);
        esds.position(esds.position() + Math.min(skip, esds.remaining()));
    }

    private static int length(ByteBuffer descriptor) {
        int length = 0;
        for (int i = 0; i < 4 && descriptor.hasRemaining(); i++) {
            int next = descriptor.get();
            length = (length << 7) | (next & 0x7F);
            if (next >= 0) {
                break;
            }
        }
        return length;
    }
}
