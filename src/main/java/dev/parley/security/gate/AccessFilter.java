package dev.parley.security.gate;

import dev.parley.security.Refusal;
import dev.parley.security.Upgrades;
import dev.parley.security.address.Peer;
import dev.parley.security.address.Peers;
import dev.parley.security.header.SecurityHeaders;
import dev.parley.security.origin.OriginRule;
import dev.parley.security.path.Need;
import dev.parley.security.path.PathRules;
import dev.parley.security.rate.RequestRates;
import dev.parley.security.signin.SignInMode;
import dev.parley.security.ticket.Tickets;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.SettingsReader;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.time.Clock;
import java.util.Optional;

/**
 * Every request passes here first, WebSocket handshakes included: {@code web.xml} names it, and what is named there runs
 * before the filters of annotations and of the servers. What goes on from here is known by name and role, through the
 * request's own {@code getUserPrincipal} and {@code isUserInRole}, or is nobody's on an address that needs nobody.
 */
public final class AccessFilter extends HttpFilter {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String SESSION = "/api/session";
    private static final String SOCKET = "/ws/audio-live";

    private final transient SecurityHeaders headers;
    private final transient Peers peers;
    private final transient OriginRule origins;
    private final transient RequestRates rates;
    private final transient SignInMode mode;
    private final transient Admittance admittance;
    private final transient OpenWarning warning;

    /** Reads the settings; those that make no sense fail the deployment. */
    @Inject
    public AccessFilter(SettingsReader settings, Clock clock, Tickets tickets) {
        this(settings, clock, tickets, SignInModes.read(settings, clock));
    }

    AccessFilter(SettingsReader settings, Clock clock, Tickets tickets, SignInMode mode) {
        this.headers = SecurityHeaders.read(settings);
        this.peers = Peers.read(settings);
        this.origins = OriginRule.read(settings);
        this.rates = RequestRates.read(settings, clock);
        this.mode = mode;
        this.admittance = Admittance.read(settings, mode, tickets);
        this.warning = OpenWarning.begin(settings, mode.isOpen());
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Peer peer = peers.of(request);
        headers.addTo(request, response, peer.secure());
        warning.seen(peer);
        String path = path(request);
        Need need = PathRules.of(path, Upgrades.isAsked(request));
        if (need == Need.SIMULATED) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Refusal> refusal = isProbe(path) ? Optional.empty() : refusal(need, request, peer);
        if (refusal.isPresent()) {
            refusal.get().writeTo(request, response);
            return;
        }
        if (need == Need.NOTHING) {
            if (!mode.serve(path, request, response)) {
                chain.doFilter(new GuardedRequest(request, Pass.ANYBODY, false), response);
            }
            return;
        }
        boolean socket = path.equals(SOCKET) && Upgrades.isAsked(request);
        String ticket = socket ? request.getParameter("ticket") : null;
        Optional<Pass> pass = ticket == null
                ? admittance.admit(need, request, response, peer)
                : admittance.admitHolder(ticket, request, response);
        if (pass.isPresent()) {
            goOn(path, pass.get(), request, response, chain);
        }
    }

    /** Whoever asks how this node is shares an address with everybody where a load balancer stands before it. */
    private static boolean isProbe(String path) {
        return path.equals("/health") || path.startsWith("/health/");
    }

    /** What can be said before it is known who asks. */
    private Optional<Refusal> refusal(Need need, HttpServletRequest request, Peer peer) {
        return rates.countAddress(peer.countedAs())
                .or(() -> need == Need.UNKNOWN ? Optional.of(Refusal.notFound()) : Optional.empty())
                .or(() -> origins.refusal(request).map(why -> Refusal.of(FailureKind.REFUSED, why)));
    }

    private void goOn(
            String path, Pass pass, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Refusal> foreign = pass.ambient()
                ? origins.refusalOfUnnamed(request).map(why -> Refusal.of(FailureKind.REFUSED, why))
                : Optional.empty();
        Optional<Refusal> refusal = foreign.or(() -> pass.who().flatMap(who -> rates.countCaller(who.name())));
        if (refusal.isPresent()) {
            refusal.get().writeTo(request, response);
        } else if (path.equals(SESSION)) {
            SessionAnswer.write(mode, pass, request, response);
        } else {
            chain.doFilter(new GuardedRequest(request, pass, path.equals(SOCKET)), response);
        }
    }

    /** Undecoded; a spelling of the context path that is not its own leads nowhere. */
    private static String path(HttpServletRequest request) {
        String uri = request.getRequestURI();
        String context = request.getContextPath();
        return uri.startsWith(context) ? uri.substring(context.length()) : "";
    }
}
