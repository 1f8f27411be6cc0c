package dev.parley.operations.rest;

import dev.parley.gemini.settings.LiveAddress;
import dev.parley.operations.board.Board;
import dev.parley.operations.desk.ConversationDesk;
import dev.parley.operations.desk.DrainDesk;
import dev.parley.operations.desk.DrainView;
import dev.parley.operations.desk.KeyDesk;
import dev.parley.operations.desk.LimitDesk;
import dev.parley.operations.desk.LimitsView;
import dev.parley.operations.diagnostics.DiagnosticsDesk;
import dev.parley.shared.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** The desk over REST; see {@code docs/desk.md}. */
@Path("/")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class DeskResource {
    private final Board board;
    private final ConversationDesk conversations;
    private final LimitDesk limits;
    private final KeyDesk keys;
    private final DrainDesk drain;
    private final DiagnosticsDesk diagnostics;
    private final LiveAddress gemini;

    /** For CDI's client proxy, which has no use for the fields; public because RESTEasy looks for one before it asks CDI. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    public DeskResource() {
        board = null;
        conversations = null;
        limits = null;
        keys = null;
        drain = null;
        diagnostics = null;
        gemini = null;
    }

    /** One door to these desks. */
    @Inject
    public DeskResource(
            Board board,
            ConversationDesk conversations,
            LimitDesk limits,
            KeyDesk keys,
            DrainDesk drain,
            DiagnosticsDesk diagnostics,
            LiveAddress gemini) {
        this.board = board;
        this.conversations = conversations;
        this.limits = limits;
        this.keys = keys;
        this.drain = drain;
        this.diagnostics = diagnostics;
        this.gemini = gemini;
    }

    /** Everything at once. */
    @GET
    public Response overview() {
        return now(new Overview(
                gemini.simulated(),
                drain.state(),
                board.conversations(),
                board.waiting(),
                board.failures(),
                keys.keys(),
                limits.limits(),
                diagnostics.last().stream().toList()));
    }

    /** Ends a conversation. */
    @POST
    @Path("conversations/{id}/end")
    public Response end(@PathParam("id") String id, InputStream body, @Context ContainerRequestContext request)
            throws IOException {
        boolean ended = conversations.end(id, ChangeBody.read(body).text("reason"), operator(request));
        return ended
                ? Response.noContent().build()
                : Problem.ofStatus(404, "There is no conversation with this id, or it is over already.")
                        .toResponse();
    }

    /** The limits that hold now. */
    @GET
    @Path("limits")
    public Response limits() {
        return now(limits.limits());
    }

    /** Lets other limits hold. */
    @PATCH
    @Path("limits")
    public LimitsView change(InputStream body, @Context ContainerRequestContext request) throws IOException {
        return limits.change(ChangeBody.read(body).numbers(), operator(request));
    }

    /** Begins to empty the node. */
    @POST
    @Path("drain")
    public DrainView drain(@Context ContainerRequestContext request) {
        return drain.drain(operator(request));
    }

    /** Calls that off. */
    @POST
    @Path("undrain")
    public DrainView undrain(@Context ContainerRequestContext request) {
        return drain.undrain(operator(request));
    }

    private static Response now(Object state) {
        return Response.ok(state).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private static String operator(ContainerRequestContext request) {
        return String.valueOf(request.getProperty(AdminGuard.OPERATOR));
    }
}
