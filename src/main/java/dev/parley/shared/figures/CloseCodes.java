package dev.parley.shared.figures;

import dev.parley.shared.failure.FailureKind;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** How often WebSockets of one side were closed with which code; codes that nobody registered count as one. Any thread. */
public final class CloseCodes implements FigureSource {
    private static final int NO_CODE = 0;

    private final String side;
    private final Map<Integer, LongAdder> known = new TreeMap<>();
    private final LongAdder others = new LongAdder();

    /** Nothing closed yet. */
    public CloseCodes(String side) {
        this.side = side;
        // RFC 6455 §7.4.1 and the registry that it opens; 0: there never was a connection
        IntStream.concat(
                        IntStream.concat(IntStream.of(NO_CODE), IntStream.rangeClosed(1000, 1015)),
                        Arrays.stream(FailureKind.values()).mapToInt(FailureKind::closeCode))
                .forEach(code -> known.put(code, new LongAdder()));
    }

    /** One more was closed. */
    public void count(int code) {
        known.getOrDefault(code, others).increment();
    }

    @Override
    public void show(FigureBoard board) {
        known.forEach((code, count) -> show(board, Integer.toString(code), count));
        show(board, "other", others);
    }

    private void show(FigureBoard board, String code, LongAdder count) {
        board.total(
                "websocket.closes",
                "",
                "WebSocket connections that ended, by the code of their end; 0: the dial failed",
                Map.of("side", side, "code", code),
                count::sum);
    }
}
