package dev.parley.browser;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.socket.CloseReasons;
import dev.parley.shared.socket.OutboundQueue;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;

/**
 * The way to one browser: events as text, model audio as binary, in order, over a bounded queue. Audio beyond its
 * bound is refused; events have room of their own, and a browser that cannot even take those is disconnected. Thread
 * safe.
 */
final class BrowserChannel implements ClientChannel {
    /** Room that only events may use: several hundred of them. */
    static final int EVENT_RESERVE_BYTES = 256 << 10;

    private final OutboundQueue queue;
    private final int maxAudioBytes;
    private final IntConsumer refused;
    private final EventWriter writer = new EventWriter(this::send);

    /** Nothing is told after the end, not even that the queue is closed. */
    private volatile boolean ended;

    /** A channel over {@code queue}; {@code refused} is told of bytes of audio that did not fit. */
    BrowserChannel(OutboundQueue queue, int maxAudioBytes, IntConsumer refused) {
        this.queue = queue;
        this.maxAudioBytes = maxAudioBytes;
        this.refused = refused;
    }

    @Override
    public void tell(ClientEvent event) {
        event.deliverTo(writer);
    }

    @Override
    public boolean play(ByteBuffer pcm) {
        boolean taken = queue.queuedBytes() + pcm.remaining() <= maxAudioBytes && queue.offerBinary(pcm);
        if (!taken) {
            refused.accept(pcm.remaining());
        }
        return taken;
    }

    @Override
    public void dropAudio() {
        queue.dropBinary();
    }

    @Override
    public void end(FailureKind kind, String reason) {
        writer.ended(kind, reason);
        ended = true;
        queue.closeAfterFlush(kind.closeCode(), CloseReasons.fit(reason));
    }

    private void send(String message) {
        if (!ended && !queue.offerText(message)) {
            queue.closeNow(FailureKind.TOO_LARGE.closeCode(), "The connection is too slow");
        }
    }
}
