package dev.parley.simulator.rest;

import dev.parley.simulator.Simulator;
import dev.parley.simulator.fault.Caller;
import dev.parley.simulator.fault.Caller.Scope;
import dev.parley.simulator.fault.FaultPlans;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.files.FileShelf;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1beta/files}, {@code GET} and {@code DELETE /v1beta/files/{name}}. */
@WebServlet(urlPatterns = {"/v1beta/files/*", "/v1alpha/files/*", "/v1/files/*"})
public final class FilesServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int USUAL_PAGE = 10;
    private static final int LARGEST_PAGE = 100;

    @Inject
    private transient Simulator simulator;

    @Inject
    private transient FileShelf shelf;

    @Inject
    private transient FaultPlans plans;

    @Inject
    private transient Clock clock;

    /** What is done to a request whose key is good. */
    private interface Work {
        JsonObject answer(Caller caller, String path);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        serve(request, response, (caller, path) -> {
            String base = Exchange.base(request);
            return path.isEmpty()
                    ? page(caller, request.getQueryString(), base)
                    : shelf.file(caller.key(), "files/" + path).toJson(clock.instant(), base);
        });
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        serve(request, response, (caller, path) -> {
            shelf.delete(caller.key(), "files/" + path);
            return JsonObject.EMPTY_JSON_OBJECT;
        });
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, Work work) throws IOException {
        if (!simulator.isEnabled()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        try {
            Caller caller = Exchange.caller(request);
            caller.fail(Scope.FILES, plans);
            String path = request.getPathInfo();
            Exchange.json(
                    response, HttpServletResponse.SC_OK, work.answer(caller, path == null ? "" : path.substring(1)));
        } catch (GoogleError error) {
            Exchange.json(response, error.code(), error.toJson());
        }
    }

    private JsonObject page(Caller caller, @Nullable String query, String base) {
        List<JsonObject> files = shelf.list(caller.key()).stream()
                .map(file -> file.toJson(clock.instant(), base))
                .toList();
        return Exchange.page("files", files, query, USUAL_PAGE, LARGEST_PAGE);
    }
}
