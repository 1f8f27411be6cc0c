package dev.parley.media.mp4;

import dev.parley.media.container.AudioTrack;
import dev.parley.media.container.PacketListener;
import dev.parley.media.opus.OpusPackets;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Takes the packets of one recording out of its media bytes, where its {@link Samples} say that they lie. */
final class PacketCollector {
    /** Bytes of the largest packet that is taken; a larger one is told as lost. */
    private static final int MAX_PACKET = 65_536;

    private final Movie.Sound sound;
    private final PacketListener listener;
    private final long maxIdle;

    private Samples samples;
    private boolean fragmented;
    private boolean inSample;
    private byte[] packet = new byte[2_048];
    private int have;
    private long idle;
    private long played;

    /**
     * A collector for one recording.
     *
     * @param maxIdle bytes between two packets after which the stream is given up
     */
    PacketCollector(Movie.Sound sound, PacketListener listener, long maxIdle) {
        this.sound = sound;
        this.listener = listener;
        this.maxIdle = maxIdle;
        samples = sound.table();
    }

    Movie.Sound sound() {
        return sound;
    }

    /** From now on, samples are where these runs say. */
    void fragmented(FragmentRuns runs) {
        if (!fragmented) {
            fragmented = true;
            inSample = false;
            samples = runs;
        }
    }

    /** Takes media bytes that lie at this position. */
    void payload(ByteBuffer bytes, long position) {
        if (sound.track().codec() == AudioTrack.Codec.OTHER) {
            return;
        }
        long offset = position - bytes.position();
        while (bytes.hasRemaining()) {
            if (!inSample) {
                have = 0;
                inSample = samples.advance();
            }
            if (inSample) {
                sample(bytes, offset + bytes.position());
            } else {
                idle(bytes, bytes.remaining());
            }
        }
    }

    private void idle(ByteBuffer bytes, int count) {
        bytes.position(bytes.position() + count);
        idle += count;
        if (idle > maxIdle) {
            throw Types.CORRUPT.because("media that no description mentions");
        }
    }

    private void sample(ByteBuffer bytes, long at) {
        int size = samples.size();
        long ahead = samples.position() + have - at;
        if (ahead < 0 || size < 0) {
            throw Types.CORRUPT.because("its packets are not where its description says");
        }
        idle(bytes, (int) Math.min(ahead, bytes.remaining()));
        int take = Math.min(size - have, bytes.remaining());
        if (size <= MAX_PACKET) {
            if (packet.length < have + take) {
                packet = Arrays.copyOf(packet, Math.max(have + take, 2 * packet.length));
            }
            bytes.get(packet, have, take);
        } else {
            bytes.position(bytes.position() + take);
        }
        have += take;
        if (have == size) {
            inSample = false;
            idle = 0;
            deliver(size <= MAX_PACKET ? size : 0);
        }
    }

    private void deliver(int length) {
        long discard = 0;
        if (sound.track().codec() == AudioTrack.Codec.OPUS) {
            int count = OpusPackets.samples(packet, 0, length);
            played += count;
            // Fragments have no trustworthy end: Chrome writes a made-up duration for each one's last packet.
            if (!fragmented && sound.duration() > 0 && sound.table().atLast()) {
                discard = Math.max(0, Math.min(count, played - sound.duration()));
            }
        }
        listener.packet(packet, 0, length, OpusPackets.nanos(discard));
    }
}
