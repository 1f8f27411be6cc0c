package dev.parley.media.recording.remux;

import dev.parley.media.aac.AdtsFrames;
import dev.parley.media.container.AudioTrack;
import dev.parley.media.container.PacketListener;
import dev.parley.media.ogg.OpusWriter;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A new file that takes the packets of a recording: Ogg for Opus, ADTS for AAC, none for anything else. */
final class PacketFile implements PacketListener, AutoCloseable {
    private static final int BUFFER = 65_536;
    private static final int SAMPLES_PER_FRAME = 1_024;
    private static final long NANOS = 1_000_000_000;
    /** As long as Gemini takes in one request: 9.5 hours. */
    private static final long LONGEST_SECONDS = 34_200;
    /** Bytes of the shortest AAC packet with a sound in it, ISO/IEC 14496-3: one silent channel has 32 bits. */
    private static final int MIN_AAC = 4;

    private final Path target;
    private @Nullable OutputStream out;
    private @Nullable OpusWriter ogg;
    private @Nullable AdtsFrames adts;
    private @Nullable String other;
    private long packets;

    PacketFile(Path target) {
        this.target = target;
    }

    /** Why there is no such file: the codec's name; null when there is one, or no track was found yet. */
    @Nullable
    String other() {
        return other;
    }

    /** Whether the file is Ogg; else it is ADTS. */
    boolean isOgg() {
        return ogg != null;
    }

    long packets() {
        return packets;
    }

    @Override
    public void track(AudioTrack track) {
        if (out != null && (track.codec() == AudioTrack.Codec.OPUS) != isOgg()) {
            throw new ParleyException(
                    FailureKind.UNSUPPORTED_AUDIO, "The recording changes its codec in the middle. Send its parts.");
        }
        try {
            switch (track.codec()) {
                case OPUS -> {
                    if (ogg == null) {
                        ogg = new OpusWriter(open());
                    }
                    ogg.begin(track.header());
                }
                case AAC -> openAdts(track);
                case OTHER -> other = track.name();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void openAdts(AudioTrack track) throws IOException {
        try {
            adts = new AdtsFrames(track.header());
        } catch (ParleyException beyondAdts) {
            other = "AAC of a rare kind";
            return;
        }
        if (out == null) {
            open();
        }
    }

    private OutputStream open() throws IOException {
        OutputStream opened =
                new BufferedOutputStream(Files.newOutputStream(target, StandardOpenOption.CREATE_NEW), BUFFER);
        out = opened;
        return opened;
    }

    @Override
    public void packet(byte[] buffer, int offset, int length, long discardNanos) {
        try {
            if (ogg != null) {
                ogg.packet(buffer, offset, length, discardNanos);
                packets++;
                requireBounded(ogg.written(), 48_000);
            } else if (adts != null && out != null && length >= MIN_AAC && length <= AdtsFrames.MAX_PACKET) {
                out.write(adts.frame(buffer, offset, length), 0, AdtsFrames.HEADER_BYTES + length);
                packets++;
                requireBounded(packets * SAMPLES_PER_FRAME, adts.rate());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireBounded(long samples, long rate) {
        if (samples > LONGEST_SECONDS * rate) {
            throw new ParleyException(
                    FailureKind.TOO_LARGE,
                    "The recording is longer than 9.5 hours, which is all that Gemini takes at once. Send it in parts.");
        }
    }

    /** Ends the file; answers how long its sound is. */
    Duration finish() throws IOException {
        long samples = packets * SAMPLES_PER_FRAME;
        long rate = adts == null ? 48_000 : adts.rate();
        if (ogg != null) {
            ogg.finish();
            samples = ogg.heard();
        }
        close();
        return Duration.ofSeconds(samples / rate, samples % rate * NANOS / rate);
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
