package dev.parley.conversation;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.Input;
import dev.parley.conversation.line.Identity;
import dev.parley.conversation.machine.ConversationServices;
import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.gemini.watch.WatchedUpstream;
import dev.parley.limits.Admission;
import dev.parley.limits.caller.CallerSeats;
import dev.parley.media.AudioDecoders;
import dev.parley.security.SignedIn;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.Secret;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.tools.call.ToolRoom;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Opens conversations and knows those that are not closed. Thread safe. */
@ApplicationScoped
public class ConversationRegistry {
    private static final Logger LOG = System.getLogger(ConversationRegistry.class.getName());

    /** 96 random bits: ids appear in logs and URLs and must not be guessable. */
    private static final int ID_BYTES = 12;

    /** 192 random bits: who knows them may go on with a conversation. */
    private static final int RESUME_BYTES = 24;

    /** Between the id of a conversation, which is no secret, and the secret; neither has it. */
    private static final String SEPARATOR = ".";

    private final Map<String, Conversation> conversations = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final ConversationServices services;
    private final CallerSeats seats;

    /** The server stops, or rests. */
    private volatile boolean stopping;

    /** The operator wants this server free of conversations. */
    private volatile boolean retiring;

    /** For CDI's client proxy only; a proxy is never called before it has its real instance. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected ConversationRegistry() {
        this.services = null;
        this.seats = null;
    }

    /** Wires every conversation to the capabilities. */
    @Inject
    public ConversationRegistry(
            AudioDecoders decoders,
            WatchedUpstream upstream,
            LiveDefaults defaults,
            Admission admission,
            ToolRoom tools,
            Clockwork clockwork,
            SettingsReader settings,
            Event<ConversationEvent> events) {
        this(
                new ConversationServices(
                        decoders,
                        upstream,
                        defaults,
                        admission,
                        tools,
                        clockwork.threads(),
                        clockwork.timers(),
                        clockwork.clock(),
                        settings.duration(
                                "parley.conversation.resume-time",
                                Duration.ofSeconds(60),
                                Duration.ZERO,
                                Duration.ofMinutes(15)),
                        event -> tell(events, event)),
                settings.integer("parley.limits.sessions-per-caller", 2, 1, 100_000));
    }

    /** What an observer does wrong is its own affair: the conversation goes on. */
    private static void tell(Event<ConversationEvent> observers, ConversationEvent event) {
        try {
            observers.fire(event);
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.ERROR,
                    () -> "Conversation " + event.conversation() + ": an observer failed at "
                            + event.getClass().getSimpleName(),
                    failure);
        }
    }

    ConversationRegistry(ConversationServices services, int sessionsPerCaller) {
        this.services = services;
        this.seats = new CallerSeats(services.admission(), sessionsPerCaller);
    }

    /**
     * Opens a conversation for a client that has just connected; while draining it ends at once.
     *
     * @param who whoever signed in; empty where nobody does
     */
    public Visit open(ClientChannel client, Optional<SignedIn> who) {
        String id = random(ID_BYTES);
        Identity identity = new Identity(
                id,
                new Secret(id + SEPARATOR + random(RESUME_BYTES)),
                who.map(SignedIn::name),
                who.map(SignedIn::roles).orElse(Set.of()));
        ConversationServices theirs = identity.caller()
                .map(name -> services.admittedBy(seats.of(name)))
                .orElse(services);
        Conversation opened = new Conversation(identity, client, theirs, this::closed);
        conversations.put(id, opened);
        if (isDraining()) {
            turnAway(opened);
        }
        return opened.firstVisit();
    }

    /**
     * A client that was in a conversation has connected again.
     *
     * @param request with the token and what the client has heard; its choices do not count, its audio does
     * @param caller who signed in now
     * @return empty when there is no such conversation, it is over, or it is another caller's: nobody is told which
     */
    public Optional<Visit> resume(ConversationRequest request, Optional<String> caller, ClientChannel client) {
        return request.resumption().flatMap(resumption -> {
            String token = resumption.token().reveal();
            int end = token.indexOf(SEPARATOR);
            Conversation known = end < 0 ? null : conversations.get(token.substring(0, end));
            return known == null ? Optional.empty() : known.visitAgain(request, resumption, caller, client);
        });
    }

    /** Those that are not closed, in no order. */
    public Collection<Conversation> open() {
        return List.copyOf(conversations.values());
    }

    /** Bytes of audio that wait in mailboxes, of all conversations. */
    public long waitingAudioBytes() {
        return conversations.values().stream()
                .mapToLong(Conversation::waitingAudioBytes)
                .sum();
    }

    /** The one with this id, unless it is closed. */
    public Optional<Conversation> find(String id) {
        return Optional.ofNullable(conversations.get(id));
    }

    /** Ends every conversation, and every one that is opened from here on, until {@link #accept}. */
    @PreDestroy
    public void drain() {
        stopping = true;
        services.admission().drain();
        endAll();
    }

    /** After {@link #drain}: conversations can be opened again, unless the operator does not want that. */
    public void accept() {
        stopping = false;
        letIn();
    }

    /**
     * Nobody comes in any more, until {@link #stay}. Conversations that run are told to end soon, and go on; whoever has
     * announced their end brings it about with {@link #endAll}.
     *
     * @param within when they will be ended
     */
    public void retire(Duration within) {
        retiring = true;
        services.admission().drain();
        conversations.values().forEach(running -> running.announceEnd(Optional.of(within)));
    }

    /** After {@link #retire}: conversations can be opened again, and those that run are told that they may go on. */
    public void stay() {
        retiring = false;
        letIn();
        conversations.values().forEach(running -> running.announceEnd(Optional.empty()));
    }

    /** Whether nobody comes in. */
    public boolean isDraining() {
        return stopping || retiring;
    }

    private void letIn() {
        if (!isDraining()) {
            services.admission().accept();
        }
    }

    /** Ends every conversation; their people are told to come back. */
    public void endAll() {
        conversations.values().forEach(ConversationRegistry::turnAway);
    }

    private void closed(Conversation conversation) {
        conversations.remove(conversation.id());
    }

    private static void turnAway(Conversation conversation) {
        conversation.post(new Input.EndAsked(
                FailureKind.DRAINING, "This server is being stopped or maintained. Please start again in a moment."));
    }

    private String random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
