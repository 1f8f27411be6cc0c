package dev.parley.media.worker.program;

import dev.parley.media.worker.program.source.UndecodableException;
import io.humble.ferry.Buffer;
import io.humble.video.AudioFormat;
import io.humble.video.MediaAudio;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** FFmpeg's samples, whatever their form and channels, to mono 16 bit: the mean of all channels, saturated. */
final class MonoMixer {
    private float[] sum = new float[0];
    private short[] mono = new short[0];

    /** The samples of the last {@link #mix}; reused. */
    short[] samples() {
        return mono;
    }

    /** Mixes a frame's first {@code count} samples per channel. */
    void mix(MediaAudio frame, int count) throws UndecodableException {
        int channels = frame.getChannels();
        if (mono.length < count) {
            mono = new short[count];
            sum = new float[count];
        }
        for (int i = 0; i < count; i++) {
            sum[i] = 0;
        }
        if (frame.isPlanar()) {
            for (int channel = 0; channel < channels; channel++) {
                add(frame, channel, count, 0, 1);
            }
        } else {
            for (int channel = 0; channel < channels; channel++) {
                add(frame, 0, count, channel, channels);
            }
        }
        for (int i = 0; i < count; i++) {
            int rounded = Math.round(sum[i] / channels);
            mono[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
        }
    }

    private void add(MediaAudio frame, int plane, int count, int first, int step) throws UndecodableException {
        AudioFormat.Type type = frame.getFormat();
        int width = AudioFormat.getBytesPerSample(type);
        int length = ((count - 1) * step + first + 1) * width;
        Buffer memory = frame.getData(plane);
        if (length > memory.getBufferSize()) {
            throw new UndecodableException("its frames are longer than they say");
        }
        // Not getByteBuffer: it keeps the length that was first asked for with the memory, which FFmpeg uses again.
        ByteBuffer bytes = ByteBuffer.wrap(memory.getByteArray(0, length)).order(ByteOrder.nativeOrder());
        switch (type) {
            case SAMPLE_FMT_S16, SAMPLE_FMT_S16P -> {
                for (int i = 0; i < count; i++) {
                    sum[i] += bytes.getShort((first + i * step) * 2);
                }
            }
            case SAMPLE_FMT_FLT, SAMPLE_FMT_FLTP -> {
                for (int i = 0; i < count; i++) {
                    sum[i] += bytes.getFloat((first + i * step) * 4) * 32_768f;
                }
            }
            case SAMPLE_FMT_S32, SAMPLE_FMT_S32P -> {
                for (int i = 0; i < count; i++) {
                    sum[i] += bytes.getInt((first + i * step) * 4) / 65_536f;
                }
            }
            case SAMPLE_FMT_DBL, SAMPLE_FMT_DBLP -> {
                for (int i = 0; i < count; i++) {
                    sum[i] += (float) (bytes.getDouble((first + i * step) * 8) * 32_768);
                }
            }
            case SAMPLE_FMT_U8, SAMPLE_FMT_U8P -> {
                for (int i = 0; i < count; i++) {
                    sum[i] += ((bytes.get(first + i * step) & 0xFF) - 128) * 256f;
                }
            }
            default -> throw new UndecodableException("its samples have an unknown form");
        }
        memory.delete();
    }
}
