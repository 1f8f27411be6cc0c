package dev.parley.batch;

import dev.parley.shared.problem.ProblemMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** Exactly {@code /audio-stream}; static files keep their paths. */
@ApplicationPath("audio-stream")
public final class AudioStreamApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(AudioStreamResource.class, ProblemMapper.class);
    }

    /** Jersey collects 8 KB before it sends anything, and ignores a flush until then; events must leave at once. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.contentLength.buffer", 0);
    }
}
