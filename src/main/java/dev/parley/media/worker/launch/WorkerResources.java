package dev.parley.media.worker.launch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** The jars that the build put aside for workers. */
public interface WorkerResources {
    /** Their names, such as {@code humble-video-noarch.jar}; empty in a build without Humble Video. */
    Set<String> names();

    /** The content of one. */
    InputStream open(String name) throws IOException;
}
