package dev.parley.operations.diagnostics.check;

import dev.parley.media.AudioDecoder;
import dev.parley.media.AudioDecoders;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Nine seconds of a synthetic voice, as a browser records it. */
final class BundledVoice {
    /** How the recording is declared. */
    static final String MIME_TYPE = "audio/webm;codecs=opus";

    static final int SECONDS = 9;
    private static final String FILE = "/dev/parley/operations/diagnostics/voice.webm";

    private BundledVoice() {}

    /** The file. */
    static byte[] recording() throws IOException {
        try (InputStream in = BundledVoice.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new FileNotFoundException("The bundled voice is missing in this build: " + FILE);
            }
            return in.readAllBytes();
        }
    }

    /** What is in it: 16 kHz mono s16le. */
    static byte[] pcm(AudioDecoders decoders) throws IOException {
        ByteArrayOutputStream pcm = new ByteArrayOutputStream();
        try (AudioDecoder decoder = decoders.open(MIME_TYPE)) {
            decoder.decode(ByteBuffer.wrap(recording()), pcm::write);
            decoder.finish(pcm::write);
        }
        return pcm.toByteArray();
    }
}
