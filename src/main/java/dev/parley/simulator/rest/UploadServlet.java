package dev.parley.simulator.rest;

import dev.parley.simulator.Simulator;
import dev.parley.simulator.fault.FaultPlans;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.files.FileShelf;
import dev.parley.simulator.rest.UploadDesk.Answer;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code POST /upload/v1beta/files}: begins uploads, and takes their bytes at the address that it then tells. */
@WebServlet(
        urlPatterns = {"/upload/v1beta/files", "/upload/v1alpha/files", "/upload/v1/files"},
        asyncSupported = true)
public final class UploadServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Simulator simulator;

    @Inject
    private transient FileShelf shelf;

    @Inject
    private transient FaultPlans plans;

    @Inject
    private transient Clock clock;

    @Inject
    private transient BodyTurns turns;

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        doPost(request, response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!simulator.isEnabled()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        turns.take(request, response, (body, done) -> {
            answer(request, response, body);
            done.run();
        });
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, InputStream body) throws IOException {
        Answer answer;
        try {
            answer = answer(request, body);
        } catch (GoogleError error) {
            Exchange.json(response, error.code(), error.toJson());
            return;
        } catch (IOException failure) {
            GoogleError error = Exchange.broken(failure);
            Exchange.json(response, error.code(), error.toJson());
            return;
        }
        answer.headers().forEach(response::setHeader);
        if (answer.body().isPresent()) {
            Exchange.json(response, HttpServletResponse.SC_OK, answer.body().get());
        } else {
            response.setContentLength(0);
        }
    }

    private Answer answer(HttpServletRequest request, InputStream body) throws IOException {
        UploadDesk desk = new UploadDesk(shelf, plans, clock);
        UnaryOperator<String> headers = name -> Objects.requireNonNullElse(request.getHeader(name), "");
        Optional<String> id = Exchange.parameter(request.getQueryString(), "upload_id");
        if (id.isEmpty()) {
            String address = Exchange.root(request) + request.getServletPath();
            return desk.start(Exchange.caller(request), headers, address, body);
        }
        return desk.proceed(
                id.get(), headers, Exchange.version(request.getServletPath()), Exchange.base(request), body);
    }
}
