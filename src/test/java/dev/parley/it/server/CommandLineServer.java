package dev.parley.it.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** A server that a test operates from the command line, as an operator does. Not thread safe. */
public interface CommandLineServer extends AutoCloseable {
    /**
     * Starts the server with an application, packed or in a folder, and returns when the application answers.
     *
     * @param environment variables for the server, beside those of the tests
     */
    void start(Path application, Map<String, String> environment) throws IOException;

    /** Deploys the application anew into the running server, and returns when it answers. */
    void redeploy() throws IOException;

    /** Whether an application can be taken out of the running server. */
    default boolean canUndeploy() {
        return true;
    }

    /** Takes the application out of the running server. */
    void undeploy() throws IOException;

    /** Where it listens. */
    URI address();

    /** The server's own process. */
    ProcessHandle process();

    /** Ends the process whatever it does. */
    @Override
    void close();
}
