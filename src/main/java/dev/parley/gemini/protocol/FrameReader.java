package dev.parley.gemini.protocol;

import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.UpstreamCounters;
import dev.parley.gemini.message.ServerMessage;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A server's frames as events. A frame that is no message is counted and ignored; many in a row mean that the other
 * side does not speak this protocol. One per connection, one thread at a time; never throws.
 */
public final class FrameReader {
    private static final int MOST_UNREADABLE_IN_A_ROW = 10;

    private final UpstreamCounters counters;
    private final EventTranslator translator;
    private final Runnable onGibberish;
    private final Consumer<LiveEvent> sink;
    private int unreadableInARow;

    /** Events of the frame that is being read. */
    private int told;

    /**
     * A reader for one connection.
     *
     * @param onGibberish runs when {@value #MOST_UNREADABLE_IN_A_ROW} frames in a row could not be read
     */
    public FrameReader(UpstreamCounters counters, Consumer<LiveEvent> sink, Runnable onGibberish) {
        this.counters = counters;
        this.sink = sink;
        translator = new EventTranslator(counters, this::tell);
        this.onGibberish = onGibberish;
    }

    /** Takes the next frame, text or binary, as text. Whatever it is, it tells something: that the server is there. */
    public void read(String frame) {
        told = 0;
        Optional<ServerMessage> message = ServerMessage.read(frame);
        if (message.isPresent()) {
            unreadableInARow = 0;
            translator.translate(message.get());
        } else {
            counters.countUnreadable();
            unreadableInARow++;
        }
        if (told == 0) {
            sink.accept(new LiveEvent.Alive());
        }
        if (unreadableInARow == MOST_UNREADABLE_IN_A_ROW) {
            onGibberish.run();
        }
    }

    private void tell(LiveEvent event) {
        told++;
        sink.accept(event);
    }
}
