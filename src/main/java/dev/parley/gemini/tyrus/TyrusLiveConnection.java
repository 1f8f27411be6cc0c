package dev.parley.gemini.tyrus;

import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.live.UpstreamCounters;
import dev.parley.gemini.message.AudioMessage;
import dev.parley.gemini.message.ClientContentMessage;
import dev.parley.gemini.message.MessageJson;
import dev.parley.gemini.message.RealtimeInputMessage;
import dev.parley.gemini.settings.ModelTable;
import dev.parley.gemini.settings.ModelTraits.Feature;

/** What the caller says, as the messages of the wire. */
final class TyrusLiveConnection implements LiveConnection {
    private final ConnectionLife life;
    private final boolean realtimeText;
    private final AudioMessage audio;
    private final UpstreamCounters counters;

    TyrusLiveConnection(ConnectionLife life, LiveRequest request, AudioMessage.Field field, UpstreamCounters counters) {
        this.life = life;
        this.counters = counters;
        realtimeText = ModelTable.traits(request.model()).takes(Feature.REALTIME_TEXT);
        audio = new AudioMessage(field);
    }

    @Override
    public boolean sendAudio(byte[] pcm, int offset, int length) {
        if (!life.isOpen()) {
            return false;
        }
        boolean taken = life.offer(audio.of(pcm, offset, length));
        if (!taken && life.isOpen()) {
            counters.countDropped(length);
        }
        return taken;
    }

    @Override
    public boolean sendText(String text) {
        return send(realtimeText ? RealtimeInputMessage.ofText(text) : ClientContentMessage.ofUser(text));
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
        return life.isOpen() && life.offer(MessageJson.write(message));
    }
}
