package dev.parley.media.worker.program;

import dev.parley.media.resample.FilterBank;
import dev.parley.media.resample.FilterBanks;
import dev.parley.media.resample.Resampler;
import dev.parley.media.worker.program.source.RecordingFormat;
import dev.parley.media.worker.program.source.RecordingSource;
import dev.parley.media.worker.program.source.UndecodableException;
import io.humble.video.AudioChannel;
import io.humble.video.Decoder;
import io.humble.video.Demuxer;
import io.humble.video.DemuxerFormat;
import io.humble.video.MediaAudio;
import io.humble.video.MediaDescriptor;
import io.humble.video.MediaPacket;
import io.humble.video.customio.HumbleIO;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** One recording's first audio track, demuxed and decoded by FFmpeg at its own rate, then resampled as live audio is. */
final class Transcription {
    private static final int MAX_CHANNELS = 32;
    /** Packets of some 20 ms that may be damaged one after another: two seconds. */
    private static final int MOST_SPOILT = 100;

    private final RecordingSource source;
    private final OutputStream out;
    private final FilterBanks filters = new FilterBanks();
    private final MonoMixer mixer = new MonoMixer();

    private @Nullable Resampler resampler;
    private int rate;
    private byte[] pcm = new byte[0];
    private boolean anyDecoded;
    private int spoiltInARow;
    /** Whether its container has edit lists. */
    private boolean edited;

    private Edit edit = Edit.none();

    Transcription(RecordingSource source, OutputStream out) {
        this.source = source;
        this.out = out;
    }

    /** Writes the PCM to its end. */
    void run() throws IOException, UndecodableException {
        RecordingFormat format = RecordingFormat.of(source.peek(RecordingFormat.ENOUGH));
        Demuxer demuxer = Demuxer.make();
        try {
            open(demuxer, format);
            int track = audioTrack(demuxer);
            edited = format == RecordingFormat.MP4;
            Decoder decoder = demuxer.getStream(track).getDecoder();
            if (source.isLive() && format == RecordingFormat.AAC) {
                AdtsHeader.of(source.peek(AdtsHeader.BYTES)).describe(decoder);
            }
            decode(demuxer, track, decoder);
        } catch (InterruptedException interrupted) {
            throw new IOException("Interrupted", interrupted);
        }
        if (!anyDecoded) {
            throw new UndecodableException("no sound could be decoded from it");
        }
        if (resampler != null) {
            give(resampler.finish(pcm));
        }
    }

    private void open(Demuxer demuxer, RecordingFormat format) throws InterruptedException, UndecodableException {
        try {
            // Asking for stream metadata reads 5 s ahead, which a live stream does not have.
            demuxer.open(
                    HumbleIO.map(source),
                    DemuxerFormat.findFormat(format.demuxer()),
                    false,
                    !source.isLive(),
                    null,
                    null);
        } catch (IOException damaged) {
            throw new UndecodableException("its beginning is damaged, or it is cut short");
        }
    }

    /** False at the end; what cannot be read any further ends there too, if anything could be decoded before. */
    private boolean read(Demuxer demuxer, MediaPacket packet) throws InterruptedException, UndecodableException {
        try {
            return demuxer.read(packet) >= 0;
        } catch (IOException damaged) {
            if (anyDecoded) {
                return false;
            }
            throw new UndecodableException("it is damaged");
        }
    }

    private static int audioTrack(Demuxer demuxer) throws IOException, InterruptedException, UndecodableException {
        for (int i = 0; i < demuxer.getNumStreams(); i++) {
            Decoder decoder = demuxer.getStream(i).getDecoder();
            if (decoder != null && decoder.getCodecType() == MediaDescriptor.Type.MEDIA_AUDIO) {
                return i;
            }
        }
        throw new UndecodableException("it holds no audio track that FFmpeg 2.8 can decode");
    }

