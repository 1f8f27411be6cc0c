package dev.parley.conversation.machine;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.Input;
import dev.parley.conversation.person.ClientSide;
import dev.parley.conversation.person.Sight;
import dev.parley.conversation.timing.TimeLimit;
import dev.parley.conversation.tooling.ToolDesk;
import dev.parley.conversation.upstream.ModelEvents;
import dev.parley.conversation.upstream.UpstreamSession;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.gemini.settings.ModelTable;
import dev.parley.gemini.settings.ModelTraits.Feature;
import dev.parley.limits.Admission;
import dev.parley.limits.SessionLease;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.settings.ApiKey;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a conversation comes in, {@code NEW → WAITING → CONNECTING}: what is asked for, its place in the line, the slot
 * that it gets. Knows from then on who answers, by which key. Confined to the mailbox.
 */
final class Entrance {
    private final Course course;
    private final ClientChannel client;
    private final LiveDefaults defaults;
    private final Admission admission;
    private final ClientSide person;
    private final Sight sight;
    private final UpstreamSession session;
    private final TimeLimit limit;
    private final ModelEvents answers;
    private final ToolDesk tools;
    private final Consumer<Input> mailbox;

    private ConversationRequest request = ConversationRequest.DEFAULT;

    /** The place in the line, while there is one. */
    private Admission.@Nullable Ticket ticket;

    private @Nullable ApiKey key;
    private String model = "";

    Entrance(Course course, ClientChannel client, ConversationServices services, Parts parts, Consumer<Input> mailbox) {
        this.course = course;
        this.client = client;
        this.defaults = services.defaults();
        this.admission = services.admission();
        this.person = parts.person();
        this.sight = parts.sight();
        this.session = parts.session();
        this.limit = parts.limit();
        this.answers = parts.model();
        this.tools = parts.tools();
        this.mailbox = mailbox;
    }

    /**
     * Asks for a slot.
     *
     * @throws ParleyException when what is asked for cannot be had: now, not after a wait
     */
    void begin(ConversationRequest asked) {
        request = asked;
        LiveRequest resolved = defaults.resolve(ApiKey.SIMULATOR, asked.choice());
        sight.begin(ModelTable.traits(resolved.model()).takes(Feature.VIDEO));
        answers.agreed(resolved);
        if (resolved.manualActivity() && !asked.choice().manualActivity()) {
            session.outgoing().markTurns();
        }
        person.begin(asked.audioType(), asked.choice().manualActivity());
        course.become(ConversationState.WAITING, "asked for");
        ticket = admission.apply(new Applicant(mailbox));
    }

    void placed(int position, int ahead) {
        if (course.is(ConversationState.WAITING)) {
            client.tell(new ClientEvent.Waiting(position, ahead));
        }
    }

    /** A slot is here: dials, unless nobody waits for it any more. */
    void granted(SessionLease lease) {
        if (!course.is(ConversationState.WAITING)) {
            lease.close();
            return;
        }
        ticket = null;
        session.hold(lease); // gives it back from here on, whatever happens
        key = lease.key();
        LiveRequest asked = defaults.resolve(lease.key(), request.choice()).offering(tools.offer());
        model = asked.model();
        course.become(ConversationState.CONNECTING, "slot granted");
        limit.begin(lease.deadline());
        session.begin(asked);
    }

    /** Leaves the line, if the conversation stands in it. */
    void withdraw() {
        Admission.Ticket leaving = ticket;
        ticket = null;
        if (leaving != null) {
            leaving.withdraw();
        }
    }

    /** The line was left from the other side. */
    boolean refused() {
        boolean waited = course.is(ConversationState.WAITING);
        if (waited) {
            ticket = null;
        }
        return waited;
    }

    /** Whose account is used, once there is a slot. */
    Optional<ApiKey> key() {
        return Optional.ofNullable(key);
    }

    /** Who answers; empty before there is a slot. */
    String model() {
        return model;
    }

    /** Brings what the limits room answers to the mailbox. */
    private record Applicant(Consumer<Input> mailbox) implements Admission.Applicant {
        @Override
        public void granted(SessionLease lease) {
            mailbox.accept(new Input.SlotGranted(lease));
        }

        @Override
        public void waiting(int position, int ahead) {
            mailbox.accept(new Input.PlaceInLine(position, ahead));
        }

        @Override
        public void refused(FailureKind kind, String message) {
            mailbox.accept(new Input.SlotRefused(kind, message));
        }
    }
}
