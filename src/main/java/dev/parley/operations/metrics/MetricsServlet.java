package dev.parley.operations.metrics;

import dev.parley.operations.OperatorAccess;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;

/** {@code GET /metrics}, in the place of the server's own. */
@WebServlet("/metrics")
public final class MetricsServlet extends HttpServlet {
    @Serial
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Metrics metrics;

    @Inject
    private transient OperatorAccess access;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        if (!access.isGiven(request)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            answer(
                    response,
                    "text/plain; charset=utf-8",
                    "Metrics are for who runs this server: from the machine itself, or with the token of"
                            + " parley.operations.metrics-token.\n");
            return;
        }
        answer(response, Metrics.CONTENT_TYPE, metrics.scrape());
    }

    private static void answer(HttpServletResponse response, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
