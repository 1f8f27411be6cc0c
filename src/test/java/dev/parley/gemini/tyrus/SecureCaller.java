package dev.parley.gemini.tyrus;

import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program: one spoken turn over Parley's own connection, in a JVM that can be told whom to trust. It speaks as fast as
 * the queue takes it, so that frames are written close after one another.
 *
 * <p>Arguments: the endpoint; a file with PCM s16le 16 kHz mono to say; the files for the sound and for
 * the words of the answer. A connection that ends before the answer is a failure, with its reason.
 */
public final class SecureCaller {
    private static final int PIECE_BYTES = 1280;

    private SecureCaller() {}

    /** Has the turn. */
    public static void main(String[] arguments) throws IOException {
        byte[] pcm = Files.readAllBytes(Path.of(arguments[1]));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        StringBuilder words = new StringBuilder();
        try (LiveRig rig = new LiveRig(URI.create(arguments[0]), "parley.gemini.queue-bytes", "64000000")) {
            LiveRig.Heard heard = new LiveRig.Heard();
            LiveConnection connection = rig.ready(heard);
            for (int at = 0; at < pcm.length; at += PIECE_BYTES) {
                if (!connection.sendAudio(pcm, at, Math.min(PIECE_BYTES, pcm.length - at))) {
                    throw new AssertionError("Not taken at " + at + "; then heard " + heard.next());
                }
            }
            connection.sendAudioStreamEnd();
            LiveEvent event = heard.next();
            for (; !(event instanceof LiveEvent.TurnComplete); event = heard.next()) {
                if (event instanceof LiveEvent.ModelAudio audio) {
                    byte[] bytes = new byte[audio.pcm().remaining()];
                    audio.pcm().duplicate().get(bytes);
                    answer.writeBytes(bytes);
                } else if (event instanceof LiveEvent.OutputTranscript transcript) {
                    words.append(transcript.delta());
                } else if (event instanceof LiveEvent.Closed closed) {
                    throw new AssertionError(closed.toString());
                }
            }
        }
        Files.write(Path.of(arguments[2]), answer.toByteArray());
        Files.writeString(Path.of(arguments[3]), words);
        // The client's threads are no daemons.
        Runtime.getRuntime().halt(0);
    }
}
