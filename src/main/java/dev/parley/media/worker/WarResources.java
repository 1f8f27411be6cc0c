package dev.parley.media.worker;

import dev.parley.media.worker.launch.WorkerResources;
import jakarta.servlet.ServletContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.stream.Collectors;

/** What the build put into the WAR for workers, read as the server gives it, whether it unpacked the WAR or not. */
final class WarResources implements WorkerResources {
    /** For what is no web application. */
    static final WorkerResources NONE = new WorkerResources() {
        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public InputStream open(String name) throws IOException {
            throw new FileNotFoundException(name);
        }
    };

    private static final String FOLDER = "/WEB-INF/worker/";

    private final ServletContext context;
    private final Set<String> names;

    WarResources(ServletContext context) {
        this.context = context;
        Set<String> paths = context.getResourcePaths(FOLDER);
        names = paths == null
                ? Set.of()
                : paths.stream().map(path -> path.substring(FOLDER.length())).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<String> names() {
        return names;
    }

    @Override
    public InputStream open(String name) throws IOException {
        InputStream content = context.getResourceAsStream(FOLDER + name);
        if (content == null) {
            throw new FileNotFoundException(FOLDER + name);
        }
        return content;
    }
}
