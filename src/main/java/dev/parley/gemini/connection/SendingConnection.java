package dev.parley.gemini.connection;

import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveConnection.Picture;
import dev.parley.gemini.live.LiveFunction;
import dev.parley.gemini.live.UpstreamCounters;
import dev.parley.gemini.message.AudioMessage;
import dev.parley.gemini.message.ClientContentMessage;
import dev.parley.gemini.message.MessageJson;
import dev.parley.gemini.message.RealtimeInputMessage;
import dev.parley.gemini.protocol.ToolAnswers;
import dev.parley.gemini.settings.ModelTable;
import dev.parley.gemini.settings.ModelTraits.Feature;
import dev.parley.shared.socket.OutboundQueue;
import java.util.OptionalLong;

/** What the caller says, as the messages of the wire. */
public final class SendingConnection implements LiveConnection {
    /** What may be on its way when a picture leaves: a message of audio that is being written, not a line of them. */
    private static final int ONE_AUDIO_MESSAGE = 5 << 10;

    private final ConnectionLife life;
    private final boolean realtimeText;
    private final AudioMessage.Field field;
    private final AudioMessage audio;
    private final UpstreamCounters counters;

    /**
     * The sending side of {@code life}.
     *
     * @param field where the server looks for audio
     */
    public SendingConnection(ConnectionLife life, AudioMessage.Field field, UpstreamCounters counters) {
        this.life = life;
        this.counters = counters;
        realtimeText = ModelTable.traits(life.request().model()).takes(Feature.REALTIME_TEXT);
        this.field = field;
        audio = new AudioMessage(field);
    }

    @Override
    public boolean isOpen() {
        return life.outbound() != null;
    }

    @Override
    public int unwritten() {
        OutboundQueue taken = life.taken();
        return taken == null ? 0 : taken.unwritten();
    }

    @Override
    public OptionalLong audioWrittenNanos() {
        OutboundQueue taken = life.taken();
        return taken == null ? OptionalLong.empty() : taken.binaryWrittenNanos(); // audio is all that leaves as binary
    }

    @Override
    public boolean sendAudio(byte[] pcm, int offset, int length) {
        OutboundQueue outbound = life.outbound();
        if (outbound == null) {
            return false;
        }
        boolean taken = outbound.offerBinary(audio.of(pcm, offset, length));
        if (!taken && isOpen()) {
            counters.countDropped(length);
        }
        return taken;
    }

    @Override
    public boolean sendText(String text) {
        return send(realtimeText ? RealtimeInputMessage.ofText(text) : ClientContentMessage.ofUser(text));
    }

    @Override
    public boolean sendPicture(Picture picture) {
        OutboundQueue outbound = life.outbound();
        if (outbound == null || outbound.queuedBytes() > ONE_AUDIO_MESSAGE) {
            return false;
        }
        return send(
                field == AudioMessage.Field.AUDIO
                        ? RealtimeInputMessage.ofVideo(picture.mimeType(), picture.base64())
                        : RealtimeInputMessage.ofMediaChunk(picture.mimeType(), picture.base64()));
    }

    @Override
    public boolean sendActivityStart() {
        return send(RealtimeInputMessage.ofActivityStart());
    }

    @Override
    public boolean sendActivityEnd() {
        return send(RealtimeInputMessage.ofActivityEnd());
    }

    @Override
    public boolean sendAnswer(LiveFunction.Answer answer) {
        return send(ToolAnswers.message(life.request(), answer));
    }

    @Override
    public boolean sendAudioStreamEnd() {
        return send(RealtimeInputMessage.ofAudioStreamEnd());
    }

    @Override
    public void close() {
        life.close();
    }

    @Override
    public void abort() {
        life.abort();
    }

    private boolean send(Record message) {
        OutboundQueue outbound = life.outbound();
        return outbound != null && outbound.offerText(MessageJson.write(message));
    }
}
