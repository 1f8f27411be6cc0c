package dev.parley.simulator.generation;

import dev.parley.simulator.fault.FaultCommand;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.generation.Reply.Piece;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** When each piece of an answer is sent, and what goes wrong between them. */
record Pacing(Framing framing, Wishes wishes) {
    /** Between two pieces of a stream: long enough to be seen coming one by one. */
    static final Duration STEP = Duration.ofMillis(60);

    private static final int OK = 200;
    private static final String GARBAGE = "this is {no JSON";

    /**
     * The response.
     *
     * @param failure what is due, if anything
     * @param error what comes after the first piece, if the failure is an error
     */
    Reply reply(List<JsonObject> pieces, Optional<FaultCommand> failure, Optional<GoogleError> error) {
        List<Piece> timed = new ArrayList<>();
        if (error.isPresent()) {
            Duration after = Wishes.bounded(failure.orElseThrow().after());
            List<byte[]> both = framing.frame(List.of(pieces.get(0), error.get().toJson()));
            timed.add(new Piece(first(), both.get(0)));
            timed.add(new Piece(after, both.get(1)));
        } else if (failure.isPresent()) {
            broken(pieces, failure.get().word(), timed);
        } else {
            List<byte[]> framed = framing.frame(pieces);
            for (int i = 0; i < framed.size(); i++) {
                Duration stall = i == 1 ? wishes.seconds("stall", 10) : Duration.ZERO;
                timed.add(new Piece(i == 0 ? first() : STEP.plus(stall), framed.get(i)));
            }
        }
        return new Reply(OK, framing.contentType(), timed);
    }

    private Duration first() {
        return wishes.seconds("delay", 2);
    }

    /** The first piece, or half of it when there is no other; then nonsense, or nothing more. */
    private void broken(List<JsonObject> pieces, String word, List<Piece> timed) {
        byte[] first = framing.frame(pieces).get(0);
        boolean single = pieces.size() == 1;
        timed.add(new Piece(first(), single ? Arrays.copyOf(first, first.length / 2) : first));
        if (word.equals(Wishes.GARBAGE)) {
            String nonsense =
                    switch (framing) {
                        case EVENTS -> (single ? "\r\n\r\n" : "") + "data: " + GARBAGE + "\r\n\r\n";
                        case LIST -> ",\r\n" + GARBAGE + "]\n";
                        case WHOLE -> GARBAGE;
                    };
            timed.add(new Piece(STEP, nonsense.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
