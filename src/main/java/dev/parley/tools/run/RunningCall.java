package dev.parley.tools.run;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.tools.ToolException;
import dev.parley.tools.offer.CallContext;
import dev.parley.tools.offer.OfferedTool;
import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call on its thread: reports once how it ended, interrupted or not. */
public final class RunningCall implements Runnable {
    private static final Logger LOG = System.getLogger(RunningCall.class.getName());

    private final long number;
    private final OfferedTool tool;
    private final JsonObject arguments;
    private final CallContext context;
    private final int mostBytes;
    private final Consumer<CallReport> reports;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable Thread thread;

    @GuardedBy("lock")
    private boolean stopped;

    /**
     * A call that has not begun.
     *
     * @param mostBytes longest result
     * @param reports told once, on the call's thread
     */
    public RunningCall(
            long number,
            OfferedTool tool,
            JsonObject arguments,
            CallContext context,
            int mostBytes,
            Consumer<CallReport> reports) {
        this.number = number;
        this.tool = tool;
        this.arguments = arguments;
        this.context = context;
        this.mostBytes = mostBytes;
        this.reports = reports;
    }

    @Override
    public void run() {
        CallReport report = CallReport.failure(number, "It was stopped before it began.");
        if (begin()) {
            try {
                report = called();
            } finally {
                end();
            }
        }
        reports.accept(report);
    }

    private boolean begin() {
        synchronized (lock) {
            thread = stopped ? null : Thread.currentThread();
            return !stopped;
        }
    }

    /** The thread serves others from here on: an interrupt that came too late must not reach them. */
    private void end() {
        synchronized (lock) {
            thread = null;
            Thread.interrupted();
        }
    }

    /** Interrupts the call, if it runs; one that has not begun never does. Any thread. */
    public void stop() {
        synchronized (lock) {
            stopped = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    private boolean isStopped() {
        synchronized (lock) {
            return stopped;
        }
    }

    private CallReport called() {
        String name = tool.description().name();
        try {
            JsonObject response = tool.call(arguments, context);
            int bytes = response.toString().getBytes(StandardCharsets.UTF_8).length;
            return bytes <= mostBytes
                    ? new CallReport(number, CallReport.Kind.RESULT, response)
                    : CallReport.failure(
                            number,
                            "The result has " + bytes + " bytes, but only " + mostBytes
                                    + " are allowed here. Ask for less at a time.");
        } catch (ToolException told) {
            return CallReport.failure(number, told.getMessage());
        } catch (Exception | Error failed) { // an Error too: a call without an answer would leave the model waiting
            LOG.log(
                    isStopped() ? Level.DEBUG : Level.WARNING,
                    () -> "Conversation " + context.conversation().id() + ": the tool " + name + " failed",
                    failed);
            return CallReport.failure(
                    number, "The tool " + name + " failed for a reason of its own, which has been logged.");
        }
    }
}
