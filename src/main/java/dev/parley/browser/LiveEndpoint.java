package dev.parley.browser;

import dev.parley.browser.picture.PictureReader;
import dev.parley.conversation.ConversationRegistry;
import dev.parley.conversation.Visit;
import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.Input;
import dev.parley.security.SignedIn;
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

    /** The longest picture in base64, and what stands around it. */
    private static final int MAX_TEXT_BYTES = PictureReader.MAX_BYTES / 3 * 4 + (4 << 10);

    /** A client with a mistake here and there goes on; so many in a row without one good message are an end. */
    private static final int MOST_BAD_MESSAGES = 100;

    /** RFC 6455 §7.4.1. */
    private static final int GOING_AWAY = 1001;

    private static final String NOT_RESUMED =
            "The conversation cannot be gone on with: it is over, or it is not yours. Start a new one.";

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
    private volatile @Nullable Door door;

    /** What a connection has once it is open. */
    private record Door(
            OutboundQueue queue,
            KeepAlive keepAlive,
            ClientChannel channel,
            Optional<String> caller,
            Visit visit,
            Timers.Timer startTimer,
            MessageRate rate,
            ClientMessageReader reader) {}

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
        ClientChannel channel = new BrowserChannel(queue, settings.outboundAudioBytes(), sockets::skipped);
        KeepAlive keepAlive = new KeepAlive(queue, timers, clock, settings.idleTime(), () -> silent(queue));
        Optional<SignedIn> who = SignedIn.of(session.getUserPrincipal());
        Optional<String> caller = who.map(SignedIn::name);
        Visit visit = registry.open(channel, who);
        MessageRate rate = new MessageRate(settings.messagesPerSecond(), clock);
        ClientMessageReader reader = ClientMessageReader.of(settings.maxImageBytes(), clock);
        Timers.Timer startTimer = timers.schedule(settings.startWithin(), this::expectStarted);
        door = new Door(queue, keepAlive, channel, caller, visit, startTimer, rate, reader);
        sockets.add(this, queue);
        keepAlive.start();
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
        } else if (bytes.length == 0) {
            open.visit.count();
        } else if (!open.visit.postAudio(ByteBuffer.wrap(bytes))) {
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
            Input input = open.reader.read(json);
            if (input instanceof Input.Start start
                    && start.request().resumption().isPresent()
                    && open.visit.state() == ConversationState.NEW) {
                resume(open, start.request());
            } else {
                open.visit.post(input);
                badMessages = 0;
            }
        } catch (ParleyException bad) {
            if (!open.reader.isStart(json)) { // no client numbers those
                open.visit.count();
            }
            bad(open, new ClientEvent.Problem(bad.kind(), bad.getMessage()), bad.getMessage());
        }
    }

    /** Goes on with an earlier conversation; where there is none, the client may ask for a new one. */
    private void resume(Door open, ConversationRequest request) {
        registry.resume(request, open.caller, open.channel)
                .ifPresentOrElse(
                        open.visit::goOnAs, () -> bad(open, new ClientEvent.NotResumed(NOT_RESUMED), NOT_RESUMED));
    }

    private void bad(Door open, ClientEvent answer, String why) {
        badMessages++;
        if (badMessages > MOST_BAD_MESSAGES) {
            end(open, FailureKind.BAD_MESSAGE, why);
        } else {
            open.channel.tell(answer);
        }
    }

    /** The connection is over, whoever ended it. */
    @OnClose
    public void closed(CloseReason reason) {
        int code = sockets.closed(reason);
        gone("The browser left (" + code + ").", mayReturn(code));
    }

    /** Whoever is done closes with 1000; who was closed for being too slow, or failed otherwise, may come back. */
    static boolean mayReturn(int closeCode) {
        return closeCode != FailureKind.NORMAL.closeCode();
    }

    /** The connection failed, or a message broke a bound of the container. */
    @OnError
    public void failed(Throwable failure) {
        sockets.failed(visit(), failure);
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
        sockets.unwritable(visit(), cause);
        gone("The browser could not be reached any more.", true);
    }

    private @Nullable Visit visit() {
        Door open = door;
        return open == null ? null : open.visit;
    }

    private void silent(OutboundQueue queue) {
        queue.closeNow(GOING_AWAY, "Nothing was heard for too long");
        gone("The browser was silent for too long.", true);
    }

    private void gone(String reason, boolean lost) {
        sockets.remove(this);
        Door open = door;
        if (open != null) {
            open.keepAlive.stop();
            open.startTimer.cancel();
            open.queue.discard();
            open.visit.leave(reason, lost);
        }
    }

    private static void end(Door open, FailureKind kind, String reason) {
        open.visit.post(new Input.EndAsked(kind, reason));
    }

    private void expectStarted() {
        Door open = door;
        if (open != null && open.visit.state() == ConversationState.NEW) {
            end(open, FailureKind.BAD_MESSAGE, "Nothing was asked for; send a \"start\" message after connecting.");
        }
    }
}
