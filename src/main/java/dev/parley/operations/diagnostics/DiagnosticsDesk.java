package dev.parley.operations.diagnostics;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.gemini.live.LiveUpstream;
import dev.parley.gemini.models.ModelProbe;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.limits.Admission;
import dev.parley.media.AudioDecoders;
import dev.parley.operations.board.Board;
import dev.parley.operations.diagnostics.check.DoorChecks;
import dev.parley.operations.diagnostics.check.Means;
import dev.parley.operations.diagnostics.check.UpstreamChecks;
import dev.parley.operations.diagnostics.step.Examination;
import dev.parley.operations.diagnostics.step.Step;
import dev.parley.operations.diagnostics.step.Verdict;
import dev.parley.shared.execution.BlockingWork;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes one diagnosis at a time, on the thread of whoever asks for it, and remembers the last. Thread safe. */
@ApplicationScoped
public class DiagnosticsDesk {
    private static final Logger LOG = System.getLogger(DiagnosticsDesk.class.getName());
    private static final Duration MOST = Duration.ofSeconds(90);

    private final Means means;
    private final OwnAddress address;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable Running running;

    @GuardedBy("lock")
    private @Nullable Report last;

    /** One that is under way; its steps are added under the lock. */
    private record Running(Diagnosis diagnosis, Instant at, long begun, Cancellation cancellation, List<Step> steps) {}

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected DiagnosticsDesk() {
        means = null;
        address = null;
    }

    /** Examines the capabilities that conversations use. */
    @Inject
    public DiagnosticsDesk(
            Admission admission,
            LiveUpstream upstream,
            LiveDefaults defaults,
            ModelProbe probe,
            LiveAddress gemini,
            AudioDecoders decoders,
            Board board,
            BlockingWork work,
            OwnAddress address) {
        this(
                new Means(
                        admission,
                        upstream,
                        defaults,
                        probe,
                        gemini,
                        decoders,
                        board,
                        work.clock(),
                        work.threads(),
                        (SSLSocketFactory) SSLSocketFactory.getDefault(),
                        Duration.ofSeconds(20),
                        1),
                address);
    }

    DiagnosticsDesk(Means means, OwnAddress address) {
        this.means = means;
        this.address = address;
    }

    /**
     * Makes a diagnosis; blocks until it is over, {@code MOST} at the longest.
     *
     * @param identity headers that a sign-in of this server wants; for {@link Diagnosis#LIVE}
     * @param listener told each step when it is taken, on this thread; what it throws cancels the rest
     * @throws ParleyException {@code NO_CAPACITY} while another one is made
     */
    public Report run(Diagnosis diagnosis, Map<String, String> identity, Consumer<Step> listener) {
        Running mine = begin(diagnosis);
        Examination examination = new Examination(MOST, mine.cancellation(), step -> {
            synchronized (lock) {
                mine.steps().add(step);
            }
            tell(listener, step, mine.cancellation());
        });
        Report report;
        try {
            if (diagnosis == Diagnosis.LIVE) {
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .executor(means.mayBlock())
                        .proxy(HttpClient.Builder.NO_PROXY) // a sign-in is sent, to this server and nobody else
                        .build();
                new DoorChecks(means, examination, client).examine(address.find(), identity);
            } else {
                new UpstreamChecks(means, examination).examine(diagnosis == Diagnosis.AUDIO);
            }
        } catch (Examination.Stopped stopped) {
            LOG.log(Level.DEBUG, "The diagnosis ends before its last step");
        } finally {
            report = finish(mine);
        }
        LOG.log(
                Level.INFO,
                "Diagnosis {0}: {1} after {2} ms, {3}",
                report.diagnosis(),
                report.verdict(),
                report.millis(),
                report.steps().get(report.steps().size() - 1).line());
        return report;
    }

    /** Who cannot hear any more does not want to. */
    private static void tell(Consumer<Step> listener, Step step, Cancellation cancellation) {
        try {
            listener.accept(step);
        } catch (RuntimeException gone) {
            LOG.log(Level.DEBUG, "Nobody listens to the diagnosis any more", gone);
            cancellation.cancel();
        }
    }

    private Running begin(Diagnosis diagnosis) {
        synchronized (lock) {
            if (running != null) {
                throw new ParleyException(
                        FailureKind.NO_CAPACITY, "Another diagnosis is under way. Wait for it, or cancel it.");
            }
            running = new Running(
                    diagnosis, means.clock().instant(), System.nanoTime(), new Cancellation(), new ArrayList<>());
            return running;
        }
    }

    private Report finish(Running mine) {
        synchronized (lock) {
            String verdict = mine.steps().stream().anyMatch(step -> step.is(Verdict.FAILED))
                    ? "failed"
                    : mine.cancellation().isCancelled() ? "cancelled" : "passed";
            running = null;
            last = report(mine, verdict);
            return last;
        }
    }

    private static Report report(Running of, String verdict) {
        return new Report(
                of.diagnosis().word(),
                of.at().toString(),
                verdict,
                Duration.ofNanos(System.nanoTime() - of.begun()).toMillis(),
                of.steps());
    }

    /** The one under way, or the last; empty before the first. */
    public Optional<Report> last() {
        synchronized (lock) {
            return Optional.ofNullable(running == null ? last : report(running, "running"));
        }
    }

    @PreDestroy
    void end() {
        if (cancel()) {
            LOG.log(Level.INFO, "A diagnosis is given up, because this server stops");
        }
    }

    /** Gives up the one under way; false when there is none. */
    public boolean cancel() {
        Cancellation cancellation;
        synchronized (lock) {
            if (running == null) {
                return false;
            }
            cancellation = running.cancellation();
        }
        cancellation.cancel();
        return true;
    }
}
