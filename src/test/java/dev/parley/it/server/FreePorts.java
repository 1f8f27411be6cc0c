package dev.parley.it.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Finds ports that nobody listens on. */
final class FreePorts {
    /** Below those that systems give to clients. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;
    private static final int STEP = 100;

    private FreePorts() {}

    /** A base to which all these can be added; another one at every call, so that builds side by side rarely meet. */
    static int base(int... offsets) {
        int steps = (LAST - FIRST) / STEP;
        int begin = (int) ((ProcessHandle.current().pid() * 31 + System.nanoTime() / 1000) % steps);
        return IntStream.range(0, steps)
                .map(step -> FIRST + (begin + step) % steps * STEP)
                .filter(base -> Arrays.stream(offsets).allMatch(offset -> isFree(base + offset)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No free ports from " + FIRST + " to " + LAST));
    }

    private static boolean isFree(int port) {
        try (ServerSocket any = new ServerSocket(port);
                ServerSocket loopback = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.isBound() && loopback.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
