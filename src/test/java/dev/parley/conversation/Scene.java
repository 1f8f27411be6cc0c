package dev.parley.conversation;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.Input;
import dev.parley.conversation.line.Identity;
import dev.parley.conversation.machine.ConversationServices;
import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveConnection.Picture;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveFunction;
import dev.parley.gemini.live.LiveListener;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.live.LiveUpstream;
import dev.parley.limits.Admission;
import dev.parley.limits.SessionLease;
import dev.parley.limits.budget.Spending;
import dev.parley.media.AudioDecoders;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.Secret;
import dev.parley.testkit.ManualExecutor;
import dev.parley.testkit.ManualTime;
import dev.parley.tools.call.ToolRoom;
import dev.parley.tools.offer.OfferedTool;
import dev.parley.tools.offer.Toolbox;
import dev.parley.tools.run.CallSettings;
import dev.parley.tools.run.CallThreads;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with everything around it played by the test: time, threads, client, slots and upstream. Every
 * action is carried out to its end before it returns.
 */
final class Scene implements LiveUpstream, Admission, ClientChannel {
    static final Duration SESSION = Duration.ofMinutes(15);
    static final Duration RESUME_TIME = Duration.ofSeconds(60);
    static final Secret TOKEN = new Secret("c1.secret");
    static final Identity IDENTITY = new Identity("c1", TOKEN, Optional.of("ada"));
    static final ConversationRequest PCM =
            new ConversationRequest(Optional.of("audio/pcm;rate=16000"), LiveChoice.DEFAULTS);
    static final ConversationRequest PCM_MANUAL = new ConversationRequest(
            Optional.of("audio/pcm;rate=16000"),
            new LiveChoice(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true));

