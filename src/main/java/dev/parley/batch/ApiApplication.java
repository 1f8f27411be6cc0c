package dev.parley.batch;

import dev.parley.shared.problem.ProblemMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** What of {@code /api} belongs to no other door. */
@ApplicationPath("api")
public final class ApiApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(ModelsResource.class, ProblemMapper.class);
    }
}
