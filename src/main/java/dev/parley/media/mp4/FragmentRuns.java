package dev.parley.media.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The samples of one track in the fragments of a live MP4 (ISO 14496-12 §8.8), until their bytes have come. Bounds:
 * {@value #MAX_RUNS} runs at once, and of sizes no more than their boxes had bytes.
 */
final class FragmentRuns implements Samples {
    private static final int MAX_RUNS = 1_024;
    private static final int MAX_SIZES = 262_144;
    private static final ByteBuffer NO_SIZES = ByteBuffer.allocate(0);

    private static final int BASE_OFFSET = 0x1;
    private static final int DESCRIPTION = 0x2;
    private static final int DEFAULT_DURATION = 0x8;
    private static final int DEFAULT_SIZE = 0x10;
    private static final int BASE_IS_MOOF = 0x2_0000;

    private static final int DATA_OFFSET = 0x1;
    private static final int FIRST_FLAGS = 0x4;
    private static final int DURATION = 0x100;
    private static final int SIZE = 0x200;
    private static final int FLAGS = 0x400;
    private static final int COMPOSITION = 0x800;

    /** @param sizes empty when all are of the same {@code size} */
    private record Run(long position, long count, int size, ByteBuffer sizes) {}

    private final Deque<Run> runs = new ArrayDeque<>();
    private int sizesHeld;

    private long origin;
    private long moof;
    private int trexSize;
    private int defaultSize;
    private boolean ours;
    private long base;
    private long dataEnd;

    private long taken;
    private long position;
    private int size;

    /** Where the file begins in the stream. */
    void origin(long newOrigin) {
        origin = newOrigin;
    }

    /** What samples have that say nothing. */
    void trex(int size) {
        trexSize = size;
    }

    /** A fragment begins. */
    void moof(long start) {
        moof = start;
        dataEnd = start;
        ours = false;
    }

    /** A track's part of the fragment begins. */
    void tfhd(ByteBuffer payload, int trackId) {
        int flags = payload.getInt();
        ours = payload.getInt() == trackId;
        base = (flags & BASE_OFFSET) != 0 ? origin + payload.getLong() : (flags & BASE_IS_MOOF) != 0 ? moof : dataEnd;
        skip(payload, flags, DESCRIPTION);
        skip(payload, flags, DEFAULT_DURATION);
        defaultSize = (flags & DEFAULT_SIZE) != 0 ? payload.getInt() : trexSize;
        dataEnd = base;
    }

    /** Samples that lie together. */
    void trun(ByteBuffer payload) {
        int flags = payload.getInt();
        long count = payload.getInt() & 0xFFFF_FFFFL;
        long start = (flags & DATA_OFFSET) != 0 ? base + payload.getInt() : dataEnd;
        skip(payload, flags, FIRST_FLAGS);
        if ((flags & SIZE) == 0) {
            dataEnd = start + count * Math.max(0, defaultSize);
            add(new Run(start, count, defaultSize, NO_SIZES));
            return;
        }
        int before = (flags & DURATION) != 0 ? 4 : 0;
        int after = ((flags & FLAGS) != 0 ? 4 : 0) + ((flags & COMPOSITION) != 0 ? 4 : 0);
        int entries = (int) Math.min(count, payload.remaining() / (before + 4 + after));
        ByteBuffer sizes = ByteBuffer.allocate(4 * entries);
        dataEnd = start;
        for (int i = 0; i < entries; i++) {
            int bytes = payload.position(payload.position() + before).getInt();
            payload.position(payload.position() + after);
            sizes.putInt(bytes);
            dataEnd += Math.max(0, bytes);
        }
        add(new Run(start, entries, 0, sizes.flip()));
    }

    private void add(Run run) {
        if (!ours || run.count() == 0 || (run.size() <= 0 && run.sizes().limit() == 0)) {
            return;
        }
        sizesHeld += run.sizes().limit() / 4;
        if (runs.size() >= MAX_RUNS || sizesHeld > MAX_SIZES) {
            throw Types.CORRUPT.because("descriptions of sound that never comes");
        }
        runs.add(run);
    }

    @Override
    public boolean advance() {
        position += size;
        size = 0;
        while (size == 0) {
            Run run = runs.peek();
            if (run == null) {
                return false;
            }
            if (taken == run.count()) {
                runs.remove();
                sizesHeld -= run.sizes().limit() / 4;
                taken = 0;
                continue;
            }
            if (taken == 0) {
                position = run.position();
            }
            size = run.sizes().limit() == 0 ? run.size() : run.sizes().getInt((int) (4 * taken));
            taken++;
        }
        return true;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public int size() {
        return size;
    }

    private static void skip(ByteBuffer payload, int flags, int flag) {
        if ((flags & flag) != 0) {
            payload.getInt();
        }
    }
}
