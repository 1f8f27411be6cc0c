package dev.parley.gemini.live;

import java.util.OptionalLong;

/**
 * The sending side of one Live API connection. Nothing may be sent before {@link LiveEvent.Ready}. Methods never
 * block and may be called on any thread, by one thread at a time; messages leave in the order of the calls. After the
 * connection closed they do nothing and answer false.
 */
public interface LiveConnection {
    /**
     * Sends audio as {@code realtimeInput.audio}.
     *
     * @param pcm 16 kHz mono s16le; read before the call returns
     * @param length bytes, at most 3200 (100 ms)
     * @return false when the bounded queue is full and the audio was dropped
     */
    boolean sendAudio(byte[] pcm, int offset, int length);

    /**
     * Whether anything may be sent: false before {@link LiveEvent.Ready}, and as soon as the connection is known to be
     * lost, which may be some time before {@link LiveEvent.Closed} tells so. What is refused while this is true did not
     * fit.
     */
    boolean isOpen();

    /** Sends {@code realtimeInput.text}, the way for typed text while audio runs. */
    boolean sendText(String text);

    /**
     * Sends a picture as {@code realtimeInput.video}, unless something waits to be sent.
     *
     * @return false when it was dropped
     */
    boolean sendPicture(Picture picture);

    /** Manual turn taking: the person begins. */
    boolean sendActivityStart();

    /** Manual turn taking: the person is done. */
    boolean sendActivityEnd();

    /** Answers a call of a function that this session asked for; any other id ends the connection (1007). */
    boolean sendAnswer(LiveFunction.Answer answer);

    /** The microphone pauses: the server flushes what it holds and closes the turn early. */
    boolean sendAudioStreamEnd();

    /**
     * How many of the messages that were taken have not been written to the network: the last ones. After the end it says
     * how many never were.
     */
    int unwritten();

    /**
     * When the last audio was written to the network, {@link System#nanoTime}; empty before the first, while any message is
     * not written, and where nobody looks.
     */
    default OptionalLong audioWrittenNanos() {
        return OptionalLong.empty();
    }

    /**
     * One frame of what a person shows.
     *
     * @param mimeType {@code image/jpeg} or {@code image/png}
     * @param base64 the file in the standard alphabet, padded, so that it can be sent as it came
     */
    record Picture(String mimeType, String base64) {
        @Override
        public String toString() {
            return "Picture[" + mimeType + ", " + base64.length()
                    + " characters]"; // what it shows is nobody's business
        }
    }

    /** Lets what is queued leave and closes; {@link LiveEvent.Closed} follows. Idempotent. */
    void close();

    /** Closes without waiting for what is queued. Idempotent. */
    void abort();
}
