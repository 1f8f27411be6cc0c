package dev.parley.it.sdk;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The close frames that the SDK hears. It tells them to its log alone: version 2.0.0 neither calls anybody back nor ends
 * the future of a connect that was refused, as it never answers a close frame and reads nothing after one. Closes with
 * 1000 are left out: they are answers to the SDK's own, and come late.
 */
final class SdkClosings extends Handler implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 30;
    private static final String CLOSING = "Live session closing with code: {0} and reason: {1}";

    // Held, since the log manager would forget it.
    private final Logger logger = Logger.getLogger("com.google.genai.AsyncLive");
    private final BlockingQueue<String> closings = new LinkedBlockingQueue<>();

    /** Listens from now on. */
    SdkClosings() {
        logger.addHandler(this);
    }

    /** The next one that was not asked for yet, such as {@code 1007 API key not valid.}; waits for it. */
    String next() {
        try {
            String closing = closings.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (closing == null) {
                throw new AssertionError("The SDK heard no close frame");
            }
            return closing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void publish(LogRecord logged) {
        Object[] parameters = logged.getParameters();
        if (CLOSING.equals(logged.getMessage()) && parameters != null && !parameters[0].equals(1000)) {
            closings.add(parameters[0] + " " + parameters[1]);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
