package dev.parley.it.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.it.stage.Deployments;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The mode {@code open} on a real server: everybody talks, and who may administer. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AccessOpenIT {
    private static final String TOKEN = "the token of the operator";
    private static final List<String> CALLERS = List.of("through a proxy", "rebound name", "this machine", "token");
    private static final Map<String, List<String>> EXPECTED = new LinkedHashMap<>();

    static {
        EXPECTED.put("/", List.of("in", "in", "in", "in"));
        EXPECTED.put("/api/models", List.of("in", "in", "in", "in"));
        EXPECTED.put("/api/session", List.of("in", "in", "in", "in"));
        EXPECTED.put("/admin.html", List.of("401", "401", "in", "in"));
        EXPECTED.put("/api/admin/conversations", List.of("401", "401", "in", "in"));
        EXPECTED.put("/metrics", List.of("401", "401", "in", "in"));
        EXPECTED.put("/health", List.of("in", "in", "in", "in"));
        EXPECTED.put("/anything-else", List.of("404", "404", "404", "404"));
    }

    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.simulated(Map.of("parley.operations.admin-token", TOKEN));
    }

    @Test
    void everybody_talks_and_the_machine_itself_administers() throws IOException {
        URI server = Deployments.address(url);
        AccessTable table = new AccessTable("open", CALLERS);
        List<String> wrong = new ArrayList<>();
        EXPECTED.forEach((path, expected) -> {
            List<String> seen = List.of(
                    RawRequest.get(path)
                            .with("X-Forwarded-For", "203.0.113.7")
                            .send(server)
                            .verdict(),
                    RawRequest.get(path)
                            .with("Host", "rebound.example")
                            .send(server)
                            .verdict(),
                    RawRequest.get(path).send(server).verdict(),
                    RawRequest.get(path)
                            .with("Via", "1.1 p")
                            .as("operator", TOKEN)
                            .send(server)
                            .verdict());
            table.add(path, seen);
            if (!seen.equals(expected)) {
                wrong.add(path + " " + seen);
            }
        });
        table.write();
        assertEquals(List.of(), wrong);
    }
}
