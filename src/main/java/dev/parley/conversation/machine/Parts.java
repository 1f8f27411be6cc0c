package dev.parley.conversation.machine;

import dev.parley.conversation.delivery.UpstreamLink;
import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.event.TokenUsage;
import dev.parley.conversation.input.Input;
import dev.parley.conversation.ledger.Ledgers;
import dev.parley.conversation.ledger.TurnTimes;
import dev.parley.conversation.line.ClientLine;
import dev.parley.conversation.line.Identity;
import dev.parley.conversation.person.AudioSource;
import dev.parley.conversation.person.ClientSide;
import dev.parley.conversation.person.HeardAudio;
import dev.parley.conversation.person.Sight;
import dev.parley.conversation.timing.Moments;
import dev.parley.conversation.timing.TimeLimit;
import dev.parley.conversation.tooling.ToolDesk;
import dev.parley.conversation.upstream.ModelEvents;
import dev.parley.conversation.upstream.UpstreamSession;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/**
 * What one conversation is made of.
 *
 * @param ledgers what both sides write down
 * @param moments what is waited for
 * @param limit the time it may take
 * @param session the way to the model
 * @param person what the client does
 * @param sight what the person shows
 * @param heard what the client has played
 * @param model what the model does
 * @param tools what it does beside talking
 */
record Parts(
        Ledgers ledgers,
        Moments moments,
        TimeLimit limit,
        UpstreamSession session,
        ClientSide person,
        Sight sight,
        HeardAudio heard,
        ModelEvents model,
        ToolDesk tools) {
    /** Puts them together; what comes from other threads goes to the mailbox. */
    static Parts of(
            Identity identity,
            ClientLine client,
            ConversationServices services,
            Consumer<Input> mailbox,
            UpstreamSession.Host host) {
        Moments moments = new Moments(
                services.timers(), (moment, number) -> mailbox.accept(new Input.TimePassed(moment, number)));
        Reporter reporter = new Reporter(identity.id(), services.clock(), services.events());
        UpstreamLink link = new UpstreamLink(
                services.upstream(),
                services.clock(),
                services.tools().bounds().mostPerConversation(),
                services.tools().bounds().resultBytes(),
                (connection, event) -> mailbox.accept(new Input.UpstreamHeard(connection, event)));
        Ledgers ledgers =
                new Ledgers(new TurnTimes(services.clock(), link::audioWrittenNanos, reporter::timed), reporter::spent);
        UpstreamSession session = new UpstreamSession(host, client, link, ledgers, moments, services.clock());
        ToolDesk tools = new ToolDesk(
                identity.id(),
                identity.asCaller(),
                client,
                session.outgoing(),
                ledgers.transcript(),
                services.tools(),
                mailbox,
                services.clock());
        return new Parts(
                ledgers,
                moments,
                new TimeLimit(moments, services.clock()),
                session,
                new ClientSide(
                        client,
                        session.outgoing(),
                        new AudioSource(services.decoders(), () -> mailbox.accept(new Input.AudioDecoded())),
                        moments,
                        services.clock()),
                new Sight(client, session.outgoing().pictures()),
                new HeardAudio(ledgers.transcript(), client),
                new ModelEvents(client, ledgers, session, tools),
                tools);
    }

    /** Tells observers what the ledgers notice. */
    private record Reporter(String conversation, Clock clock, Consumer<ConversationEvent> observers) {
        void timed(TurnTimes.Times times) {
            observers.accept(new ConversationEvent.TurnTimed(
                    conversation,
                    clock.instant(),
                    times.turn(),
                    times.forwarded(),
                    times.firstAudio(),
                    times.firstSound()));
        }

        void spent(TokenUsage usage) {
            observers.accept(new ConversationEvent.Spent(conversation, clock.instant(), usage));
        }
    }

    /** Gives back what they hold, in this order, and after the moments what {@code entrance} holds. */
    List<Runnable> belongings(Runnable entrance) {
        return List.of(moments::close, entrance, tools::close, session::close, person::close);
    }
}
