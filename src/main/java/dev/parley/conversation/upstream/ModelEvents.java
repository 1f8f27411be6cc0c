package dev.parley.conversation.upstream;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.Source;
import dev.parley.conversation.event.TokenUsage;
import dev.parley.conversation.ledger.Ledgers;
import dev.parley.conversation.ledger.Pcm;
import dev.parley.conversation.ledger.Transcript;
import dev.parley.conversation.ledger.TurnLedger;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveHandler;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.settings.ModelTable;
import dev.parley.gemini.settings.ModelTraits.Feature;
import dev.parley.shared.failure.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the upstream says, told to the client and written into the turn ledger; what concerns the conversation's own
 * life goes to {@link Lifecycle}. Confined to the mailbox.
 */
public final class ModelEvents implements LiveHandler {
    /** Ten times what Google sends. Half of it would not be what Google wants shown, so more is left out. */
    private static final int LONGEST_SUGGESTIONS = 64 << 10;

    private final ClientChannel client;
    private final TurnLedger turns;
    private final Transcript transcript;
    private final Lifecycle lifecycle;
    private final Tools tools;
    private final SpokenAnswer aloud;

    /** Answers are read, not heard, though the model speaks. */
    private boolean written;

    /** The model writes down what it hears: each stretch of speech is a turn, though it does not say so. */
    private boolean captions;

    /** What the conversation itself acts upon. */
    interface Lifecycle {
        /** The upstream may be sent to. */
        void upstreamReady();

        /** The upstream connection is over. */
        void upstreamClosed(LiveEvent.Closed event);

        /** The upstream will close soon. */
        void upstreamLeaving(Duration timeLeft);

        /** The handle for the next connection has changed. */
        void resumable(LiveEvent.ResumptionHandle event);

        /** The first of an answer has come. */
        void answerBegan();

        /** A turn is over; {@code cut} when the person interrupted it. */
        void turnOver(boolean cut);

        /** Audio of the person that went to earlier connections than this one. */
        Duration audioBefore();

        /** The upstream reported tokens. */
        void used(long totalTokens);

        /** Model audio was received, for the budget. */
        void modelSpoke(Duration audio);
    }

    /** Takes what the model wants done. */
    public interface Tools {
        /** It wants functions called. */
        void called(List<LiveEvent.ToolCall> wanted);

        /** It does not want the results of these calls any more. */
        void cancelled(List<String> ids);

        /** What it asked for until now it will know of, should its session be resumed. */
        void remembered();
    }

    /** Nothing said yet. */
    public ModelEvents(ClientChannel client, Ledgers ledgers, Lifecycle lifecycle, Tools tools) {
        this.client = client;
        this.turns = ledgers.turns();
        this.transcript = ledgers.transcript();
        this.lifecycle = lifecycle;
        this.tools = tools;
        this.aloud = new SpokenAnswer(client, transcript);
    }

    /** Says what kind of answers will come. */
    public void agreed(LiveRequest request) {
        written = request.written();
        captions = ModelTable.traits(request.model()).takes(Feature.ADVISES_MANUAL_TURNS);
    }

    private void modelSaid() {
        if (!turns.modelActive()) {
            turns.modelSaid();
            lifecycle.answerBegan();
        }
    }

    /** Model audio handed to the client. */
    public Duration played() {
        return aloud.played();
    }

    @Override
    public void on(LiveEvent.Ready event) {
        lifecycle.upstreamReady();
    }

    @Override
    public void on(LiveEvent.ModelAudio event) {
        modelSaid();
        Duration length = Pcm.duration(event.pcm().remaining(), event.rate());
        if (!written) {
            aloud.play(event.pcm(), event.rate(), turns.turn());
        }
        lifecycle.modelSpoke(length); // last: it may end the conversation
    }

    @Override
    public void on(LiveEvent.ModelText event) {
        modelSaid();
        transcript.modelSaid(turns.turn(), event.delta());
        client.tell(new ClientEvent.ModelText(event.delta(), turns.turn()));
    }

    @Override
    public void on(LiveEvent.InputTranscript event) {
        transcript.personSaid(turns.turn(), event.delta());
        client.tell(new ClientEvent.InputTranscript(event.delta(), turns.turn()));
    }

    @Override
    public void on(LiveEvent.InputPreview event) {
        client.tell(new ClientEvent.InputPreview(event.text()));
    }

    @Override
    public void on(LiveEvent.OutputTranscript event) {
        modelSaid();
        transcript.modelSaid(turns.turn(), event.delta());
        client.tell(new ClientEvent.OutputTranscript(event.delta(), turns.turn()));
    }

    @Override
    public void on(LiveEvent.SpeechStarted event) {
        client.tell(new ClientEvent.SpeechStart(inConversation(event.at())));
    }

    @Override
    public void on(LiveEvent.SpeechEnded event) {
        client.tell(new ClientEvent.SpeechEnd(inConversation(event.at())));
        if (captions) {
            endTurn();
        }
    }

    private Optional<Duration> inConversation(Optional<Duration> inConnection) {
        return inConnection.map(lifecycle.audioBefore()::plus);
    }

    @Override
    public void on(LiveEvent.Sources event) {
        List<Source> pages = Source.harmless(event.pages());
        transcript.sources(turns.turn(), pages);
        client.tell(new ClientEvent.Sources(
                pages, event.suggestions().filter(html -> html.length() <= LONGEST_SUGGESTIONS), turns.turn()));
    }

    @Override
    public void on(LiveEvent.GenerationComplete event) {
        // The client hears of the turn when it is over; the upstream assumes real-time playback until then.
    }

    @Override
    public void on(LiveEvent.TurnComplete event) {
        if (!event.idle()) {
            return; // an extended-thinking model goes on by itself; the turn is not over
        }
        event.reason()
                .ifPresent(reason -> client.tell(new ClientEvent.Problem(
                        FailureKind.UPSTREAM_REFUSED, "The model ended its turn without an answer: " + reason)));
        endTurn();
    }

    private void endTurn() {
        client.tell(new ClientEvent.TurnComplete(turns.turn(), turns.usageOfTurn()));
        lifecycle.turnOver(turns.turnOver());
    }

    @Override
    public void on(LiveEvent.Interrupted event) {
        client.dropAudio();
        client.tell(new ClientEvent.Interrupted(turns.turn()));
        transcript.cut(turns.turn());
        turns.interrupted();
    }

    @Override
    public void on(LiveEvent.Usage event) {
        turns.used(new TokenUsage(
                event.prompt(), event.response(), event.total(), event.promptByModality(), event.responseByModality()));
        client.tell(new ClientEvent.Usage(turns.total()));
        lifecycle.used(event.total());
    }

    @Override
    public void on(LiveEvent.ToolCalls event) {
        if (!event.calls().isEmpty()) {
            modelSaid(); // a call is the beginning of an answer: whoever waits for one waits on
            tools.called(event.calls());
        }
    }

    @Override
    public void on(LiveEvent.ToolCallsCancelled event) {
        tools.cancelled(event.ids());
    }

    @Override
    public void on(LiveEvent.GoAway event) {
        lifecycle.upstreamLeaving(event.timeLeft());
    }

    @Override
    public void on(LiveEvent.ResumptionHandle event) {
        event.handle().ifPresent(handle -> tools.remembered());
        lifecycle.resumable(event);
    }

    @Override
    public void on(LiveEvent.Alive event) {
        // Whoever watches the upstream has seen it.
    }

    @Override
    public void on(LiveEvent.Closed event) {
        lifecycle.upstreamClosed(event);
    }
}
