package dev.parley.tools.call;

import dev.parley.shared.execution.Timers;
import dev.parley.tools.Scheduling;
import dev.parley.tools.call.CallNotice.State;
import dev.parley.tools.offer.CallContext;
import dev.parley.tools.offer.OfferedTool;
import dev.parley.tools.offer.ToolDescription;
import dev.parley.tools.run.CallCounters;
import dev.parley.tools.run.CallReport;
import dev.parley.tools.run.CallReport.Kind;
import dev.parley.tools.run.CallThreads;
import dev.parley.tools.run.RunningCall;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The calls of one conversation. A call that was cancelled, is overdue or whose conversation is over is interrupted, and counts
 * against the bound as long as its thread runs on. Confined to the mailbox.
 */
public final class ToolCalls implements AutoCloseable {
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private final Map<String, OfferedTool> offered = new LinkedHashMap<>();
    private final CallContext context;
    private final CallThreads threads;
    private final ToolListener listener;
    private final Consumer<CallReport> reports;
    private final Map<Long, PendingCall> calls = new LinkedHashMap<>();

    /** Numbers of calls whose thread may still run. */
    private final Set<Long> occupied = new HashSet<>();

    private long lastNumber;

    /**
     * No calls yet.
     *
     * @param offered what may be called, under distinct names
     * @param reports brings what happens on other threads to the mailbox, and there to {@link #take}
     */
    public ToolCalls(
            List<OfferedTool> offered,
            CallContext context,
            CallThreads threads,
            ToolListener listener,
            Consumer<CallReport> reports) {
        offered.forEach(tool -> this.offered.put(tool.description().name(), tool));
        this.context = context;
        this.threads = threads;
        this.listener = listener;
        this.reports = reports;
    }

    /** What the model is told of. */
    public List<ToolDescription> offered() {
        return offered.values().stream().map(OfferedTool::description).toList();
    }

    /** The model calls. What cannot be called is answered at once; a call that is under way already is not begun again. */
    public void call(CallRequest request) {
        if (isUnderWay(request.id())) {
            return;
        }
        Optional<OfferedTool> tool = Optional.ofNullable(offered.get(request.name()));
        int most = threads.settings().argumentBytes();
        int bytes = request.argumentsJson().getBytes(StandardCharsets.UTF_8).length;
        if (tool.isEmpty()) {
            refuse(request, tool, "There is no function " + request.name() + ", but " + offered.keySet() + ".");
        } else if (bytes > most) {
            refuse(
                    request,
                    tool,
                    "The arguments have " + bytes + " bytes, but only " + most
                            + " are allowed here. Call with less at a time.");
        } else {
            accept(request, tool.get());
        }
    }

    private void accept(CallRequest request, OfferedTool tool) {
        Optional<JsonObject> arguments = parse(request.argumentsJson());
        if (arguments.isEmpty()) {
            refuse(request, Optional.of(tool), "The arguments are not a JSON object.");
        } else if (calls.size() + lingering() >= threads.settings().mostPerConversation()) {
            refuse(
                    request,
                    Optional.of(tool),
                    "Too many calls are under way in this conversation. Wait for their results first.");
        } else {
            accept(new PendingCall(++lastNumber, request, tool, arguments.get()));
        }
    }

    /** Some servers give no ids; then every call is another one. */
    private boolean isUnderWay(String id) {
        return !id.isEmpty()
                && calls.values().stream().anyMatch(call -> call.request().id().equals(id));
    }

    private long lingering() {
        return occupied.stream().filter(number -> !calls.containsKey(number)).count();
    }

