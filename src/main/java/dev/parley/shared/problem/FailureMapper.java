package dev.parley.shared.problem;

import dev.parley.shared.failure.ParleyException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers a failure of the table with its problem document. Any thread. */
public final class FailureMapper implements ExceptionMapper<ParleyException> {
    @Override
    public Response toResponse(ParleyException failure) {
        return Problem.of(failure).toResponse();
    }
}
