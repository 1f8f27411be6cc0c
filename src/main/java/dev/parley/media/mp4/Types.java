package dev.parley.media.mp4;

import dev.parley.media.container.Container;
import dev.parley.media.container.CorruptContainer;

/** The box types that matter here: four characters as a big-endian number. */
final class Types {
    static final int FTYP = 0x66747970;
    static final int MOOV = 0x6D6F6F76;
    static final int TRAK = 0x7472616B;
    static final int TKHD = 0x746B6864;
    static final int MDIA = 0x6D646961;
    static final int MDHD = 0x6D646864;
    static final int HDLR = 0x68646C72;
    static final int MINF = 0x6D696E66;
    static final int STBL = 0x7374626C;
    static final int STSD = 0x73747364;
    static final int STSZ = 0x7374737A;
    static final int STZ2 = 0x73747A32;
    static final int STSC = 0x73747363;
    static final int STCO = 0x7374636F;
    static final int CO64 = 0x636F3634;
    static final int MVEX = 0x6D766578;
    static final int TREX = 0x74726578;
    static final int MOOF = 0x6D6F6F66;
    static final int TRAF = 0x74726166;
    static final int TFHD = 0x74666864;
    static final int TRUN = 0x7472756E;
    static final int MDAT = 0x6D646174;

    static final int FREE = 0x66726565;
    static final int SKIP = 0x736B6970;
    static final int WIDE = 0x77696465;
    static final int UDTA = 0x75647461;
    static final int META = 0x6D657461;
    static final int UUID = 0x75756964;
    static final int STTS = 0x73747473;
    static final int STSS = 0x73747373;
    static final int CTTS = 0x63747473;
    static final int MFRA = 0x6D667261;

    static final int DHLR = 0x64686C72;
    static final int SOUN = 0x736F756E;
    static final int OPUS = 0x4F707573;
    static final int DOPS = 0x644F7073;
    static final int MP4A = 0x6D703461;
    static final int ESDS = 0x65736473;
    static final int WAVE = 0x77617665;

    /** What a damaged recording is told to be. */
    static final CorruptContainer CORRUPT = new CorruptContainer(Container.MP4);

    private Types() {}

    /** Boxes that may rightly be large and are of no use here. */
    static boolean isKnownBulk(int type) {
        return switch (type) {
            case FREE, SKIP, WIDE, UDTA, META, UUID, STTS, STSS, CTTS, MFRA, STSZ, STZ2, STSC, STCO, CO64 -> true;
            default -> false;
        };
    }

    /** Whether every character can be seen; the copyright sign of QuickTime counts. */
    static boolean isPrintable(int type) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            int character = (type >> shift) & 0xFF;
            if ((character < ' ' || character > '~') && character != 0xA9) {
                return false;
            }
        }
        return true;
    }

    /** The type as text, fit for a message. */
    static String name(int type) {
        StringBuilder name = new StringBuilder();
        for (int shift = 24; shift >= 0; shift -= 8) {
            int character = (type >> shift) & 0xFF;
            name.append(character < ' ' || character > '~' ? '?' : (char) character);
        }
        return name.toString().strip();
    }
}
