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

/** The mode {@code container}: two users that the server itself has, in its realm for applications. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AccessContainerIT {
    private static final List<String> CALLERS = List.of("nobody", "wrong", "tess", "bea");
    private static final Map<String, List<String>> EXPECTED = new LinkedHashMap<>();

    static {
        EXPECTED.put("/", List.of("401", "401", "in", "in"));
        EXPECTED.put("/api/models", List.of("401", "401", "in", "in"));
        EXPECTED.put("/admin.html", List.of("401", "401", "403", "in"));
        EXPECTED.put("/api/admin/conversations", List.of("401", "401", "403", "in"));
        EXPECTED.put("/health", List.of("in", "in", "in", "in"));
    }

    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.simulated(Map.of("parley.security.mode", "container"));
    }

    private static RawRequest as(String caller, RawRequest request) {
        return switch (caller) {
            case "nobody" -> request;
            case "wrong" -> request.as("bea", "guess");
            default -> request.as(caller, "a-secret-of-" + caller);
        };
    }

    @Test
    void the_servers_own_users_get_as_far_as_their_roles() throws IOException {
        URI server = Deployments.address(url);
        AccessTable table = new AccessTable("container", CALLERS);
        List<String> wrong = new ArrayList<>();
        EXPECTED.forEach((path, expected) -> {
            List<String> seen = CALLERS.stream()
                    .map(caller -> as(caller, RawRequest.get(path)).send(server).verdict())
                    .toList();
            table.add(path, seen);
            if (!seen.equals(expected)) {
                wrong.add(path + " " + seen);
            }
        });
        String own = "http://127.0.0.1:" + server.getPort();
        List<Integer> sockets = CALLERS.stream()
                .map(caller -> as(caller, RawRequest.handshake("/ws/audio-live", own))
                        .send(server)
                        .status())
                .toList();
        table.add(
                "/ws/audio-live",
                sockets.stream()
                        .map(status -> status == 101 ? "in" : "" + status)
                        .toList());
        table.write();
        assertEquals(List.of(), wrong);
        assertEquals(List.of(401, 401, 101, 101), sockets);
    }
}
