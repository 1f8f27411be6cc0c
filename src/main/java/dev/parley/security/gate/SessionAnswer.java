package dev.parley.security.gate;

import dev.parley.security.Refusal;
import dev.parley.security.signin.SignInMode;
import dev.parley.shared.failure.FailureKind;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** {@code GET /api/session}: tells a page who is signed in, and how they sign out. */
final class SessionAnswer {
    private SessionAnswer() {}

    static void write(SignInMode mode, Pass pass, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!request.getMethod().equals("GET")) {
            response.setHeader("Allow", "GET");
            new Refusal(
                            HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                            FailureKind.BAD_MESSAGE,
                            "This address answers GET only.",
                            Optional.empty(),
                            Optional.empty())
                    .writeTo(request, response);
            return;
        }
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("mode", mode.name())
                .add(
                        "roles",
                        Json.createArrayBuilder(pass.roles().stream().sorted().toList()))
                .add("canSignOut", mode.canSignOut() && pass.ambient());
        pass.who().ifPresent(who -> json.add("name", who.name()));
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print(json.build());
    }
}
