package dev.parley.security.gate;

import dev.parley.security.address.Peer;
import dev.parley.shared.settings.SettingsReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Says loudly that everybody may talk on the operator's account: at the start, when there is one, and again when the first
 * request comes from elsewhere, since no server tells an application what it listens on. Thread safe.
 */
final class OpenWarning {
    private static final Logger LOG = System.getLogger(OpenWarning.class.getName());

    /** One of these makes conversations cost something. */
    private static final List<String> ACCOUNTS =
            List.of("GEMINI_API_KEY", "parley.gemini.key", "parley.gemini.keys", "parley.gemini.vertex.project");

    private static final String HOW =
            " To close it, set parley.security.mode to basic, oidc or container (docs/security.md);"
                    + " or let the server listen on 127.0.0.1 only.";

    private final AtomicBoolean due;

    private OpenWarning(boolean due) {
        this.due = new AtomicBoolean(due);
    }

    static OpenWarning begin(SettingsReader settings, boolean open) {
        boolean simulated = settings.text("parley.simulator.enabled", "auto").equalsIgnoreCase("always");
        boolean paid =
                ACCOUNTS.stream().anyMatch(account -> settings.text(account).isPresent());
        boolean due = open && paid && !simulated;
        if (due) {
            LOG.log(
                    Level.WARNING,
                    "NOBODY HAS TO SIGN IN: whoever reaches this server talks with Gemini on your account." + HOW);
        }
        return new OpenWarning(due);
    }

    /** A request came from there. */
    void seen(Peer peer) {
        if (!peer.ownMachine() && due.compareAndSet(true, false)) {
            LOG.log(
                    Level.WARNING,
                    "NOBODY HAS TO SIGN IN, and this server is reached from other machines: {0} was the first." + HOW,
                    peer.address());
        }
    }
}