    private void decode(Demuxer demuxer, int track, Decoder decoder)
            throws IOException, InterruptedException, UndecodableException {
        int channels = decoder.getChannels();
        if (channels < 1 || channels > MAX_CHANNELS || decoder.getSampleRate() < 1) {
            throw new UndecodableException("it does not say its channels and rate where they belong");
        }
        if (decoder.getChannelLayout() == AudioChannel.Layout.CH_LAYOUT_UNKNOWN) {
            AudioChannel.Layout layout = AudioChannel.getDefaultLayout(channels);
            decoder.setProperty("channel_layout", layout.swigValue());
        }
        decoder.open(null, null);
        MediaPacket packet = MediaPacket.make();
        boolean first = true;
        while (read(demuxer, packet)) {
            if (packet.getStreamIndex() == track && packet.isComplete()) {
                if (first && edited) {
                    edit = Edit.of(packet, demuxer.getStream(track), decoder.getSampleRate());
                }
                first = false;
                decode(decoder, packet);
            }
        }
        // Codecs with a delay give their last frames for an empty packet.
        boolean more = true;
        while (more) {
            MediaAudio frame = emptyFrame(decoder);
            decoder.decode(frame, null, 0);
            more = take(frame);
            frame.delete();
        }
    }

    private void decode(Decoder decoder, MediaPacket packet) throws IOException, UndecodableException {
        int offset = 0;
        while (offset < packet.getSize()) {
            MediaAudio frame = emptyFrame(decoder);
            int used;
            try {
                used = decoder.decode(frame, packet, offset);
            } catch (RuntimeException ignored) { // as Humble reports FFmpeg's errors
                spoilt();
                return;
            }
            spoiltInARow = 0;
            take(frame);
            frame.delete();
            if (used <= 0) {
                return;
            }
            offset += used;
        }
    }

    /** A damaged packet costs that packet, unless hardly any other is left. */
    private void spoilt() throws UndecodableException {
        spoiltInARow++;
        if (spoiltInARow > MOST_SPOILT) {
            throw new UndecodableException("its audio is damaged");
        }
    }

    /**
     * A frame that Humble will not decode into. Given one of the decoder's own layout, it makes FFmpeg write into the
     * frame's memory, which is neither aligned nor padded as FFmpeg's optimised code needs it (SIGSEGV) nor cut to the
     * length that was decoded. The layout is the one thing that Humble compares only then: when it differs, FFmpeg
     * allocates, and the frame receives what came.
     */
    private static MediaAudio emptyFrame(Decoder decoder) {
        return MediaAudio.make(
                1,
                decoder.getSampleRate(),
                decoder.getChannels(),
                AudioChannel.Layout.CH_LAYOUT_UNKNOWN,
                decoder.getSampleFormat());
    }

    /** Whether the frame held samples. */
    private boolean take(MediaAudio frame) throws IOException, UndecodableException {
        if (!frame.isComplete()) {
            return false;
        }
        int count = frame.getNumSamples();
        Resampler current = resamplerFor(frame.getSampleRate());
        mixer.mix(frame, count);
        edit.pass(count);
        int room = current.maxBytes(count);
        if (pcm.length < room) {
            pcm = new byte[room];
        }
        anyDecoded = true;
        give(current.resample(mixer.samples(), edit.offset(), edit.count(), pcm));
        return true;
    }

    private Resampler resamplerFor(int frameRate) throws IOException, UndecodableException {
        Resampler current = resampler;
        if (current == null || rate != frameRate) {
            if (frameRate < FilterBank.MIN_RATE || frameRate > FilterBank.MAX_RATE) {
                throw new UndecodableException("its sampling rate is " + frameRate + " Hz");
            }
            if (current != null) {
                give(current.finish(pcm));
            }
            current = filters.resampler(frameRate);
            resampler = current;
            rate = frameRate;
        }
        return current;
    }

    private void give(int length) throws IOException {
        if (length > 0) {
            out.write(pcm, 0, length);
        }
    }
}
