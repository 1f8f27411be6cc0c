package dev.parley.conversation;

import dev.parley.media.AudioDecoder;
import dev.parley.media.PcmSink;
import dev.parley.shared.failure.ParleyException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A decoder that decodes elsewhere, as the test says; its wake-ups are those of {@link dev.parley.media.LateDecoders}. */
final class FakeLateDecoder implements AudioDecoder {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final Runnable wakeUp;
    private final ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    private @Nullable ParleyException failure;
    private boolean awake;
    private boolean over;
    private boolean caughtUp;
    boolean finished;
    boolean closed;

    FakeLateDecoder(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    /** The other process has decoded so many bytes of PCM. */
    void gives(int bytes) {
        decoded.writeBytes(new byte[bytes]);
        wake();
    }

    /** The other process has given all it can make of what it was given. */
    void catchesUp() {
        caughtUp = true;
        wake();
    }

    /** The other process is done. */
    void ends() {
        over = true;
        wake();
    }

    /** The other process has died. */
    void dies(ParleyException why) {
        failure = why;
        over = true;
        wake();
    }

    private void wake() {
        if (!awake) {
            awake = true;
            wakeUp.run();
        }
    }

    @Override
    public void decode(ByteBuffer bytes, PcmSink sink) {
        if (finished) {
            throw new IllegalStateException("the stream is finished");
        }
        caughtUp &= !bytes.hasRemaining();
        while (bytes.hasRemaining()) {
            taken.write(bytes.get());
        }
        poll(sink);
    }

    @Override
    public void finish(PcmSink sink) {
        finished = true;
        poll(sink);
    }

    @Override
    public boolean poll(PcmSink sink) {
        awake = false;
        byte[] pcm = decoded.toByteArray();
        decoded.reset();
        if (pcm.length > 0) {
            sink.pcm(pcm, 0, pcm.length);
        }
        if (failure != null) {
            throw failure;
        }
        return !over && (finished || !caughtUp);
    }

    @Override
    public int concealedPackets() {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
    }
}
