package dev.parley.operations.desk;

import dev.parley.limits.LimitsSnapshot.KeyUse;
import dev.parley.limits.NodeAdmission;
import dev.parley.operations.board.Board;
import dev.parley.operations.board.KeyEvidence;
import dev.parley.operations.board.KeyEvidence.Health;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The keys by name, with what was seen of each and what is used of it. Thread safe. */
@ApplicationScoped
public class KeyDesk {
    private final NodeAdmission admission;
    private final Board board;

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected KeyDesk() {
        admission = null;
        board = null;
    }

    /** Joins the two. */
    @Inject
    public KeyDesk(NodeAdmission admission, Board board) {
        this.admission = admission;
        this.board = board;
    }

    /** In the order of the configuration; without one, the simulator's stand-in. */
    public List<KeyView> keys() {
        return admission.snapshot().keys().stream().map(this::view).toList();
    }

    private KeyView view(KeyUse use) {
        KeyEvidence seen = board.key(use.name());
        boolean spentHere = use.spentUntil().isPresent() && seen.health() != Health.REFUSED;
        return new KeyView(
                use.name(),
                (spentHere ? Health.QUOTA : seen.health()).name().toLowerCase(Locale.ROOT),
                spentHere ? "The tokens that may be spent in a minute (tokens-per-minute) are spent." : seen.why(),
                seen.at().toString(),
                use.spentUntil().or(seen::until).map(Instant::toString).orElse(""),
                use.held(),
                use.tokens());
    }
}
