package dev.parley.gemini.watch;

import dev.parley.gemini.settings.ApiKeys;
import dev.parley.shared.health.ReadinessCheck;
import dev.parley.shared.settings.ApiKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Whether Google takes the keys, as far as it has said. Any thread. */
@ApplicationScoped
public class KeyHealth implements ReadinessCheck {
    private static final Logger LOG = System.getLogger(KeyHealth.class.getName());

    private final List<ApiKey> keys;
    private final Clock clock;
    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();

    /**
     * What Google said of a key last.
     *
     * @param accepted whether it took it
     * @param since when it said so first, without another word in between
     * @param words why not, in a sentence for the operator; empty when it did
     */
    public record Verdict(boolean accepted, Instant since, String words) {}

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected KeyHealth() {
        keys = List.of();
        clock = null;
    }

    /** Knows nothing yet. */
    @Inject
    public KeyHealth(ApiKeys keys, Clock clock) {
        this.keys = keys.keys();
        this.clock = clock;
    }

    /** What Google said last of the key with that name; empty while it has said nothing. */
    public Optional<Verdict> of(String name) {
        return Optional.ofNullable(verdicts.get(name));
    }

    /** Google took it. */
    void accepted(ApiKey key) {
        Verdict last = verdicts.get(key.name());
        if (last == null || !last.accepted) {
            verdicts.put(key.name(), new Verdict(true, clock.instant(), ""));
            if (last != null) {
                LOG.log(Level.INFO, "Gemini accepts the key \"{0}\" again", key.name());
            }
        }
    }

    /** Google did not take it. */
    void refused(ApiKey key, String words) {
        Verdict last = verdicts.get(key.name());
        if (last == null || last.accepted) {
            verdicts.put(key.name(), new Verdict(false, clock.instant(), words));
            LOG.log(Level.WARNING, "The key \"{0}\" is refused: {1}", key.name(), words);
        }
    }

    @Override
    public String name() {
        return "gemini-key";
    }

    /** Not while every key is refused: with one that is good, there are conversations. */
    @Override
    public Optional<String> whyNotReady() {
        List<Verdict> refused = keys.stream()
                .map(key -> verdicts.get(key.name()))
                .filter(verdict -> verdict != null && !verdict.accepted)
                .toList();
        return refused.isEmpty() || refused.size() < keys.size()
                ? Optional.empty()
                : Optional.of(refused.get(0).words());
    }
}
