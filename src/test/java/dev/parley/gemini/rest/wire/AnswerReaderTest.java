package dev.parley.gemini.rest.wire;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.message.TokenCounts;
import dev.parley.gemini.rest.http.Reply;
import dev.parley.shared.settings.ApiKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    /** Comments without an end, which no bound of one event catches. */
    private static final class Endless extends InputStream {
        private long given;

        @Override
        public int read() {
            throw new UnsupportedOperationException("read in pieces");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, (byte) '\n');
            given += length;
            return length;
        }
    }

    @Test
    void a_stream_without_an_end_is_given_up() {
        Question question = new Question(
                ApiKey.SIMULATOR,
                "m",
                false,
                Optional.empty(),
                Optional.empty(),
                new Question.Uploaded("https://g/files/f", "audio/wav"));
        AnswerReader reader = new AnswerReader(question, "v1beta", new AnswerListener() {
            @Override
            public void transcript(Transcript transcript) {
                throw new AssertionError(transcript);
            }

            @Override
            public void text(String delta) {
                throw new AssertionError(delta);
            }

            @Override
            public void usage(TokenCounts counts) {
                throw new AssertionError(counts);
            }
        });
        Endless body = new Endless();
        HttpHeaders headers = HttpHeaders.of(Map.of("Content-Type", List.of("text/event-stream")), (a, b) -> true);
        assertThrows(IOException.class, () -> reader.read(new Reply(200, headers, body)));
        assertTrue(body.given < AnswerReader.MOST_STREAM_BYTES + 100_000, () -> body.given + " bytes");
    }
}
