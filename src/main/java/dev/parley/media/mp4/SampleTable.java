package dev.parley.media.mp4;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The tables of a plain MP4 track: sizes, chunks and where they lie (ISO 14496-12 §8.7), kept as they were written. */
final class SampleTable implements Samples {
    private static final int FULL_BOX = 4;
    private static final int CHUNK_RUN = 12;

    private @Nullable ByteBuffer sizes;
    private @Nullable ByteBuffer chunkRuns;
    private @Nullable ByteBuffer offsets;
    private boolean large;
    private long origin;

    private int sample;
    private int chunk = -1;
    private int run;
    private long leftInChunk;
    private long position;
    private int size;

    /** Takes one of the tables; the buffer is copied. */
    void take(int type, ByteBuffer payload) {
        ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
        switch (type) {
            case Types.STSZ -> sizes = copy;
            case Types.STSC -> chunkRuns = copy;
            default -> {
                offsets = copy;
                large = type == Types.CO64;
            }
        }
    }

    /** Where the file begins in the stream: offsets count from there. */
    void origin(long newOrigin) {
        origin = newOrigin;
    }

    /** How many samples there are, by the tables' own bytes rather than by what they claim. */
    long count() {
        ByteBuffer table = sizes;
        if (table == null || table.limit() < FULL_BOX + 8) {
            return 0;
        }
        long claimed = table.getInt(FULL_BOX + 4) & 0xFFFF_FFFFL;
        return table.getInt(FULL_BOX) != 0 ? claimed : Math.min(claimed, (table.limit() - FULL_BOX - 8) / 4);
    }

    /** Whether the sample at hand is the last. */
    boolean atLast() {
        return sample == count();
    }

    @Override
    public boolean advance() {
        position += size;
        do {
            if (sample >= count() || (leftInChunk == 0 && !nextChunk())) {
                return false;
            }
            leftInChunk--;
            size = sizeOf(sample++);
        } while (size == 0);
        return size > 0;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public int size() {
        return size;
    }

    private int sizeOf(int index) {
        ByteBuffer table = sizes;
        if (table == null) {
            return -1;
        }
        int constant = table.getInt(FULL_BOX);
        return constant != 0 ? constant : table.getInt(FULL_BOX + 8 + 4 * index);
    }

    /** Goes to the next chunk that has samples. */
    private boolean nextChunk() {
        ByteBuffer table = offsets;
        ByteBuffer runs = chunkRuns;
        if (table == null || runs == null) {
            return false;
        }
        int entry = large ? 8 : 4;
        int chunks = (table.limit() - FULL_BOX - 4) / entry;
        int runCount = (runs.limit() - FULL_BOX - 4) / CHUNK_RUN;
        while (leftInChunk == 0) {
            if (++chunk >= chunks || runCount <= 0) {
                return false;
            }
            while (run + 1 < runCount && firstChunk(runs, run + 1) <= chunk + 1L) {
                run++;
            }
            leftInChunk = runs.getInt(FULL_BOX + 8 + CHUNK_RUN * run) & 0xFFFF_FFFFL;
        }
        int at = FULL_BOX + 4 + entry * chunk;
        position = origin + (large ? table.getLong(at) : table.getInt(at) & 0xFFFF_FFFFL);
        return true;
    }

    private static long firstChunk(ByteBuffer runs, int run) {
        return runs.getInt(FULL_BOX + 4 + CHUNK_RUN * run) & 0xFFFF_FFFFL;
    }
}
