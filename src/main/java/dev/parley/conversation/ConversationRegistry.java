package dev.parley.conversation;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.input.Input;
import dev.parley.conversation.machine.ConversationServices;
import dev.parley.gemini.live.LiveUpstream;
import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.limits.Admission;
import dev.parley.media.AudioDecoders;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.failure.FailureKind;
import dev.parley.tools.call.ToolRoom;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Opens conversations and knows those that are not closed. Thread safe. */
@ApplicationScoped
public class ConversationRegistry {
    /** 96 random bits: ids appear in logs and URLs and must not be guessable. */
    private static final int ID_BYTES = 12;

    private final Map<String, Conversation> conversations = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final ConversationServices services;
    private volatile boolean draining;

    /** For CDI's client proxy only; a proxy is never called before it has its real instance. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected ConversationRegistry() {
        this.services = null;
    }

    /** Wires every conversation to the capabilities. */
    @Inject
    public ConversationRegistry(
            AudioDecoders decoders,
            LiveUpstream upstream,
            LiveDefaults defaults,
            Admission admission,
            ToolRoom tools,
            Executor threads,
            Timers timers,
            Clock clock,
            Event<ConversationEvent> events) {
        this(new ConversationServices(
                decoders, upstream, defaults, admission, tools, threads, timers, clock, events::fire));
    }

    ConversationRegistry(ConversationServices services) {
        this.services = services;
    }

    /** Opens a conversation for a client that has just connected; while draining it ends at once. */
    public Conversation open(ClientChannel client) {
        Conversation opened = new Conversation(newId(), client, services, this::closed);
        conversations.put(opened.id(), opened);
        if (draining) {
            turnAway(opened);
        }
        return opened;
    }

    /** Those that are not closed, in no order. */
    public Collection<Conversation> open() {
        return List.copyOf(conversations.values());
    }

    /** Ends every conversation, and every one that is opened from here on. */
    @PreDestroy
    public void drain() {
        draining = true;
        conversations.values().forEach(ConversationRegistry::turnAway);
    }

    private void closed(Conversation conversation) {
        conversations.remove(conversation.id());
    }

    private static void turnAway(Conversation conversation) {
        conversation.post(new Input.EndAsked(
                FailureKind.DRAINING, "This server is being stopped. Please start again in a moment."));
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
