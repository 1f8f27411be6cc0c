package dev.parley.security.signin;

import dev.parley.security.Refusal;
import dev.parley.security.address.Peer;
import dev.parley.shared.failure.FailureKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Nobody signs in, and everybody may talk. */
public final class OpenMode implements SignInMode {
    @Override
    public String name() {
        return "open";
    }

    @Override
    public Finding identify(HttpServletRequest request, Peer peer) {
        return Finding.NOBODY;
    }

    @Override
    public void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Refusal.of(
                        FailureKind.REFUSED,
                        "Nobody can sign in to this server, so its administration is open on the machine itself only. Its"
                                + " operator chooses another parley.security.mode, or sets parley.operations.admin-token.")
                .writeTo(request, response);
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
