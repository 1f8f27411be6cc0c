package dev.parley.batch.answer;

import dev.parley.shared.problem.Problem;
import java.io.OutputStream;
import java.util.Optional;

/** Where an answer goes: one of the methods is called, once, on a thread that may block. */
public interface Client {
    /** The whole answer, or a problem with the status of its own. */
    void answer(Reply reply);

    /** Begins a stream of events and returns when {@code writing} has written them. */
    void streamEvents(Writing writing);

    /** Begins a JSON document and returns when {@code writing} has written it. */
    void streamJson(Writing writing);

    /** Writes to the end of the answer. */
    @FunctionalInterface
    interface Writing {
        /** Never throws. */
        void writeTo(OutputStream out);
    }

    /** A problem, or the JSON of an answer. */
    record Reply(Optional<Problem> problem, String json) {
        /** The failure of an answer. */
        public static Reply of(Problem problem) {
            return new Reply(Optional.of(problem), "");
        }

        /** An answer. */
        public static Reply of(String json) {
            return new Reply(Optional.empty(), json);
        }

        String body() {
            return problem.map(told -> told.toJson().toString()).orElse(json);
        }
    }
}
