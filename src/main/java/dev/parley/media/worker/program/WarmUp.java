package dev.parley.media.worker.program;

import dev.parley.media.worker.program.source.StreamSource;
import dev.parley.media.worker.program.source.UndecodableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Decodes a moment of silence before a recording comes: it loads the native library and whatever Java loads from files
 * when it is first needed, which is not possible any more once {@link OpenFiles} has taken them, and a spare has it done in
 * advance.
 */
final class WarmUp {
    private static final int RATE = 48_000;
    private static final int SAMPLES = 4_800;

    private WarmUp() {}

    static void run() throws IOException, UndecodableException {
        StreamSource source = new StreamSource(new ByteArrayInputStream(silence()), taken -> {});
        LiveOutput output = new LiveOutput(OutputStream.nullOutputStream());
        new Transcription(source, output).run();
        output.waiting(0);
    }

    /** RIFF WAVE, PCM s16le, mono. */
    private static byte[] silence() {
        int length = 2 * SAMPLES;
        ByteBuffer wav = ByteBuffer.allocate(44 + length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(36 + length).put(ascii("WAVEfmt ")).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put(ascii("data")).putInt(length);
        return wav.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
