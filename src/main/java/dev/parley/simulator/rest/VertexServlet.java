package dev.parley.simulator.rest;

import dev.parley.simulator.Simulator;
import dev.parley.simulator.fault.Caller;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.generation.BatchModel;
import dev.parley.simulator.generation.Framing;
import dev.parley.simulator.generation.Generation;
import dev.parley.simulator.generation.Reply;
import dev.parley.simulator.setup.CredentialReader;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code POST /v1beta1/projects/{p}/locations/{l}/publishers/google/models/{id}:generateContent}, {@code
 * :streamGenerateContent} and {@code :countTokens}, as Vertex AI serves them: with an access token, and without uploads.
 */
@WebServlet(
        urlPatterns = {"/v1beta1/projects/*", "/v1/projects/*"},
        asyncSupported = true)
public final class VertexServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Pattern METHOD =
            Pattern.compile("(/[^/]{1,100}/locations/[^/]{1,100}/publishers/google/models/([^/:]{1,100}))"
                    + ":(generateContent|streamGenerateContent|countTokens)");

    @Inject
    private transient Simulator simulator;

    @Inject
    private transient Generation generation;

    @Inject
    private transient PacedWriter writer;

    @Inject
    private transient BodyTurns turns;

    @Inject
    private transient Clock clock;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!simulator.isEnabled()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Framing framing = ModelsServlet.framing(request.getPathInfo(), request.getQueryString());
        try {
            Caller caller = Caller.ofVertex(
                    Exchange.version(request.getServletPath()),
                    CredentialReader.readToken(CredentialReader.headers(request)),
                    clock.instant());
            Matcher method = METHOD.matcher(Objects.requireNonNullElse(request.getPathInfo(), ""));
            if (!method.matches()) {
                throw GoogleError.notFound("Method not found.");
            }
            if (BatchModel.find(method.group(2)).isEmpty()) {
                throw GoogleError.unknownPublisherModel("projects" + method.group(1));
            }
            boolean counts = method.group(3).equals("countTokens");
            turns.take(
                    request,
                    response,
                    (body, done) -> writer.send(response, reply(caller, method.group(2), counts, framing, body), done));
        } catch (GoogleError error) {
            writer.send(response, Reply.error(framing, error, Duration.ZERO), () -> {});
        }
    }

    private Reply reply(Caller caller, String model, boolean counts, Framing framing, InputStream body) {
        try {
            return counts ? generation.count(caller, body) : generation.reply(caller, model, framing, body);
        } catch (GoogleError error) {
            return Reply.error(framing, error, Duration.ZERO);
        } catch (IOException failure) {
            return Reply.error(framing, Exchange.broken(failure), Duration.ZERO);
        }
    }
}
