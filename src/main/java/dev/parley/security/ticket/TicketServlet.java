package dev.parley.security.ticket;

import dev.parley.security.Refusal;
import dev.parley.security.SignedIn;
import dev.parley.security.origin.OriginRule;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.SettingsReader;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/tickets}: one ticket for whoever is signed in, see {@code docs/security.md}. */
@WebServlet(urlPatterns = "/api/tickets")
public final class TicketServlet extends HttpServlet {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MOST_BYTES = 4 << 10;

    private final transient Tickets tickets;
    private final transient OriginRule origins;

    /** Issues these tickets, to origins that may open conversations. */
    @Inject
    public TicketServlet(Tickets tickets, SettingsReader settings) {
        this.tickets = tickets;
        this.origins = OriginRule.read(settings);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            refuse(FailureKind.BAD_MESSAGE, 405, "This address answers POST only.")
                    .writeTo(request, response);
            return;
        }
        Optional<String> origin = origin(request);
        if (origin.isEmpty()) {
            refuse(
                            FailureKind.BAD_MESSAGE,
                            400,
                            "Say whose pages the ticket is for: a JSON object such as"
                                    + " {\"origin\":\"https://intranet.example\"}.")
                    .writeTo(request, response);
            return;
        }
        Optional<String> foreign = origins.refusal(origin.get(), request);
        if (foreign.isPresent()) {
            Refusal.of(FailureKind.REFUSED, foreign.get()).writeTo(request, response);
            return;
        }
        Optional<String> ticket =
                tickets.issue(SignedIn.of(request.getUserPrincipal()), OriginRule.normalised(origin.get()));
        if (ticket.isEmpty()) {
            Refusal.later(FailureKind.NO_CAPACITY, "Too many tickets are out. Try again soon.", Duration.ofSeconds(10))
                    .writeTo(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_CREATED);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter()
                .print(Json.createObjectBuilder()
                        .add("ticket", ticket.get())
                        .add("origin", OriginRule.normalised(origin.get()))
                        .add("expiresInSeconds", tickets.life().toSeconds())
                        .build());
    }

    private static Refusal refuse(FailureKind kind, int status, String detail) {
        return new Refusal(status, kind, detail, Optional.empty(), Optional.empty());
    }

    /** What the body names, or the page that asks; empty when neither does, or the body makes no sense. */
    private static Optional<String> origin(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length == 0) {
            return Optional.ofNullable(request.getHeader("Origin"));
        }
        if (body.length > MOST_BYTES) {
            return Optional.empty();
        }
        try (JsonReader reader = Json.createReader(new StringReader(new String(body, StandardCharsets.UTF_8)))) {
            JsonObject json = reader.readObject();
            @Nullable JsonValue named = json.get("origin");
            if (named == null) {
                return Optional.ofNullable(request.getHeader("Origin"));
            }
            return named.getValueType() == JsonValue.ValueType.STRING
                    ? Optional.of(json.getString("origin"))
                    : Optional.empty();
        } catch (JsonException | IllegalStateException malformed) {
            return Optional.empty();
        }
    }
}
