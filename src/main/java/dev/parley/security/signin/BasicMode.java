package dev.parley.security.signin;

import dev.parley.security.address.Peer;
import dev.parley.security.password.PasswordDesk;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Users of a file, by HTTP's own Basic scheme (RFC 7617): the browser asks, remembers, and adds it to handshakes too. */
public final class BasicMode implements SignInMode {
    static final String CHALLENGE = "Basic realm=\"Parley\", charset=\"UTF-8\"";

    private final PasswordDesk desk;

    /** Checks passwords there. */
    public BasicMode(PasswordDesk desk) {
        this.desk = desk;
    }

    @Override
    public String name() {
        return "basic";
    }

    @Override
    public Finding identify(HttpServletRequest request, Peer peer) {
        return Authorization.basic(request)
                .map(given -> desk.check(given.name(), given.password(), peer.countedAs()))
                .map(outcome -> outcome.refusal()
                        .map(Finding::refused)
                        .orElseGet(() -> outcome.who().map(Finding::remembered).orElse(Finding.NOBODY)))
                .orElse(Finding.NOBODY);
    }

    @Override
    public void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SignInMode.unknown(CHALLENGE).writeTo(request, response);
    }
}
