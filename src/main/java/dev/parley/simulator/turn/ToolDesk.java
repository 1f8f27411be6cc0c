package dev.parley.simulator.turn;

import dev.parley.simulator.line.Outbox;
import dev.parley.simulator.protocol.LiveModel.Trait;
import dev.parley.simulator.protocol.ServerFrames;
import dev.parley.simulator.protocol.WireFault;
import dev.parley.simulator.setup.SessionSetup;
import dev.parley.simulator.setup.SessionSetup.Function;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Functions that were called and not yet answered. Serial order of the session. */
final class ToolDesk {
    /** More pending calls, or remembered cancellations, than any client has. */
    private static final int MAX_REMEMBERED = 64;

    private final boolean vertex;
    private final boolean schedules;
    private final Outbox outbox;
    private final Map<String, Function> pending = new LinkedHashMap<>();
    private final Set<String> cancelled = new LinkedHashSet<>();
    private int calls;

    /** When a result is to be spoken of. */
    enum When {
        /** When nobody speaks. */
        IDLE,
        /** At once. */
        NOW,
        /** Never. */
        NEVER
    }

    /**
     * A result.
     *
     * @param function which was called
     * @param response as JSON
     * @param when to speak of it
     */
    record Result(Function function, String response, When when) {}

    ToolDesk(SessionSetup setup, boolean vertex, Outbox outbox) {
        this.vertex = vertex;
        this.schedules =
                !setup.model().is(Trait.CONTENT_SEEDS_ONLY) && !setup.model().is(Trait.INTERACTION_STATUS);
        this.outbox = outbox;
    }

    void call(Function function, JsonObject arguments) {
        calls++;
        String id = "function-call-" + calls;
        pending.put(id, function);
        forgetOldest(pending.keySet());
        outbox.send(ServerFrames.toolCall(id, function.name(), arguments));
    }

    /** New input makes the results of blocking calls unwanted. */
    void cancelBlocking() {
        cancel(pending.entrySet().stream()
                .filter(call -> call.getValue().blocking())
                .map(Map.Entry::getKey)
                .toList());
    }

    /** Makes all results unwanted. */
    void cancelAll() {
        cancel(List.copyOf(pending.keySet()));
    }

    private void cancel(List<String> ids) {
        if (!ids.isEmpty()) {
            ids.forEach(pending::remove);
            cancelled.addAll(ids);
            forgetOldest(cancelled);
            outbox.send(ServerFrames.toolCallCancellation(ids));
        }
    }

    /** Takes one function response; empty when there is nothing to say to it. */
    Optional<Result> answered(JsonObject answer) {
        String id = answer.getString("id", "");
        if (id.isEmpty() && vertex && !pending.isEmpty()) {
            id = pending.keySet().iterator().next();
        }
        if (cancelled.contains(id)) {
            return Optional.empty(); // it crossed the cancellation on the way
        }
        Function function = pending.get(id);
        if (function == null || !(answer.get("response") instanceof JsonObject response)) {
            throw WireFault.INVALID_ARGUMENT.refusal();
        }
        String scheduling = answer.getString("scheduling", "");
        if (!scheduling.isEmpty() && !schedules) {
            throw WireFault.INVALID_ARGUMENT.refusal();
        }
        if (!answer.getBoolean("willContinue", false)) {
            pending.remove(id);
        }
        When when = scheduling.equals("INTERRUPT") ? When.NOW : scheduling.equals("SILENT") ? When.NEVER : When.IDLE;
        String shown = response.toString();
        return Optional.of(new Result(function, shown, when));
    }

    private static void forgetOldest(Set<String> ids) {
        while (ids.size() > MAX_REMEMBERED) {
            ids.remove(ids.iterator().next());
        }
    }
}
