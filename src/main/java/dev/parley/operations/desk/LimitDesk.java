package dev.parley.operations.desk;

import dev.parley.limits.LimitSettings;
import dev.parley.limits.NodeAdmission;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.settings.SettingException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** The limits, readable and changeable while people talk; what was configured comes back with a restart. Thread safe. */
@ApplicationScoped
public class LimitDesk {
    private static final Logger LOG = System.getLogger(LimitDesk.class.getName());

    private final NodeAdmission admission;
    private final LimitSettings configured;

    /** One change after the other, or one of two at a time would be lost. */
    private final Object lock = new Object();

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected LimitDesk() {
        admission = null;
        configured = null;
    }

    /** Takes what holds at first as what is configured. */
    @Inject
    public LimitDesk(NodeAdmission admission) {
        this.admission = admission;
        configured = admission.limits();
    }

    /** What holds now. */
    public LimitsView limits() {
        return LimitsView.of(admission.limits(), configured);
    }

    /**
     * Lets other limits hold from now on: slots, budget and waiting room at once, the length for conversations that begin
     * later. Those that run keep their slots.
     *
     * @param changes by the names of {@link LimitsView}
     * @param operator who, for the log
     * @throws ParleyException {@code BAD_MESSAGE} with the name, the value and what is allowed; then nothing is changed
     */
    public LimitsView change(Map<String, Long> changes, String operator) {
        Map<String, String> texts = new LinkedHashMap<>();
        changes.forEach((name, value) -> {
            String[] setting = LimitsView.SETTINGS.get(name);
            if (setting == null) {
                throw new ParleyException(
                        FailureKind.BAD_MESSAGE,
                        "There is no limit of this name; there are "
                                + String.join(", ", new TreeSet<>(LimitsView.SETTINGS.keySet())) + ".");
            }
            texts.put(setting[0], value + setting[1]);
        });
        synchronized (lock) {
            try {
                admission.limit(admission.limits().with(texts));
            } catch (SettingException refused) {
                throw new ParleyException(FailureKind.BAD_MESSAGE, String.valueOf(refused.getMessage()), refused);
            }
        }
        LOG.log(Level.INFO, "Limits are changed by {0}, until the next start: {1}", operator, texts);
        return limits();
    }
}
