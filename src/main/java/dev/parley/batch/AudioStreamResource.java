package dev.parley.batch;

import dev.parley.batch.answer.Client;
import dev.parley.shared.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code POST /audio-stream}: see {@code docs/batch.md}. The container's thread only hands over. */
@Path("/")
@ApplicationScoped
public class AudioStreamResource {
    private static final MediaType EVENTS = MediaType.SERVER_SENT_EVENTS_TYPE;

    private final BatchDesk desk;

    /** For CDI's client proxy, which has no use for the field; public because RESTEasy looks for one before it asks CDI. */
    @SuppressWarnings("NullAway") // the proxy's own field is never read
    public AudioStreamResource() {
        desk = null;
    }

    /** Hands over to this desk. */
    @Inject
    public AudioStreamResource(BatchDesk desk) {
        this.desk = desk;
    }

    /** Takes a recording; the answer comes when Gemini gives it. */
    @POST
    @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
    public void take(
            InputStream body, @Context HttpHeaders headers, @Context UriInfo uri, @Suspended AsyncResponse response) {
        Map<String, String> query = new HashMap<>();
        uri.getQueryParameters().forEach((name, values) -> query.put(name, values.get(0)));
        Optional<String> type = Optional.ofNullable(headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
        boolean streamed = wantsEvents(headers.getAcceptableMediaTypes());
        desk.take(new Submission(type, query, length(headers), body, streamed), new RestClient(response));
    }

    /** JSON unless events are named before it; {@code *}{@code /*} means JSON. */
    static boolean wantsEvents(List<MediaType> accepted) {
        for (MediaType type : accepted) {
            if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
            if (type.isCompatible(EVENTS)) {
                return true;
            }
        }
        return false;
    }

    /** Not {@link HttpHeaders#getLength()}, which is an int. */
    private static long length(HttpHeaders headers) {
        String length = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
    }

    /** Answers over Jakarta REST; {@code resume} writes on the calling thread. */
    private record RestClient(AsyncResponse response) implements Client {
        @Override
        public void answer(Reply reply) {
            response.resume(
                    reply.problem().map(Problem::toResponse).orElseGet(() -> head(MediaType.APPLICATION_JSON_TYPE)
                            .entity(reply.json())
                            .build()));
        }

        @Override
        public void streamEvents(Writing writing) {
            stream(EVENTS, writing);
        }

        @Override
        public void streamJson(Writing writing) {
            stream(MediaType.APPLICATION_JSON_TYPE, writing);
        }

        private void stream(MediaType type, Writing writing) {
            StreamingOutput output = writing::writeTo;
            response.resume(head(type)
                    .header("X-Accel-Buffering", "no") // nginx must not collect what is to be sent at once
                    .entity(output)
                    .build());
        }

        private static Response.ResponseBuilder head(MediaType type) {
            return Response.ok().type(type).header(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }
}
