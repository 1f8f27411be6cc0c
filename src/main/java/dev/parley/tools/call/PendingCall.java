package dev.parley.tools.call;

import dev.parley.shared.execution.Timers;
import dev.parley.tools.call.CallNotice.State;
import dev.parley.tools.offer.OfferedTool;
import dev.parley.tools.offer.ToolDescription;
import dev.parley.tools.run.RunningCall;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call that was asked for and has no answer yet: it waits for the person, or runs. Confined to the mailbox. */
final class PendingCall {
    private final long number;
    private final CallRequest request;
    private final OfferedTool tool;
    private final JsonObject arguments;
    private Timers.@Nullable Timer timer;
    private @Nullable RunningCall running;

    PendingCall(long number, CallRequest request, OfferedTool tool, JsonObject arguments) {
        this.number = number;
        this.request = request;
        this.tool = tool;
        this.arguments = arguments;
    }

    long number() {
        return number;
    }

    CallRequest request() {
        return request;
    }

    OfferedTool tool() {
        return tool;
    }

    JsonObject arguments() {
        return arguments;
    }

    ToolDescription description() {
        return tool.description();
    }

    /** Waits for the end of a time, instead of one before. */
    void await(Timers.Timer due) {
        cancelTimer();
        timer = due;
    }

    void runs(RunningCall call) {
        running = call;
    }

    boolean waitsForPerson() {
        return running == null;
    }

    /** Interrupts it, if it runs. */
    void stop() {
        if (running != null) {
            running.stop();
        }
        cancelTimer();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
        }
        timer = null;
    }

    CallNotice asking(Duration within) {
        return notice(State.ASKING, ArgumentWords.of(arguments), within);
    }

    CallNotice notice(State state) {
        return notice(state, "", Duration.ZERO);
    }

    private CallNotice notice(State state, String words, Duration within) {
        return new CallNotice(number, description().name(), description().title(), state, words, within);
    }

    ToolAnswer answer(JsonObject response) {
        return new ToolAnswer(
                request, response, description().blocking(), description().scheduling());
    }
}
