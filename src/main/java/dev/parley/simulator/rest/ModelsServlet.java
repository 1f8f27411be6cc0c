package dev.parley.simulator.rest;

import dev.parley.simulator.Simulator;
import dev.parley.simulator.fault.Caller;
import dev.parley.simulator.fault.Caller.Scope;
import dev.parley.simulator.fault.FaultPlans;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.generation.Framing;
import dev.parley.simulator.generation.Generation;
import dev.parley.simulator.generation.Reply;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1beta/models} and {@code /v1beta/models/{id}}, {@code POST /v1beta/models/{id}:generateContent} and
 * {@code :streamGenerateContent}.
 */
@WebServlet(
        urlPatterns = {"/v1beta/models/*", "/v1alpha/models/*", "/v1/models/*"},
        asyncSupported = true)
public final class ModelsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Pattern METHOD = Pattern.compile("/([^/:]{1,100}):(generateContent|streamGenerateContent)");

    @Inject
    private transient Simulator simulator;

    @Inject
    private transient Generation generation;

    @Inject
    private transient FaultPlans plans;

    @Inject
    private transient PacedWriter writer;

    @Inject
    private transient BodyTurns turns;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!simulator.isEnabled()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        try {
            Caller caller = Exchange.caller(request);
            caller.fail(Scope.MODELS, plans);
            String path = request.getPathInfo();
            String id = path == null ? "" : path.substring(1);
            Exchange.json(
                    response,
                    HttpServletResponse.SC_OK,
                    id.isEmpty()
                            ? Catalogue.list(caller.version(), request.getQueryString())
                            : Catalogue.one(id, caller.version()));
        } catch (GoogleError error) {
            Exchange.json(response, error.code(), error.toJson());
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!simulator.isEnabled()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Framing framing = framing(request.getPathInfo(), request.getQueryString());
        Caller caller;
        String model;
        try {
            caller = Exchange.caller(request);
            model = model(request.getPathInfo());
        } catch (GoogleError error) {
            writer.send(response, Reply.error(framing, error, Duration.ZERO), () -> {});
            return;
        }
        turns.take(request, response, (body, done) -> writer.send(response, reply(caller, model, framing, body), done));
    }

    private Reply reply(Caller caller, String model, Framing framing, InputStream body) {
        try {
            return generation.reply(caller, model, framing, body);
        } catch (GoogleError error) {
            return Reply.error(framing, error, Duration.ZERO);
        } catch (IOException failure) {
            return Reply.error(framing, Exchange.broken(failure), Duration.ZERO);
        }
    }

    private static String model(@Nullable String path) {
        Matcher matcher = METHOD.matcher(path == null ? "" : path);
        if (!matcher.matches()) {
            throw GoogleError.notFound("Method not found.");
        }
        return matcher.group(1);
    }

    static Framing framing(@Nullable String path, @Nullable String query) {
        if (path == null || !path.endsWith(":streamGenerateContent")) {
            return Framing.WHOLE;
        }
        boolean events = Exchange.parameter(query, "alt").filter("sse"::equals).isPresent();
        return events ? Framing.EVENTS : Framing.LIST;
    }
}
