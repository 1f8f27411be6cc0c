package dev.parley.operations.health;

import dev.parley.shared.health.ReadinessCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What can be said of this node. Writes a line when a check changes its mind. Any thread. */
@ApplicationScoped
class Health {
    private static final Logger LOG = System.getLogger(Health.class.getName());

    private final List<ReadinessCheck> checks;

    /** What was said last of those that are not ready. */
    private final Map<String, String> complaints = new ConcurrentHashMap<>();

    private volatile boolean started;

    /**
     * One answer.
     *
     * @param name of the check
     * @param why in words for the operator why it is not up; empty: it is
     */
    record Finding(String name, Optional<String> why) {
        boolean isUp() {
            return why.isEmpty();
        }
    }

    /** For CDI's client proxy only. */
    protected Health() {
        checks = List.of();
    }

    @Inject
    Health(@Any Instance<ReadinessCheck> checks) {
        this(checks.stream().toList());
    }

    Health(List<ReadinessCheck> checks) {
        this.checks = checks.stream()
                .sorted(Comparator.comparing(ReadinessCheck::name))
                .toList();
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        started = true;
    }

    /** That this answers is all there is to say. */
    List<Finding> live() {
        return List.of(new Finding("answering", Optional.empty()));
    }

    /** Whether the application has started. */
    List<Finding> started() {
        return List.of(new Finding(
                "application", started ? Optional.empty() : Optional.of("The application is still starting.")));
    }

    /** Whether conversations should come here. */
    List<Finding> ready() {
        List<Finding> findings = new ArrayList<>();
        for (ReadinessCheck check : checks) {
            Finding finding = new Finding(check.name(), ask(check));
            findings.add(finding);
            note(finding);
        }
        return findings;
    }

    private static Optional<String> ask(ReadinessCheck check) {
        try {
            return check.whyNotReady();
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, () -> "The health check " + check.name() + " failed", defect);
            return Optional.of("The check itself failed; the log has more.");
        }
    }

    private void note(Finding finding) {
        String before = finding.why()
                .map(why -> complaints.put(finding.name(), why))
                .orElseGet(() -> finding.isUp() ? complaints.remove(finding.name()) : null);
        if (finding.isUp() && before != null) {
            LOG.log(Level.INFO, "Ready again as to {0}", finding.name());
        } else if (!finding.isUp() && !finding.why().orElse("").equals(before)) {
            LOG.log(
                    Level.WARNING,
                    "Not ready as to {0}: {1}",
                    finding.name(),
                    finding.why().orElse(""));
        }
    }

    /** Everything. */
    List<Finding> all() {
        List<Finding> all = new ArrayList<>(live());
        all.addAll(started());
        all.addAll(ready());
        return all;
    }
}
