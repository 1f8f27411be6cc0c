package dev.parley.operations.rest;

import dev.parley.operations.diagnostics.Diagnosis;
import dev.parley.operations.diagnostics.DiagnosticsDesk;
import dev.parley.operations.diagnostics.Report;
import dev.parley.operations.diagnostics.step.Step;
import dev.parley.shared.execution.MayBlock;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;

/** Diagnoses over REST, told step by step: a JSON object or a line of text for each, and one for the end. */
@Path("diagnostics")
@ApplicationScoped
public class DiagnosticsResource {
    private static final String NDJSON = "application/x-ndjson";

    private final DiagnosticsDesk desk;
    private final Executor mayBlock;

    /** For CDI's client proxy, which has no use for the fields; public because RESTEasy looks for one before it asks CDI. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    public DiagnosticsResource() {
        desk = null;
        mayBlock = null;
    }

    /** Runs diagnoses on threads that may block. */
    @Inject
    public DiagnosticsResource(DiagnosticsDesk desk, @MayBlock Executor mayBlock) {
        this.desk = desk;
        this.mayBlock = mayBlock;
    }

    /** Makes one. */
    @POST
    @Path("{diagnosis}")
    @Produces({NDJSON, MediaType.TEXT_PLAIN})
    public void run(
            @PathParam("diagnosis") String word,
            @Context HttpServletRequest request,
            @Context HttpHeaders headers,
            @Suspended AsyncResponse response) {
        Diagnosis diagnosis = Diagnosis.of(word);
        if (desk.last().filter(last -> last.verdict().equals("running")).isPresent()) {
            throw new ParleyException(
                    FailureKind.NO_CAPACITY, "Another diagnosis is under way. Wait for it, or cancel it.");
        }
        boolean plain = isPlain(headers.getAcceptableMediaTypes());
        Map<String, String> identity = identity(request);
        StreamingOutput output = out -> write(diagnosis, identity, plain, out);
        mayBlock.execute(() -> response.resume(Response.ok(output)
                .type(plain ? "text/plain;charset=UTF-8" : NDJSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Accel-Buffering", "no") // nginx must not collect what is to be sent at once
                .build()));
    }

    /** Gives up the one under way. */
    @DELETE
    public Response cancel() {
        return desk.cancel()
                ? Response.noContent().build()
                : Problem.ofStatus(404, "No diagnosis is under way.").toResponse();
    }

    private void write(Diagnosis diagnosis, Map<String, String> identity, boolean plain, OutputStream out)
            throws IOException {
        try {
            Report report = desk.run(diagnosis, identity, step -> line(out, plain ? step.line() : json(step)));
            line(out, plain ? lastLine(report) : lastJson(report));
        } catch (ParleyException refused) {
            line(
                    out,
                    plain
                            ? "FAILED: " + refused.getMessage()
                            : Problem.of(refused).toJson().toString());
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    private static void line(OutputStream out, String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static String lastLine(Report report) {
        return report.verdict().toUpperCase(Locale.ROOT) + " after " + report.millis() + " ms";
    }

    private static String json(Step step) {
        return Json.createObjectBuilder()
                .add("name", step.name())
                .add("title", step.title())
                .add("verdict", step.verdict())
                .add("millis", step.millis())
                .add("words", step.words())
                .build()
                .toString();
    }

    private static String lastJson(Report report) {
        return Json.createObjectBuilder()
                .add("diagnosis", report.diagnosis())
                .add("verdict", report.verdict())
                .add("millis", report.millis())
                .build()
                .toString();
    }

    static boolean isPlain(List<MediaType> accepted) {
        return accepted.stream()
                .findFirst()
                .filter(first -> first.getType().equals("text"))
                .isPresent();
    }

    /** Somebody who signed in is signed in at the WebSocket too; the operator's token opens nothing there. */
    private static Map<String, String> identity(HttpServletRequest request) {
        Map<String, String> identity = new HashMap<>();
        if (request.getUserPrincipal() != null) {
            for (String name : List.of("Authorization", "Cookie")) {
                String value = request.getHeader(name);
                if (value != null) {
                    identity.put(name, value);
                }
            }
        }
        return identity;
    }
}
