package dev.parley.performance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.gemini.message.AudioMessage;
import dev.parley.media.AudioDecoder;
import dev.parley.media.AudioDecoders;
import dev.parley.media.PcmFramer;
import dev.parley.media.PcmSink;
import dev.parley.media.container.AudioTrack;
import dev.parley.media.container.Demuxer;
import dev.parley.media.container.PacketListener;
import dev.parley.media.opus.OpusStream;
import dev.parley.media.opus.decoder.OpusDecoder;
import dev.parley.media.resample.FilterBanks;
import dev.parley.media.resample.Resampler;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that this thread allocates for a piece of audio, counted by the JVM; no time is looked at. */
class NoGarbageTest {
    /** Of the second round: behind the header, which may begin a recording anew. */
    private static final int HEADER_CHUNKS = 4;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long bytes;

    private final PacketListener packets = new PacketListener() {
        @Override
        public void track(AudioTrack track) {
            bytes++;
        }

        @Override
        public void packet(byte[] buffer, int offset, int length, long discardNanos) {
            bytes += length;
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"chrome-16k.webm", "chrome-128k.webm", "firefox.webm", "firefox-ogg.ogg"})
    void packets_of_webm_and_ogg_are_found_without_allocating(String recording) {
        assertEquals(0, allocatedByDemuxer(recording));
    }

    /** SILK, hybrid and CELT, in packets of 60 ms; and CELT in packets of 20 ms, every tenth of which is lost. */
    @ParameterizedTest
    @ValueSource(strings = {"chrome-16k.webm", "chrome-32k.webm", "chrome-128k.webm", "firefox.webm"})
    void opus_packets_are_decoded_without_allocating(String recording) {
        RecordedStream stream = RecordedStream.of(recording);
        OpusStream opus = new OpusStream(stream.opusHead());
        decode(opus, stream);
        bytes = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        decode(opus, stream);
        assertEquals(0, threads.getCurrentThreadAllocatedBytes() - before);
        assertTrue(bytes > 250_000, "no samples");
    }

    @Test
    void an_opus_decoder_takes_less_than_100_kilobytes_once() {
        OpusDecoder first = new OpusDecoder();
        long before = threads.getCurrentThreadAllocatedBytes();
        OpusDecoder second = new OpusDecoder();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertNotSame(first, second);
        assertTrue(allocated > 40_000 && allocated < 100_000, allocated + " bytes");
    }

    private void decode(OpusStream opus, RecordedStream stream) {
        for (int i = 0; i < stream.packets().size(); i++) {
            byte[] packet = stream.packets().get(i);
            bytes += opus.decode(packet, 0, i % 10 == 9 ? 0 : packet.length, 0);
        }
    }

    /** From container to 16 kHz, through everything that a conversation uses. */
    @ParameterizedTest
    @ValueSource(strings = {"chrome-16k.webm", "chrome-32k.webm", "chrome-128k.webm", "firefox.webm"})
    void a_recorders_chunks_cost_nothing_on_their_way_to_16_kilohertz(String recording) {
        RecordedStream stream = RecordedStream.of(recording);
        AudioDecoder decoder = new AudioDecoders().open("audio/webm");
        PcmSink sink = (buffer, offset, length) -> bytes += length;
        int half = stream.chunks().size() / 2;
        for (int i = 0; i < half; i++) {
            decoder.decode(stream.chunks().get(i).rewind(), sink);
        }
        bytes = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = half; i < stream.chunks().size(); i++) {
            decoder.decode(stream.chunks().get(i).rewind(), sink);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes > 80_000, "no samples");
        assertEquals(0, allocated, "bytes for " + (stream.chunks().size() - half) + " chunks");
    }

    /** Where the samples of a fragment of two packets lie is remembered in objects of its own. */
    @Test
    void fragments_of_mp4_allocate_little_and_packets_nothing() {
        int chunks = RecordedStream.of("chrome-mp4-opus.mp4").chunks().size() - HEADER_CHUNKS;
        long perChunk = allocatedByDemuxer("chrome-mp4-opus.mp4") / chunks;
        assertTrue(perChunk <= 160, perChunk + " bytes per chunk");
    }

    private long allocatedByDemuxer(String recording) {
        RecordedStream stream = RecordedStream.of(recording);
        Demuxer demuxer = stream.demuxer(packets);
        feed(demuxer, stream, 0, stream.chunks().size());
        feed(demuxer, stream, 0, HEADER_CHUNKS);
        bytes = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        feed(demuxer, stream, HEADER_CHUNKS, stream.chunks().size());
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes > 4_000, "no packets");
        return allocated;
    }

    private static void feed(Demuxer demuxer, RecordedStream stream, int from, int to) {
        for (int i = from; i < to; i++) {
            demuxer.feed(stream.chunks().get(i).rewind());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 44_100, 48_000})
    void samples_are_resampled_without_allocating(int rate) {
        Resampler resampler = new FilterBanks().resampler(rate);
        short[] samples = new short[rate / 25];
        byte[] out = new byte[resampler.maxBytes(samples.length)];
        resampler.resample(samples, 0, samples.length, out);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 50; i++) {
            bytes += resampler.resample(samples, 0, samples.length, out);
        }
        assertEquals(0, threads.getCurrentThreadAllocatedBytes() - before);
        assertTrue(bytes > 60_000, "no samples");
    }

    /** 1,764 samples less two: chunks that give messages of two lengths by turns at 44.1 kHz. */
    @ParameterizedTest
    @ValueSource(ints = {16_000, 44_100, 48_000})
    void a_microphones_chunk_costs_its_message_and_nothing_else(int rate) {
        AudioMessage message = new AudioMessage(AudioMessage.Field.AUDIO);
        PcmFramer framer = new PcmFramer((buffer, offset, length) ->
                bytes += message.of(buffer, offset, length).capacity() + 64L);
        PcmSink sink = framer;
        AudioDecoder decoder = new AudioDecoders().open("audio/pcm;rate=" + rate);
        ByteBuffer chunk = ByteBuffer.allocate(rate / 25 * 2 - 4);
        for (int i = 0; i < 10; i++) {
            decoder.decode(chunk.rewind(), sink);
        }
        bytes = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 50; i++) {
            decoder.decode(chunk.rewind(), sink);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes > 50 * 1_700, "no messages");
        assertTrue(allocated <= bytes + 50 * 16, allocated + " bytes for messages of " + bytes);
    }
}
