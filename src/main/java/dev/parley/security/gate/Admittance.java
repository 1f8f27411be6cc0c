package dev.parley.security.gate;

import dev.parley.security.Refusal;
import dev.parley.security.SignedIn;
import dev.parley.security.address.Peer;
import dev.parley.security.origin.OriginRule;
import dev.parley.security.path.Need;
import dev.parley.security.signin.Finding;
import dev.parley.security.signin.SignInMode;
import dev.parley.security.ticket.Tickets;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.SettingsReader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Whether somebody may get at an address that needs something. Thread safe. */
final class Admittance {
    private static final Pass EVERYBODY = new Pass(Optional.empty(), Set.of(SignedIn.TALK), false);

    private final SignInMode mode;
    private final OperatorsDoor operators;
    private final Tickets tickets;

    private Admittance(SignInMode mode, OperatorsDoor operators, Tickets tickets) {
        this.mode = mode;
        this.operators = operators;
        this.tickets = tickets;
    }

    static Admittance read(SettingsReader settings, SignInMode mode, Tickets tickets) {
        return new Admittance(mode, OperatorsDoor.read(settings), tickets);
    }

    /** Empty when the request was answered: refused, or asked to sign in. */
    Optional<Pass> admit(Need need, HttpServletRequest request, HttpServletResponse response, Peer peer)
            throws IOException {
        if (need == Need.FIGURES && (operators.mayReadFigures(request) || operators.isOwnMachine(request, peer))) {
            return Optional.of(Pass.ANYBODY);
        }
        return mode.isOpen() ? admitAnybody(need, request, response, peer) : admitKnown(need, request, response, peer);
    }

    /** The holder of a ticket is whoever asked for it; one that is no good is not made up for by another sign-in. */
    Optional<Pass> admitHolder(String ticket, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String origin = request.getHeader("Origin");
        Optional<Pass> pass = origin == null
                ? Optional.empty()
                : tickets.redeem(ticket, OriginRule.normalised(origin))
                        .map(taken ->
                                taken.who().map(who -> Pass.of(who, false)).orElse(EVERYBODY))
                        .filter(holder -> fits(Need.TALK, holder.roles()));
        if (pass.isEmpty()) {
            Refusal.signInNeeded(
                            "This ticket is none, was used, is too old, or is for pages of another origin. Get a new one with"
                                    + " POST /api/tickets.",
                            "Ticket")
                    .writeTo(request, response);
        }
        return pass;
    }

    private Optional<Pass> admitAnybody(Need need, HttpServletRequest request, HttpServletResponse response, Peer peer)
            throws IOException {
        if (!needsOperator(need)) {
            return Optional.of(EVERYBODY);
        }
        Optional<Pass> operator = operators.operator(request, peer);
        if (operator.isEmpty() && operators.hasAdminToken()) {
            Refusal.signInNeeded(
                            "Give the token that parley.operations.admin-token has on this server.",
                            "Basic realm=\"Parley's administration\", charset=\"UTF-8\"")
                    .writeTo(request, response);
        } else if (operator.isEmpty()) {
            mode.ask(request, response);
        }
        return operator;
    }

    private Optional<Pass> admitKnown(Need need, HttpServletRequest request, HttpServletResponse response, Peer peer)
            throws IOException {
        Finding found = mode.identify(request, peer);
        if (found.refusal().isPresent()) {
            found.refusal().get().writeTo(request, response);
            return Optional.empty();
        }
        if (found.who().isEmpty()) {
            mode.ask(request, response);
            return Optional.empty();
        }
        SignedIn who = found.who().get();
        if (!fits(need, who.roles())) {
            String wanted = needsOperator(need) ? SignedIn.ADMIN : SignedIn.TALK;
            Refusal.of(
                            FailureKind.REFUSED,
                            "You are signed in, but not in the role \"" + wanted
                                    + "\", which this needs. The operator of this server can give it to you.")
                    .writeTo(request, response);
            return Optional.empty();
        }
        return Optional.of(Pass.of(who, found.ambient()));
    }

    private static boolean needsOperator(Need need) {
        return need == Need.ADMIN || need == Need.FIGURES;
    }

    private static boolean fits(Need need, Set<String> roles) {
        return switch (need) {
            case NOTHING, SIMULATED -> true;
            case EITHER -> roles.contains(SignedIn.TALK) || roles.contains(SignedIn.ADMIN);
            case TALK -> roles.contains(SignedIn.TALK);
            case ADMIN, FIGURES -> roles.contains(SignedIn.ADMIN);
            case UNKNOWN -> false;
        };
    }
}
