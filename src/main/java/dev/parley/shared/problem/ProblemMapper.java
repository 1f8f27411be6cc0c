package dev.parley.shared.problem;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Makes what Jakarta REST itself refuses, such as a wrong method, a problem document too. Any thread. */
public final class ProblemMapper implements ExceptionMapper<WebApplicationException> {
    @Override
    public Response toResponse(WebApplicationException refusal) {
        Response own = refusal.getResponse();
        Response.ResponseBuilder response = Response.fromResponse(
                Problem.ofStatus(own.getStatus(), detail(own.getStatus())).toResponse());
        String allow = own.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? response.build()
                : response.header(HttpHeaders.ALLOW, allow).build();
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this address. docs/openapi.yaml lists what there is.";
            case 405 -> "This address does not take this method; the Allow header lists those it takes.";
            case 406 -> "The answer can be application/json or text/event-stream; name one of them in Accept.";
            case 415 -> "The body is of a kind that is not taken here; docs/openapi.yaml lists those that are.";
            default -> "The request cannot be answered (HTTP " + status + "). docs/openapi.yaml says what can.";
        };
    }
}
