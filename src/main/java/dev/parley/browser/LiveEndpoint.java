package dev.parley.browser;

import dev.parley.browser.picture.PicturePace;
import dev.parley.browser.picture.PictureReader;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationRegistry;
import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.Input;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.socket.OutboundQueue;
import dev.parley.shared.socket.SessionWire;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One browser's WebSocket. The container makes one instance per connection and gives its messages one at a time; every
 * method hands over to the conversation's mailbox and returns.
 */
@ServerEndpoint("/ws/audio-live")
public class LiveEndpoint {
    /** Longest message the container reads at all; the configured bound is at most this. */
    static final int MAX_AUDIO_BYTES = 1 << 20;

    /** Longest picture, decoded; the configured bound is at most this. */
    static final int MAX_IMAGE_BYTES = 1 << 20;

    /** The longest picture in base64, and what stands around it. */
    private static final int MAX_TEXT_BYTES = MAX_IMAGE_BYTES / 3 * 4 + (4 << 10);

    /** Only a picture is longer; one that comes too soon is not even read. */
    private static final int LONGEST_WORDS = 256 << 10;

    /** A client with a mistake here and there goes on; so many in a row without one good message are an end. */
    private static final int MOST_BAD_MESSAGES = 100;

    /** RFC 6455 §7.4.1. */
    private static final int GOING_AWAY = 1001;

    private static final Logger LOG = System.getLogger(LiveEndpoint.class.getName());

    @Inject
    private ConversationRegistry registry;

    @Inject
    private OpenSockets sockets;

    @Inject
    private BrowserSettings settings;

    @Inject
    private Timers timers;

    @Inject
    private Clock clock;

    /** Set in {@link #opened}, before any message. */
    private @Nullable Door door;

    /** What a connection has once it is open. */
    private record Door(
            OutboundQueue queue,
            KeepAlive keepAlive,
            ClientChannel channel,
            Conversation conversation,
            Timers.Timer startTimer,
            MessageRate rate,
            ClientMessageReader reader,
            PicturePace pictures) {}

    private int badMessages;

    /** A browser has connected. */
    @OnOpen
    public void opened(Session session) {
        OutboundQueue queue = new OutboundQueue(
                new SessionWire(session, timers),
                settings.outboundAudioBytes() + BrowserChannel.EVENT_RESERVE_BYTES,
                settings.stallTime(),
                timers,
                this::unwritable);
        ClientChannel channel = new BrowserChannel(queue, settings.outboundAudioBytes());
        KeepAlive keepAlive = new KeepAlive(queue, timers, clock, settings.idleTime(), () -> silent(queue));
        Conversation conversation = registry.open(channel);
        MessageRate rate = new MessageRate(settings.messagesPerSecond(), clock);
        Timers.Timer startTimer = timers.schedule(settings.startWithin(), () -> expectStarted(conversation));
        ClientMessageReader reader = new ClientMessageReader(new PictureReader(settings.maxImageBytes()));
        door = new Door(queue, keepAlive, channel, conversation, startTimer, rate, reader, new PicturePace(clock));
        keepAlive.start();
        sockets.add(this);
    }

    /** The next bytes of the client's audio. */
    @OnMessage(maxMessageSize = MAX_AUDIO_BYTES)
    public void audio(byte[] bytes) {
        Door open = withinRate();
        if (open == null) {
            return;
        }
        if (bytes.length > settings.maxMessageBytes()) {
            end(
                    open,
                    FailureKind.TOO_LARGE,
                    "One message may have at most " + settings.maxMessageBytes()
                            + " bytes of audio; send smaller pieces.");
        } else if (bytes.length > 0 && !open.conversation.postAudio(ByteBuffer.wrap(bytes))) {
            end(open, FailureKind.TOO_LARGE, "Audio arrives faster than it can be handled; send it as it is spoken.");
        }
    }

    /** A message of the client. */
    @OnMessage(maxMessageSize = MAX_TEXT_BYTES)
    public void message(String json) {
        Door open = withinRate();
        if (open == null) {
            return;
        }
        if (json.length() > MAX_TEXT_BYTES) { // WildFly was seen to deliver longer ones than it was told to
            end(open, FailureKind.TOO_LARGE, "One message may have at most " + MAX_TEXT_BYTES + " bytes of text.");
            return;
        }
        try {
            open.conversation.post(input(open, json));
            badMessages = 0;
        } catch (ParleyException bad) {
            badMessages++;
            if (badMessages > MOST_BAD_MESSAGES) {
                end(open, bad.kind(), bad.getMessage());
            } else {
                open.channel.tell(new ClientEvent.Problem(bad.kind(), bad.getMessage()));
            }
        }
    }

    /** Pictures that come too soon are dropped, and counted by the conversation. */
    private static Input input(Door open, String json) {
        boolean large = json.length() > LONGEST_WORDS;
        if (large && !open.pictures.take()) {
            return new Input.PictureShown(Optional.empty());
        }
        Input input = open.reader.read(json);
        boolean tooSoon = input instanceof Input.PictureShown && !large && !open.pictures.take();
        return tooSoon ? new Input.PictureShown(Optional.empty()) : input;
    }

    /** The connection is over, whoever ended it. */
    @OnClose
    public void closed(CloseReason reason) {
        gone("The browser left (" + reason.getCloseCode().getCode() + ").");
    }

    /** The connection failed, or a message broke a bound of the container. */
    @OnError
    public void failed(Throwable failure) {
        // What a container wraps comes from the connection; what comes bare comes from the code above.
        boolean ours = failure instanceof RuntimeException
                && failure.getStackTrace().length > 0
                && failure.getStackTrace()[0].getClassName().startsWith("dev.parley.");
        LOG.log(ours ? Level.ERROR : Level.DEBUG, "A browser's connection failed", failure);
    }

    /** The browser answers a ping. */
    @OnMessage
    public void alive(PongMessage pong) {
        Door open = door;
        if (open != null) {
            open.keepAlive.heard();
        }
    }

    private @Nullable Door withinRate() {
        Door open = door;
        if (open == null) {
            return null;
        }
        open.keepAlive.heard();
        if (open.rate.take()) {
            return open;
        }
        end(open, FailureKind.BAD_MESSAGE, "Too many messages per second; send audio in pieces of 20 to 250 ms.");
        return null;
    }

    private void unwritable(Throwable cause) {
        LOG.log(Level.DEBUG, "A browser could not be written to", cause);
        gone("The browser could not be reached any more.");
    }

    private void silent(OutboundQueue queue) {
        queue.closeNow(GOING_AWAY, "Nothing was heard for too long");
        gone("The browser was silent for too long.");
    }

    private void gone(String reason) {
        sockets.remove(this);
        Door open = door;
        if (open != null) {
            open.keepAlive.stop();
            open.startTimer.cancel();
            open.queue.discard();
            open.conversation.post(new Input.ClientGone(reason));
        }
    }

    private static void end(Door open, FailureKind kind, String reason) {
        open.conversation.post(new Input.EndAsked(kind, reason));
    }

    private void expectStarted(Conversation conversation) {
        if (conversation.state() == ConversationState.NEW) {
            conversation.post(new Input.EndAsked(
                    FailureKind.BAD_MESSAGE, "Nothing was asked for; send a \"start\" message after connecting."));
        }
    }
}