    private static Optional<JsonObject> parse(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            return Optional.of(reader.readObject());
        } catch (RuntimeException | StackOverflowError unreadable) { // parsers report too deep nesting either way
            return Optional.empty();
        }
    }

    private void refuse(CallRequest request, Optional<OfferedTool> tool, String why) {
        threads.counters().count(CallCounters.End.TURNED_AWAY);
        boolean blocking = tool.map(known -> known.description().blocking()).orElse(false);
        Scheduling scheduling =
                tool.map(known -> known.description().scheduling()).orElse(Scheduling.WHEN_IDLE);
        listener.answered(new ToolAnswer(request, CallReport.error(why), blocking, scheduling));
    }

    private void accept(PendingCall call) {
        calls.put(call.number(), call);
        if (call.description().confirm()) {
            Duration within = threads.settings().confirmWithin();
            call.await(after(within, call, Kind.UNDECIDED));
            listener.stands(call.asking(within));
        } else {
            begin(call);
        }
    }

    private void begin(PendingCall call) {
        listener.stands(call.notice(State.CALLED));
        RunningCall running = new RunningCall(
                call.number(),
                call.tool(),
                call.arguments(),
                context,
                threads.settings().resultBytes(),
                reports);
        call.runs(running);
        call.await(after(limit(call), call, Kind.OVERDUE));
        occupied.add(call.number());
        if (!threads.begin(running)) {
            occupied.remove(call.number());
            end(call, State.FAILED, CallReport.error("This server runs too many calls now. Try again in a moment."));
        }
    }

    private Duration limit(PendingCall call) {
        return call.description().timeLimit().orElse(threads.settings().timeLimit());
    }

    private Timers.Timer after(Duration delay, PendingCall call, Kind kind) {
        return threads.timers().schedule(delay, () -> reports.accept(CallReport.of(call.number(), kind)));
    }

    /** The person has decided about a call; a decision about one that does not wait for it (any more) counts for nothing. */
    public void decide(long number, boolean allowed) {
        PendingCall call = calls.get(number);
        if (call == null || !call.waitsForPerson()) {
            return;
        }
        if (allowed) {
            begin(call);
        } else {
            end(call, State.REFUSED, CallReport.error("The person did not allow this call. Do not repeat it unasked."));
        }
    }

    /** Something happened on another thread. */
    public void take(CallReport report) {
        boolean over = report.kind() == Kind.RESULT || report.kind() == Kind.FAILURE;
        if (over) {
            occupied.remove(report.call());
        }
        PendingCall call = calls.get(report.call());
        if (call == null) {
            return; // cancelled or given up before
        }
        switch (report.kind()) {
            case RESULT -> end(call, State.DONE, report.response());
            case FAILURE -> end(call, State.FAILED, report.response());
            case OVERDUE ->
                end(
                        call,
                        State.FAILED,
                        CallReport.error(
                                "It took longer than " + limit(call).toMillis() / 1000.0 + " s and was stopped."));
            case UNDECIDED -> {
                if (call.waitsForPerson()) {
                    end(call, State.REFUSED, CallReport.error("The person did not say whether this call is allowed."));
                }
            }
        }
    }

    private void end(PendingCall call, State state, JsonObject response) {
        calls.remove(call.number());
        call.stop();
        threads.counters().count(CallCounters.End.valueOf(state.name()));
        listener.stands(call.notice(state));
        listener.answered(call.answer(response));
    }

    /** The model does not want these results any more: nothing is answered. */
    public void cancel(Collection<String> ids) {
        List.copyOf(calls.values()).stream()
                .filter(call -> ids.contains(call.request().id()))
                .forEach(this::cancel);
    }

    /** Who asked may have forgotten some of these calls: nobody would take their results. */
    public void cancelForgotten() {
        List.copyOf(calls.values()).stream()
                .filter(call -> !call.request().asker().knows())
                .forEach(this::cancel);
    }

    private void cancel(PendingCall call) {
        calls.remove(call.number());
        call.stop();
        threads.counters().count(CallCounters.End.CANCELLED);
        listener.stands(call.notice(State.CANCELLED));
    }

    /** Interrupts what runs, and tells nothing more. */
    @Override
    public void close() {
        calls.values().forEach(PendingCall::stop);
        calls.values().forEach(call -> threads.counters().count(CallCounters.End.CANCELLED));
        calls.clear();
    }
}
