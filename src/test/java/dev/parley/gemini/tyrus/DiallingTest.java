package dev.parley.gemini.tyrus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.service.DeveloperApi;
import dev.parley.shared.failure.FailureKind;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way a dial can fail, in words. */
class DiallingTest {
    @Test
    void nobody_listens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        LiveEvent.Closed closed = failure(URI.create("http://127.0.0.1:" + port));
        assertEquals(FailureKind.UPSTREAM_UNAVAILABLE, closed.kind());
        assertTrue(closed.message().startsWith("Nothing answers"), closed.toString());
        assertEquals(0, closed.code());
    }

    @Test
    void the_name_is_not_known() {
        LiveEvent.Closed closed = failure(URI.create("http://no-such-host.invalid"));
        assertEquals(FailureKind.UPSTREAM_UNAVAILABLE, closed.kind());
        assertTrue(closed.message().contains("is not known"), closed.toString());
        assertFalse(closed.message().contains("no-such-host"), "an address of the inside");
    }

    @ParameterizedTest
    @CsvSource({
        "401 Unauthorized, UPSTREAM_REFUSED, HTTP 401",
        "403 Forbidden, UPSTREAM_REFUSED, HTTP 403",
        "404 Not Found, UPSTREAM_REFUSED, v1beta",
        "200 OK, UPSTREAM_REFUSED, no Live API",
        "302 Found, UPSTREAM_REFUSED, no Live API",
        "429 Too Many Requests, NO_CAPACITY, HTTP 429",
        "500 Oops, UPSTREAM_UNAVAILABLE, HTTP 500",
        "503 Service Unavailable, UPSTREAM_UNAVAILABLE, HTTP 503"
    })
    void the_upgrade_is_refused(String status, FailureKind kind, String words) {
        try (ScriptedLiveServer server = ScriptedLiveServer.start().refuseUpgrades(status)) {
            LiveEvent.Closed closed = failure(server.address());
            assertEquals(kind, closed.kind(), closed.toString());
            assertTrue(closed.message().contains(words), closed.toString());
        }
    }

    @Test
    void the_handshake_is_not_answered() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start().ignoreUpgrades()) {
            LiveEvent.Closed closed = failure(server.address(), "parley.gemini.connect-timeout", "300ms");
            assertEquals(FailureKind.UPSTREAM_UNAVAILABLE, closed.kind());
        }
    }

    @Test
    void the_setup_is_not_answered() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start().script(ScriptedLiveServer.SILENT)) {
            LiveEvent.Closed closed = failure(server.address(), "parley.gemini.setup-timeout", "300ms");
            assertEquals(FailureKind.UPSTREAM_UNAVAILABLE, closed.kind());
            assertTrue(closed.message().contains("gemini-3.8-live"), closed.toString());
            server.nextSession().awaitEnd();
        }
    }

    @Test
    void the_certificate_is_not_trusted(@TempDir Path folder) {
        try (ScriptedLiveServer server =
                ScriptedLiveServer.start(TestCertificate.in(folder).server().getServerSocketFactory(), "https")) {
            // Which of the two sentences depends on who hangs up first; both name the trust store.
            LiveEvent.Closed closed = failure(server.address());
            assertTrue(closed.message().contains("JVM's trust store"), closed.toString());
        }
    }

    @Test
    void without_a_key_the_simulators_address_must_be_known_first() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(URI.create("http://127.0.0.1:1"), "GEMINI_API_KEY", "")) {
            LiveRig.Heard heard = new LiveRig.Heard();
            LiveConnection connection = rig.connect(heard);
            LiveEvent.Closed closed = heard.next(LiveEvent.Closed.class);
            assertEquals(FailureKind.UPSTREAM_UNAVAILABLE, closed.kind());
            assertTrue(closed.message().contains("simulator"), closed.toString());
            assertFalse(connection.sendText("x"));

            assertTrue(rig.address.simulated());
            rig.address.useLocal(server.address());
            rig.ready(new LiveRig.Heard());
        }
    }

    @Test
    void with_a_key_the_simulators_address_is_not_dialled() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            rig.address.useLocal(URI.create("http://127.0.0.1:1"));
            assertFalse(rig.address.simulated());
            rig.ready(new LiveRig.Heard());
        }
    }

    @Test
    void an_abort_while_dialling_leaves_no_connection() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start().ignoreUpgrades();
                LiveRig rig = new LiveRig(server.address(), "parley.gemini.connect-timeout", "500ms")) {
            LiveRig.Heard heard = new LiveRig.Heard();
            LiveConnection connection = rig.connect(heard);
            connection.abort();
            assertEquals(FailureKind.NORMAL, heard.next(LiveEvent.Closed.class).kind());
            connection.close();
            assertEquals(0, heard.waiting());
            assertEquals(0, rig.upstream.openConnections());
        }
    }

    @Test
    void forty_at_once_all_come_through() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            List<LiveRig.Heard> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                LiveRig.Heard heard = new LiveRig.Heard();
                all.add(heard);
                rig.connect(heard);
            }
            all.forEach(heard -> heard.next(LiveEvent.Ready.class));
            assertEquals(40, rig.upstream.openConnections());
        }
    }

    @Test
    void a_path_of_the_endpoint_stays_in_front() {
        assertEquals(
                "wss://proxy.example/gemini/ws/google.ai.generativelanguage.v1.GenerativeService.BidiGenerateContent",
                TyrusLiveUpstream.target(
                                URI.create("https://proxy.example/gemini/"), DeveloperApi.INSTANCE.livePath("v1"))
                        .toString());
    }

    private static LiveEvent.Closed failure(URI endpoint, String... settings) {
        try (LiveRig rig = new LiveRig(endpoint, settings)) {
            LiveRig.Heard heard = new LiveRig.Heard();
            rig.connect(heard);
            LiveEvent.Closed closed = heard.next(LiveEvent.Closed.class);
            assertFalse(closed.toString().contains(LiveRig.KEY));
            assertEquals(0, heard.waiting());
            return closed;
        }
    }
}
