package dev.parley.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.container.AudioTrack;
import dev.parley.media.container.PacketListener;
import dev.parley.media.ogg.OpusWriter;
import dev.parley.media.opus.OpusHead;
import dev.parley.media.resample.FilterBank;
import dev.parley.media.resample.FilterBanks;
import dev.parley.media.resample.Resampler;
import dev.parley.media.webm.WebmDemuxer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged Opus packets in a container that is whole, and the resampler under samples of any kind: see {@link Fuzz}. */
class MutatedPacketsTest {
    private static final Fuzz FUZZ = Fuzz.part(4);
    private static final int PACKETS = 12;
    private static final int MAX_PACKET_SAMPLES = 1_920;
    private static final int MAX_LOSS = 16_000;
    private static final int[] RATES = {8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000};

    private final AudioDecoders decoders = new AudioDecoders();
    private final FilterBanks filters = new FilterBanks();
    private long samples;
    private long concealed;

    @Test
    void a_damaged_packet_costs_itself_and_never_the_stream() {
        List<List<byte[]>> corpus = new ArrayList<>();
        for (String name : List.of("chrome-16k", "chrome-32k", "chrome-128k", "firefox", "voice-stereo-hybrid")) {
            corpus.add(packets(name));
        }
        FUZZ.play(random -> {
            List<byte[]> source = corpus.get(random.nextInt(corpus.size()));
            int from = random.nextInt(source.size() - PACKETS);
            List<byte[]> bad = new ArrayList<>();
            for (byte[] packet : source.subList(from, from + PACKETS)) {
                bad.add(random.nextInt(3) == 0 ? damaged(packet, random) : packet);
            }
            byte[] ogg = ogg(bad, random.nextInt(1, 3));
            samples = 0;
            AudioDecoder decoder = decoders.open("audio/ogg");
            for (int at = 0; at < ogg.length; ) {
                int piece = Math.min(ogg.length - at, random.nextInt(1, 1_000));
                decoder.decode(ByteBuffer.wrap(ogg, at, piece), this::count);
                at += piece;
            }
            decoder.finish(this::count);
            concealed += decoder.concealedPackets();
            decoder.close();
            assertTrue(samples > 0, "no sound at all");
            assertTrue(samples <= (long) PACKETS * MAX_PACKET_SAMPLES + MAX_LOSS, "samples " + samples);
        });
        Fuzz.tell("concealed", Long.toString(concealed));
        assertTrue(FUZZ.cases() < 100 || concealed > FUZZ.cases() / 10, "the damage was too kind: " + concealed);
    }

    @Test
    void how_samples_are_cut_changes_nothing_and_their_number_is_exact() {
        FUZZ.play(random -> {
            int rate = random.nextInt(16) == 0
                    ? random.nextInt(FilterBank.MIN_RATE, FilterBank.MAX_RATE + 1)
                    : RATES[random.nextInt(RATES.length)];
            short[] input = input(random);
            byte[] whole = resampled(rate, input, new int[] {input.length});
            assertEquals((2L * input.length * 16_000 + rate) / (2L * rate), whole.length / 2, "rate " + rate);
            int[] pieces = new int[random.nextInt(1, 6)];
            for (int i = 0; i < pieces.length; i++) {
                pieces[i] = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(1, 400);
            }
            assertArrayEquals(whole, resampled(rate, input, pieces), "rate " + rate);
        });
    }

    /** Noise, squares at full scale, silence, single clicks. */
    private static short[] input(Random random) {
        short[] input = new short[random.nextInt(1_500)];
        int kind = random.nextInt(4);
        int period = random.nextInt(1, 100);
        for (int i = 0; i < input.length; i++) {
            input[i] = switch (kind) {
                case 0 -> (short) random.nextInt();
                case 1 -> i / period % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
                case 2 -> 0;
                default -> i % period == 0 ? Short.MIN_VALUE : 0;
            };
        }
        return input;
    }

    /** In pieces of these lengths, again and again. */
    private byte[] resampled(int rate, short[] input, int[] pieces) {
        Resampler resampler = filters.resampler(rate);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] out = new byte[resampler.maxBytes(Math.max(400, input.length))];
        int at = 0;
        for (int turn = 0; at < input.length; turn++) {
            // A round of nothing but empty pieces would never end.
            int piece = Math.min(input.length - at, pieces[turn % pieces.length] + (turn % pieces.length == 0 ? 1 : 0));
            all.write(out, 0, resampler.resample(input, at, piece, out));
            at += piece;
        }
        all.write(out, 0, resampler.finish(out));
        return all.toByteArray();
    }

    private static byte[] damaged(byte[] packet, Random random) {
        byte[] bad = packet.clone();
        switch (random.nextInt(7)) {
            case 0 -> {
                for (int flips = random.nextInt(1, 20); flips > 0; flips--) {
                    bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 1 -> bad = Arrays.copyOf(bad, random.nextInt(bad.length + 1)); // 0: known to be lost
            case 2 -> bad[0] = (byte) random.nextInt(256); // mode, frame size and count (RFC 6716 §3.1)
            case 3 -> {
                bad[0] |= 3;
                bad = Arrays.copyOf(bad, Math.max(2, bad.length));
                bad[1] = (byte) random.nextInt(256); // frames and padding (§3.2.5)
            }
            case 4 -> {
                bad = Arrays.copyOf(bad, bad.length + random.nextInt(1, 300));
                Arrays.fill(bad, packet.length, bad.length, (byte) random.nextInt(256));
            }
            case 5 -> {
                bad = new byte[random.nextInt(1, 1_300)];
                random.nextBytes(bad);
            }
            default -> bad = new byte[] {(byte) random.nextInt(256)};
        }
        return bad;
    }

    private static byte[] ogg(List<byte[]> packets, int channels) throws IOException {
        ByteArrayOutputStream ogg = new ByteArrayOutputStream();
        OpusWriter writer = new OpusWriter(ogg);
        writer.begin(OpusHead.write(channels, 0));
        for (byte[] packet : packets) {
            writer.packet(packet, 0, packet.length, 0);
        }
        writer.finish();
        return ogg.toByteArray();
    }

    private static List<byte[]> packets(String name) {
        List<byte[]> packets = new ArrayList<>();
        WebmDemuxer demuxer = new WebmDemuxer(new PacketListener() {
            @Override
            public void track(AudioTrack track) {
                assertEquals(AudioTrack.Codec.OPUS, track.codec());
            }

            @Override
            public void packet(byte[] buffer, int offset, int length, long discardNanos) {
                packets.add(Arrays.copyOfRange(buffer, offset, offset + length));
            }
        });
        demuxer.feed(ByteBuffer.wrap(Recording.webm(name).bytes()));
        demuxer.end();
        return packets;
    }

    private void count(byte[] buffer, int offset, int length) {
        assertTrue(length > 0 && length % 2 == 0 && offset + length <= buffer.length);
        samples += length / 2;
    }
}