    static final ConversationRequest CAPTIONS = new ConversationRequest(
            Optional.of("audio/pcm;rate=16000"),
            new LiveChoice(
                    Optional.of("gemini-3.5-transcribe-live"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false));

    final ManualTime time = new ManualTime();
    final ManualExecutor threads = new ManualExecutor();
    final List<ClientEvent> told = new ArrayList<>();
    final List<ConversationEvent> events = new ArrayList<>();
    final List<Dial> dials = new ArrayList<>();
    final List<FakeLease> leases = new ArrayList<>();
    final ByteArrayOutputStream played = new ByteArrayOutputStream();
    final ConversationServices services;
    final Conversation conversation;
    final Visit visit;

    boolean clientTakesAudio = true;
    boolean upstreamThrowsOnClose;
    boolean draining;
    int audioDrops;
    int closedCalls;
    int withdrawn;

    @Nullable
    FailureKind endKind;

    @Nullable
    String endReason;

    int ends;

    @Nullable
    Applicant applicant;

    Scene() {
        this(TestServices.decoders());
    }

    Scene(AudioDecoders decoders) {
        this(decoders, List.of());
    }

    Scene(AudioDecoders decoders, List<OfferedTool> tools) {
        services = new ConversationServices(
                decoders,
                this,
                TestServices.defaults(),
                this,
                new ToolRoom(
                        new Toolbox(List.of(TestServices.source(tools)), true, Set.of()),
                        new CallThreads(threads, time, CallSettings.read(TestServices.reader()))),
                threads,
                time,
                time,
                RESUME_TIME,
                events::add);
        conversation = new Conversation(IDENTITY, this, services, closed -> closedCalls++);
        visit = conversation.firstVisit();
    }

    /** One connection that was dialled. */
    final class Dial implements LiveConnection {
        final LiveRequest request;
        final LiveListener listener;
        final List<String> sent = new ArrayList<>();
        final ByteArrayOutputStream audio = new ByteArrayOutputStream();
        /** Everything that was taken, in order. */
        final List<Taken> log = new ArrayList<>();

        /** How many messages it had been given when it was ready and the next thing happened; −1 before. */
        int atReady = -1;

        boolean takesAudio = true;
        boolean takesPictures = true;
        boolean open = true;
        boolean closed;

        /** When its last audio was written. */
        OptionalLong written = OptionalLong.empty();

        /** Whether it tells its end as soon as it is closed. */
        boolean answersClose = true;

        /** How many messages the network takes; the others that were taken never leave. */
        int carries = Integer.MAX_VALUE;

        Dial(LiveRequest request, LiveListener listener) {
            this.request = request;
            this.listener = listener;
        }

        /** One message: audio, or words. */
        static final class Taken {
            private final byte[] pcm;
            private final String words;

            Taken(byte[] pcm, String words) {
                this.pcm = pcm;
                this.words = words;
            }

            byte[] pcm() {
                return pcm;
            }

            String words() {
                return words;
            }
        }

        private boolean note(String words) {
            if (open) {
                sent.add(words);
                log.add(new Taken(new byte[0], words));
            }
            return open;
        }

        void hears(LiveEvent event) {
            listener.heard(event);
            settle();
            if (event instanceof LiveEvent.Ready) {
                atReady = log.size();
            }
        }

        /** Bytes of audio in its first messages. */
        int audioBytesOf(int messages) {
            return log.subList(0, messages).stream()
                    .mapToInt(taken -> taken.pcm().length)
                    .sum();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public boolean sendAudio(byte[] pcm, int offset, int length) {
            if (takesAudio && open) {
                audio.write(pcm, offset, length);
                sent.add("audio " + length);
                log.add(new Taken(Arrays.copyOfRange(pcm, offset, offset + length), ""));
            }
            return takesAudio && open;
        }

        @Override
        public boolean sendText(String text) {
            return note("text " + text);
        }

        @Override
        public boolean sendAnswer(LiveFunction.Answer answer) {
            return note("answer " + answer.id() + " " + answer.response());
        }

        @Override
        public boolean sendPicture(Picture picture) {
            return takesPictures && note("picture " + picture.base64());
        }

        @Override
        public boolean sendActivityStart() {
            return note("activityStart");
        }

        @Override
        public boolean sendActivityEnd() {
            return note("activityEnd");
        }

        @Override
        public boolean sendAudioStreamEnd() {
            return note("audioStreamEnd");
        }

        @Override
        public int unwritten() {
            return Math.max(0, log.size() - carries);
        }

        @Override
        public OptionalLong audioWrittenNanos() {
            return written;
        }

        @Override
        public void close() {
            boolean first = !closed;
            letGo();
            if (first && answersClose) {
                open = false;
                listener.heard(new LiveEvent.Closed(FailureKind.NORMAL, "The conversation ended as asked.", 1000, ""));
            }
        }

        @Override
        public void abort() {
            letGo();
        }

        private void letGo() {
            closed = true;
            if (upstreamThrowsOnClose) {
                throw new NoClassDefFoundError("the connection cannot be closed");
            }
        }
    }

    /** A slot. */
    final class FakeLease implements SessionLease {
        final Instant deadline = time.instant().plus(SESSION);
        boolean withinBudget = true;
        int closes;
        long audioMillis;
        long tokens;

        @Override
        public ApiKey key() {
            return new ApiKey("first", new Secret("k"));
        }

        @Override
        public Instant deadline() {
            return deadline;
        }

        @Override
        public void recordAudio(long millis) {
            audioMillis += millis;
        }

        @Override
        public void recordEstimate(long estimated) {
            throw new AssertionError("Conversations estimate by audio");
        }

        @Override
        public void recordUsage(long totalTokens) {
            tokens += totalTokens;
        }

        @Override
        public boolean withinTokenBudget() {
            return withinBudget;
        }

        @Override
        public void close() {
            closes++;
        }
    }

    void settle() {
        threads.runAll();
    }

    void post(Input input) {
        conversation.post(input);
        settle();
    }

    void audio(int bytes) {
        visit.postAudio(ByteBuffer.wrap(new byte[bytes]));
        settle();
    }

    void pass(Duration duration) {
        time.advance(duration);
        settle();
    }

    void grant() {
        FakeLease lease = new FakeLease();
        leases.add(lease);
        Objects.requireNonNull(applicant, "nobody applied").granted(lease);
        settle();
    }

    Dial dial() {
        return dials.get(dials.size() - 1);
    }

    void upstream(LiveEvent event) {
        dial().hears(event);
    }

    /** Brings a new conversation to a state by the shortest way. */
    Scene in(ConversationState state) {
        return in(state, PCM);
    }

    Scene in(ConversationState state, ConversationRequest request) {
        if (state == ConversationState.NEW) {
            return this;
        }
        if (state == ConversationState.CLOSED) {
            post(new Input.ClientGone("gone"));
            return this;
        }
        post(new Input.Start(request));
        if (state == ConversationState.WAITING) {
            return this;
        }
        grant();
        if (state == ConversationState.CONNECTING) {
            return this;
        }
        upstream(new LiveEvent.Ready());
        if (state == ConversationState.RESUMING) {
            upstream(new LiveEvent.ResumptionHandle(Optional.of("h1")));
            upstream(new LiveEvent.Usage(0, 0, 0, Map.of(), Map.of())); // proven: dialled again at once
            upstream(closed(FailureKind.UPSTREAM_UNAVAILABLE));
        } else if (state == ConversationState.DRAINING) {
            audio(3200);
            post(new Input.StopAsked());
        }
        return this;
    }

    static LiveEvent.Closed closed(FailureKind kind) {
        return new LiveEvent.Closed(kind, "The upstream is gone.", 1011, "Internal error encountered.");
    }

    <T extends ConversationEvent> List<T> observed(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends ClientEvent> List<T> told(Class<T> kind) {
        return told.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    boolean everythingIsGivenBack() {
        return leases.stream().allMatch(lease -> lease.closes >= 1)
                && dials.stream().allMatch(dial -> dial.closed)
                && time.pending() == 0
                && closedCalls == 1
                && ends == 1;
    }

    @Override
    public LiveConnection connect(LiveRequest request, LiveListener listener) {
        Dial dial = new Dial(request, listener);
        dials.add(dial);
        return dial;
    }

    @Override
    public Spending spend() {
        throw new AssertionError("Conversations hold slots");
    }

    @Override
    public void drain() {
        draining = true;
    }

    @Override
    public void accept() {
        draining = false;
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    @Override
    public Ticket apply(Applicant asking) {
        applicant = asking;
        return () -> withdrawn++;
    }

    @Override
    public void tell(ClientEvent event) {
        told.add(event);
    }

    @Override
    public boolean play(ByteBuffer pcm) {
        if (clientTakesAudio) {
            byte[] bytes = new byte[pcm.remaining()];
            pcm.get(bytes);
            played.writeBytes(bytes);
        }
        return clientTakesAudio;
    }

    @Override
    public void dropAudio() {
        audioDrops++;
    }

    @Override
    public void end(FailureKind kind, String reason) {
        ends++;
        endKind = kind;
        endReason = reason;
    }
}
