package dev.parley.simulator.door;

import dev.parley.shared.settings.Secret;
import dev.parley.simulator.Simulator;
import dev.parley.simulator.protocol.LiveJson;
import dev.parley.simulator.protocol.LiveModel;
import dev.parley.simulator.protocol.WireFault;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1beta/models} and {@code /v1beta/models/{id}}: clients ask before they dial. */
@WebServlet(urlPatterns = {"/v1beta/models/*", "/v1alpha/models/*", "/v1/models/*"})
public final class ModelsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Simulator simulator;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!simulator.isEnabled()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Map<String, List<String>> headers = Map.of(
                "x-goog-api-key", Collections.list(request.getHeaders("x-goog-api-key")),
                "authorization", Collections.list(request.getHeaders("Authorization")));
        Optional<Secret> credential = CredentialReader.read(headers, request.getQueryString(), false);
        Answer answer = answer(request.getServletPath(), request.getPathInfo(), credential);
        response.setStatus(answer.status());
        response.setContentType("application/json; charset=UTF-8");
        response.getOutputStream().write(answer.body().toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A response.
     *
     * @param status of HTTP
     * @param body JSON
     */
    record Answer(int status, JsonObject body) {}

    /**
     * Answers a request.
     *
     * @param servletPath such as {@code /v1beta/models}
     * @param pathInfo such as {@code /gemini-3.8-live}, or null
     */
    static Answer answer(String servletPath, @Nullable String pathInfo, Optional<Secret> credential) {
        String version = servletPath.split("/", -1)[1];
        if (credential.isEmpty()) {
            return error(403, "PERMISSION_DENIED", WireFault.NO_KEY.refusal().reason());
        }
        if (credential.get().reveal().startsWith("invalid")) {
            return error(400, "INVALID_ARGUMENT", WireFault.BAD_KEY.refusal().reason());
        }
        String id = pathInfo == null ? "" : pathInfo.substring(1);
        if (id.isEmpty()) {
            JsonArrayBuilder models = LiveJson.array();
            LiveModel.of(version).forEach(model -> models.add(model.toJson()));
            return new Answer(200, LiveJson.object().add("models", models).build());
        }
        return LiveModel.find(id, version)
                .map(model -> new Answer(200, model.toJson()))
                .orElseGet(() ->
                        error(404, "NOT_FOUND", "models/" + id + " is not found for API version " + version + "."));
    }

    private static Answer error(int code, String status, String message) {
        JsonObject body = LiveJson.object()
                .add(
                        "error",
                        LiveJson.object()
                                .add("code", code)
                                .add("message", message)
                                .add("status", status))
                .build();
        return new Answer(code, body);
    }
}
