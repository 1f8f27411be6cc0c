package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.TestCaller;
import java.net.URL;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where speaking does not cut an answer, a question asked meanwhile is answered after it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class NoInterruptionIT {
    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.simulated(Map.of("parley.gemini.activity-handling", "NONE"));
    }

    @Test
    void a_question_asked_during_an_answer_is_answered_though_stop_follows_at_once() {
        try (TestCaller caller = TestCaller.ready(Deployments.address(url), "audio/pcm;rate=16000")) {
            caller.type("One");
            caller.awaitAudio(1);
            caller.type("Two");
            caller.say("stop");

            assertEquals(1000, caller.awaitClosing().code());
            assertEquals(2, caller.events("turnComplete").size(), () -> caller.events()
                    .toString());
            assertEquals(0, caller.events("interrupted").size());
        }
    }
}
