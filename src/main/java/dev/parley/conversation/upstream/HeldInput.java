package dev.parley.conversation.upstream;

import dev.parley.gemini.live.LiveConnection;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Predicate;

/**
 * What the client sends while no upstream can take it, in its order. Bounded in bytes; beyond the bound the oldest
 * audio is dropped and counted, since the newest words matter most; text and turn marks are small, few and kept.
 * Confined to the mailbox.
 */
final class HeldInput {
    /** Bound on texts and turn marks together, in characters and a fixed cost for each. */
    private static final int MAX_CONTROL_CHARS = 256 << 10;

    private static final int CONTROL_COST_CHARS = 1 << 10;

    private final int maxAudioBytes;
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private int audioBytes;
    private int controlChars;
    private long droppedAudioBytes;

    private record Item(int audioBytes, int controlChars, Predicate<LiveConnection> send) {
        boolean isAudio() {
            return audioBytes > 0;
        }
    }

    HeldInput(int maxAudioBytes) {
        this.maxAudioBytes = maxAudioBytes;
    }

    void holdAudio(byte[] pcm, int offset, int length) {
        byte[] copy = Arrays.copyOfRange(pcm, offset, offset + length);
        items.add(new Item(length, 0, connection -> connection.sendAudio(copy, 0, copy.length)));
        audioBytes += length;
        Iterator<Item> oldest = items.iterator();
        while (audioBytes > maxAudioBytes && oldest.hasNext()) {
            Item item = oldest.next();
            if (item.isAudio()) {
                oldest.remove();
                audioBytes -= item.audioBytes;
                droppedAudioBytes += item.audioBytes;
            }
        }
    }

    /** Keeps a text of so many characters, or a turn mark of none; false when too much is kept already. */
    boolean holdControl(int chars, Predicate<LiveConnection> send) {
        int cost = chars + CONTROL_COST_CHARS;
        if (controlChars + cost > MAX_CONTROL_CHARS) {
            return false;
        }
        controlChars += cost;
        items.add(new Item(0, cost, send));
        return true;
    }

    /**
     * Sends everything in order, until the connection is lost; answers the bytes of audio that left. Audio that a working
     * connection refuses counts as dropped.
     */
    int replayTo(LiveConnection connection) {
        int replayed = 0;
        for (Item item = items.poll(); item != null; item = items.poll()) {
            if (item.send.test(connection)) {
                replayed += item.audioBytes;
            } else if (connection.isOpen()) {
                droppedAudioBytes += item.audioBytes;
            } else {
                items.addFirst(item);
                return replayed;
            }
            audioBytes -= item.audioBytes;
            controlChars -= item.controlChars;
        }
        return replayed;
    }

    /** Bytes dropped since the last call. */
    long takeDroppedAudioBytes() {
        long dropped = droppedAudioBytes;
        droppedAudioBytes = 0;
        return dropped;
    }

    void clear() {
        items.clear();
        audioBytes = 0;
        controlChars = 0;
    }
}
