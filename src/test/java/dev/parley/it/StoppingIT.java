package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.server.CommandLineServer;
import dev.parley.it.server.ServerKind;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.TestCaller;
import dev.parley.testkit.ScriptedLiveServer;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever is in a conversation when the server stops is told so, and that coming back is worth it. */
class StoppingIT {
    private static final int DRAINING = 4508;
    /** RFC 6455 §7.4.1. */
    private static final int GOING_AWAY = 1001;

    @Test
    void callers_are_told_when_the_application_goes_and_when_the_server_does() throws Exception {
        try (ScriptedLiveServer upstream = ScriptedLiveServer.start();
                CommandLineServer server = ServerKind.current().commandLine("stopping")) {
            server.start(Path.of(System.getProperty("parley.war")), Deployments.environment(upstream.address()));
            if (server.canUndeploy()) {
                try (TestCaller caller = TestCaller.ready(server.address(), "audio/pcm;rate=16000")) {
                    server.undeploy();
                    assertEquals(DRAINING, caller.awaitClosing().code());
                    assertTrue(caller.next("ended").getBoolean("retryable"));
                }
                server.redeploy();
            }
            try (TestCaller caller = TestCaller.ready(server.address(), "audio/pcm;rate=16000")) {
                server.process().destroy();
                // WildFly closes all WebSockets itself at a signal, at the same moment in which applications hear of
                // it.
                Set<Integer> codes =
                        ServerKind.current() == ServerKind.WILDFLY ? Set.of(DRAINING, GOING_AWAY) : Set.of(DRAINING);
                TestCaller.Closing closing = caller.awaitClosing();
                assertTrue(codes.contains(closing.code()), closing::toString);
            }
        }
    }
}
