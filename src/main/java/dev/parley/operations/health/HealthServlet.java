package dev.parley.operations.health;

import dev.parley.operations.OperatorAccess;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code GET /health}, {@code /health/live}, {@code /health/ready} and {@code /health/started}, in the JSON of MicroProfile Health
 * 4.0 §5: 200 when all is up, 503 otherwise. Everybody sees which check is down, the operator also why.
 */
@WebServlet({"/health", "/health/live", "/health/ready", "/health/started"})
public final class HealthServlet extends HttpServlet {
    @Serial
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Health health;

    @Inject
    private transient OperatorAccess access;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Health.Finding> findings =
                switch (request.getServletPath()) {
                    case "/health/live" -> health.live();
                    case "/health/started" -> health.started();
                    case "/health/ready" -> health.ready();
                    default -> health.all();
                };
        boolean up = findings.stream().allMatch(Health.Finding::isUp);
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        byte[] bytes = json(findings, up, access.isGiven(request)).toString().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    static JsonObject json(List<Health.Finding> findings, boolean up, boolean withReasons) {
        JsonArrayBuilder checks = Json.createArrayBuilder();
        for (Health.Finding finding : findings) {
            JsonObjectBuilder check =
                    Json.createObjectBuilder().add("name", finding.name()).add("status", word(finding.isUp()));
            if (withReasons) {
                finding.why()
                        .ifPresent(why ->
                                check.add("data", Json.createObjectBuilder().add("why", why)));
            }
            checks.add(check);
        }
        return Json.createObjectBuilder()
                .add("status", word(up))
                .add("checks", checks)
                .build();
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
