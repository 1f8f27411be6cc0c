package dev.parley.batch.answer;

import dev.parley.gemini.message.TokenCounts;
import dev.parley.gemini.rest.wire.Transcript;
import dev.parley.shared.execution.BlockingWork;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.problem.Problem;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An answer as server-sent events, each sent at once; comments fill quiet times. Events come on one thread. */
public final class EventStream implements AnswerSink, AutoCloseable {
    private final KeptAlive out;
    private @Nullable TokenCounts usage;

    /**
     * A stream that begins.
     *
     * @param work lends the thread that writes, until {@link #close}
     * @param cancellation cancelled when the client is found to have left, on the thread that found it
     * @throws RuntimeException when there is no thread, and nothing was sent
     */
    public EventStream(Client client, BlockingWork work, Cancellation cancellation) {
        out = KeptAlive.start(client::streamEvents, ": waiting\n\n", work, cancellation);
    }

    @Override
    public void progress(Stage stage, long bytes, OptionalLong totalBytes, Optional<String> message) {
        JsonObjectBuilder data = Json.createObjectBuilder()
                .add("stage", stage.name().toLowerCase(Locale.ROOT))
                .add("bytes", bytes);
        totalBytes.ifPresent(total -> data.add("totalBytes", total));
        message.ifPresent(sentence -> data.add("message", sentence));
        send("progress", data.build());
    }

    @Override
    public void transcript(Transcript piece) {
        send("transcript", AnswerJson.transcript(piece).build());
    }

    @Override
    public void text(String delta) {
        send("text", Json.createObjectBuilder().add("text", delta).build());
    }

    /** Counts grow with every piece of an answer; they are told once, before its end. */
    @Override
    public void usage(TokenCounts counts) {
        usage = counts;
    }

    @Override
    public void done(Done done) {
        sendUsage();
        send("done", AnswerJson.done(done).build());
    }

    /** The last event of an answer that failed. */
    public void failed(Problem problem) {
        sendUsage();
        send("error", problem.toJson());
    }

    @Override
    public void close() {
        out.close();
    }

    private void sendUsage() {
        if (usage != null) {
            send("usage", AnswerJson.usage(usage).build());
        }
    }

    private void send(String event, JsonObject data) {
        out.write("event: " + event + "\ndata: " + data + "\n\n");
    }
}
