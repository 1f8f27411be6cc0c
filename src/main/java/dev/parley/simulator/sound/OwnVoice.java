package dev.parley.simulator.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a person said, at 24 kHz. Converts while it is read, so that only the 16 kHz original is held. */
public final class OwnVoice implements Voice {
    private static final int BLOCK = 1600;

    private final short[] heard;
    private final int heardRate;
    private final RateConverter converter;
    private final int total;
    private int read;
    private int given;
    private boolean finished;
    private short[] made = new short[0];
    private int madeFrom;

    /**
     * Plays {@code heard} back.
     *
     * @param heard samples, not changed and not to be changed any more
     * @param heardRate its samples per second
     */
    public OwnVoice(short[] heard, int heardRate) {
        this.heard = heard;
        this.heardRate = heardRate;
        this.converter = new RateConverter(heardRate, RATE);
        this.total = (int) Math.round((double) heard.length * RATE / heardRate);
    }

    @Override
    public int remaining() {
        return total - given;
    }

    @Override
    public byte[] next(int samples) {
        int count = Math.min(samples, remaining());
        ByteBuffer piece = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
        while (piece.hasRemaining()) {
            if (madeFrom == made.length && !make()) {
                break;
            }
            piece.putShort(made[madeFrom++]);
        }
        given += count;
        return piece.array();
    }

    /** Seconds that the whole takes. */
    public double seconds() {
        return (double) heard.length / heardRate;
    }

    private boolean make() {
        madeFrom = 0;
        made = new short[0];
        while (made.length == 0 && !finished) {
            int block = Math.min(BLOCK, heard.length - read);
            if (block > 0) {
                made = converter.convert(heard, read, block);
                read += block;
            } else {
                made = converter.finish();
                finished = true;
            }
        }
        return made.length > 0;
    }
}
