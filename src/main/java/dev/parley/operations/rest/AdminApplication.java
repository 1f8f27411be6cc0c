package dev.parley.operations.rest;

import dev.parley.shared.problem.FailureMapper;
import dev.parley.shared.problem.ProblemMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** What is under {@code /api/admin}. */
@ApplicationPath("api/admin")
public final class AdminApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                AdminGuard.class,
                DeskResource.class,
                DiagnosticsResource.class,
                ProblemMapper.class,
                FailureMapper.class);
    }

    /** Jersey collects 8 KB before it sends anything, and ignores a flush until then; steps must leave at once. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.contentLength.buffer", 0);
    }
}
