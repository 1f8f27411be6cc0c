package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.server.CommandLineServer;
import dev.parley.it.server.ServerKind;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.TestCaller;
import dev.parley.testkit.ScriptedLiveServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whoever is in a conversation when the server stops is told so, and that coming back is worth it. */
class StoppingIT {
    private static final int DRAINING = 4508;

    @Test
    void callers_are_told_when_the_application_goes_and_when_the_server_rests_or_goes() throws Exception {
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
            if (server.canBeSuspended()) {
                try (TestCaller caller = TestCaller.ready(server.address(), "audio/pcm;rate=16000")) {
                    server.suspend();
                    assertEquals(DRAINING, caller.awaitClosing().code());
                }
                server.resume();
            }
            try (TestCaller caller = TestCaller.ready(server.address(), "audio/pcm;rate=16000")) {
                server.process().destroy();
                assertEquals(DRAINING, caller.awaitClosing().code());
            }
        }
    }
}
