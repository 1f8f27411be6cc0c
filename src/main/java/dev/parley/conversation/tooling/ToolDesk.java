package dev.parley.conversation.tooling;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.input.Input;
import dev.parley.conversation.ledger.Transcript;
import dev.parley.conversation.upstream.ModelEvents;
import dev.parley.conversation.upstream.Outgoing;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveFunction;
import dev.parley.tools.Caller;
import dev.parley.tools.LiveConversation;
import dev.parley.tools.Scheduling;
import dev.parley.tools.Utterance;
import dev.parley.tools.call.CallNotice;
import dev.parley.tools.call.CallRequest;
import dev.parley.tools.call.ToolAnswer;
import dev.parley.tools.call.ToolCalls;
import dev.parley.tools.call.ToolListener;
import dev.parley.tools.call.ToolRoom;
import dev.parley.tools.offer.CallContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tools of one conversation, between the model that calls, the room that runs them and the client that watches. */
public final class ToolDesk implements ModelEvents.Tools, ToolListener, AutoCloseable {
    /** Calls whose last news is told again to a client that comes back; the newest, of which few are under way. */
    private static final int MOST_RETOLD = 128;

    private final ClientChannel client;
    private final Outgoing outgoing;
    private final ToolRoom room;
    private final CallContext context;
    private final Consumer<Input> mailbox;
    private final Clock clock;
    private final SortedMap<Long, News> news = new TreeMap<>();
    private final Memory memory = new Memory();

    /** Null until the model is told what there is. */
    private @Nullable ToolCalls calls;

    /**
     * A desk that has offered nothing yet.
     *
     * @param caller whose conversation it is
     * @param outgoing the way for answers
     * @param said what tools may know of the talk
     */
    public ToolDesk(
            String conversation,
            Caller caller,
            ClientChannel client,
            Outgoing outgoing,
            Transcript said,
            ToolRoom room,
            Consumer<Input> mailbox,
            Clock clock) {
        this.client = client;
        this.outgoing = outgoing;
        this.room = room;
        this.context = new CallContext(caller, new Talk(conversation, said));
        this.mailbox = mailbox;
        this.clock = clock;
    }

    /** What was told last of a call, and when. */
    private record News(CallNotice notice, Instant at) {
        /** The same at a later moment: what a person has left to decide is less. */
        CallNotice asOf(Instant now) {
            Duration left = notice.decideWithin().minus(Duration.between(at, now));
            return new CallNotice(
                    notice.number(),
                    notice.name(),
                    notice.title(),
                    notice.state(),
                    notice.arguments(),
                    left.isNegative() ? Duration.ZERO : left);
        }
    }

    /** What tools see of the conversation. */
    private record Talk(String id, Transcript transcript) implements LiveConversation {
        @Override
        public List<Utterance> said() {
            return transcript.said();
        }
    }

    /** Settles what this conversation's caller may use, from what there is at this moment. */
    public List<LiveFunction> offer() {
        ToolCalls offered = room.open(context, this, report -> mailbox.accept(new Input.ToolReported(report)));
        calls = offered;
        return offered.offered().stream()
                .map(tool -> new LiveFunction(tool.name(), tool.description(), tool.schema(), tool.blocking()))
                .toList();
    }

    @Override
    public void called(List<LiveEvent.ToolCall> wanted) {
        ToolCalls offered = calls;
        if (offered != null) {
            wanted.forEach(call ->
                    offered.call(new CallRequest(call.id(), call.name(), call.argumentsJson(), memory.asker())));
        }
    }

    @Override
    public void cancelled(List<String> ids) {
        if (calls != null) {
            calls.cancel(ids);
        }
    }

    /** Something happened to a call. */
    public void take(Input.ToolNews news) {
        if (calls != null) { // otherwise nothing was offered, so nothing was asked
            news.reach(calls);
        }
    }

    @Override
    public void remembered() {
        memory.named();
    }

    /** The session goes on over another connection, or, where {@code fresh}, is another one: cancels what it does not know of. */
    public void replaced(boolean fresh) {
        if (fresh) {
            memory.forgotten();
        } else {
            memory.resumed();
        }
        if (calls != null) {
            calls.cancelForgotten();
        }
    }

    @Override
    public void stands(CallNotice notice) {
        news.put(notice.number(), new News(notice, clock.instant()));
        if (news.size() > MOST_RETOLD) {
            news.remove(news.firstKey());
        }
        client.tell(new ClientEvent.Tool(notice));
    }

    /** Tells a client that was away where the calls stand: what was told meanwhile reached nobody. */
    public void again() {
        Instant now = clock.instant();
        news.values().forEach(last -> client.tell(new ClientEvent.Tool(last.asOf(now))));
    }

    @Override
    public void answered(ToolAnswer answer) {
        outgoing.answer(
                new LiveFunction.Answer(
                        answer.request().id(),
                        answer.request().name(),
                        answer.response(),
                        LiveFunction.When.valueOf(answer.scheduling().name())),
                answer.request().asker()::knows,
                !answer.blocking() && answer.scheduling() != Scheduling.SILENT);
    }

    @Override
    public void close() {
        if (calls != null) {
            calls.close();
        }
    }
}
