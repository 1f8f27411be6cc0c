package dev.parley.gemini.rest.wire;

import dev.parley.gemini.failure.AnswerFailures;
import dev.parley.gemini.failure.GoogleError;
import dev.parley.gemini.failure.RestFailures;
import dev.parley.gemini.message.ServerMessage;
import dev.parley.gemini.message.TokenCounts;
import dev.parley.gemini.rest.http.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * An answer of {@code generateContent} or {@code streamGenerateContent} to its listener, content before numbers,
 * whatever form it comes in. One answer, one thread.
 */
public final class AnswerReader {
    /** Far above any answer; what is larger is none. */
    static final int MOST_BYTES = 16 << 20;

    /** Of a streamed answer in all; its transcript is kept whole for those who do not take pieces. */
    static final long MOST_STREAM_BYTES = 64 << 20;

    private static final int BUFFER = 16 << 10;

    private final Question question;
    private final String version;
    private final AnswerListener listener;
    private String finishReason = "";

    /**
     * A reader for one answer.
     *
     * @param version of the API, for failures
     */
    public AnswerReader(Question question, String version, AnswerListener listener) {
        this.question = question;
        this.version = version;
        this.listener = listener;
    }

    /**
     * Reads to the end.
     *
     * @return why the model stopped, such as {@code STOP}
     * @throws dev.parley.gemini.failure.RestFailure for an error inside, and for an answer that is none or not whole
     */
    public String read(Reply reply) throws IOException {
        if (reply.mediaType().equals("text/event-stream")) {
            SseParser events = new SseParser(MOST_BYTES, this::take);
            byte[] buffer = new byte[BUFFER];
            long bytes = 0;
            int count;
            while ((count = reply.body().read(buffer)) >= 0) {
                bytes += count;
                if (bytes > MOST_STREAM_BYTES) {
                    throw new IOException("An answer of more than " + MOST_STREAM_BYTES + " bytes");
                }
                events.push(buffer, 0, count);
            }
            events.end();
        } else {
            take(reply.text(MOST_BYTES));
        }
        if (finishReason.isEmpty()) {
            throw AnswerFailures.brokenOff("the answer has no finishReason");
        }
        return finishReason;
    }

    private void take(String json) {
        List<ServerMessage> messages = ServerMessage.readAll(json);
        if (messages.isEmpty()) {
            throw AnswerFailures.gibberish("no JSON object: " + json.substring(0, Math.min(80, json.length())));
        }
        messages.forEach(this::take);
    }

    private void take(ServerMessage message) {
        Optional<GoogleError> error = GoogleError.in(message);
        if (error.isPresent()) {
            throw RestFailures.of(error.get().code(), error.get(), null, question.key(), question.model(), version);
        }
        Optional<ServerMessage> candidate = message.objects("candidates").findFirst();
        candidate.ifPresent(this::content);
        if (message.has("usageMetadata")) {
            listener.usage(TokenCounts.read(message.object("usageMetadata")));
        }
        Optional<String> block = message.object("promptFeedback").text("blockReason");
        if (candidate.isEmpty() && block.isPresent()) {
            throw AnswerFailures.blocked(question.model(), block.get());
        }
    }

    private void content(ServerMessage candidate) {
        candidate.object("content").objects("parts").forEach(this::part);
        candidate.text("finishReason").ifPresent(reason -> finishReason = reason);
    }

    private void part(ServerMessage part) {
        if (part.flag("thought")) {
            return;
        }
        ServerMessage heard = part.object("audioTranscription");
        Optional<String> text = heard.text("text").or(() -> part.text("text"));
        if (text.isEmpty()) {
            return;
        }
        if (question.transcribes() || !heard.isEmpty()) {
            listener.transcript(new Transcript(
                    text.get(),
                    heard.text("speakerLabel"),
                    heard.objects("words").map(AnswerReader::word).toList()));
        } else {
            listener.text(text.get());
        }
    }

    private static Transcript.Word word(ServerMessage word) {
        return new Transcript.Word(
                word.text("word").orElse(""), word.duration("startOffset"), word.duration("endOffset"));
    }
}
