package dev.parley.security.signin;

import dev.parley.security.Refusal;
import dev.parley.security.SignedIn;
import dev.parley.security.address.Peer;
import dev.parley.security.rate.TokenBuckets;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.SettingsReader;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Users of the server's own realm: whoever the server has signed in already, by whatever means it is configured with, or
 * whoever has a name and a password there ({@link HttpServletRequest#login}). The server says who is in which role.
 */
public final class ContainerMode implements SignInMode {
    private static final int MOST_ADDRESSES = 10_000;

    private final RoleNames names;
    private final List<String> others;
    private final TokenBuckets failures;

    private ContainerMode(RoleNames names, List<String> others, TokenBuckets failures) {
        this.names = names;
        this.others = others;
        this.failures = failures;
    }

    /** Reads how the server's realm calls the roles. */
    public static ContainerMode read(SettingsReader settings, Clock clock) {
        int failures = settings.integer("parley.security.failed-sign-ins-per-minute", 10, 1, 100_000);
        return new ContainerMode(
                RoleNames.read(settings),
                settings.list("parley.security.container-roles"),
                new TokenBuckets(failures, MOST_ADDRESSES, clock));
    }

    @Override
    public String name() {
        return "container";
    }

    @Override
    public Finding identify(HttpServletRequest request, Peer peer) {
        Principal known = request.getUserPrincipal();
        return known != null
                ? Finding.remembered(signedIn(request, known))
                : Authorization.basic(request)
                        .map(given -> login(request, given, peer.countedAs()))
                        .orElse(Finding.NOBODY);
    }

    private Finding login(HttpServletRequest request, Authorization.Basic given, String address) {
        Optional<Duration> wait = failures.look(address);
        if (wait.isPresent()) {
            return Finding.refused(Refusal.later(
                    FailureKind.NO_CAPACITY, "Too many wrong passwords came from this address.", wait.get()));
        }
        try {
            request.login(given.name(), given.password());
        } catch (ServletException | RuntimeException wrong) { // servers refuse with exceptions of their own
            failures.take(address);
            return Finding.NOBODY;
        }
        Principal known = request.getUserPrincipal();
        return known == null ? Finding.NOBODY : Finding.remembered(signedIn(request, known));
    }

    private SignedIn signedIn(HttpServletRequest request, Principal known) {
        Set<String> theirs = new HashSet<>();
        add(theirs, request, names.everybodyTalks() ? null : names.talk());
        add(theirs, request, names.admin());
        others.forEach(role -> add(theirs, request, role));
        return new SignedIn(known.getName(), names.translate(theirs));
    }

    private static void add(Set<String> roles, HttpServletRequest request, @Nullable String role) {
        if (role != null && request.isUserInRole(role)) {
            roles.add(role);
        }
    }

    @Override
    public void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SignInMode.unknown(BasicMode.CHALLENGE).writeTo(request, response);
    }
}
