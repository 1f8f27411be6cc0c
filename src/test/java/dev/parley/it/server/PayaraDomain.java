package dev.parley.it.server;

import dev.parley.it.stage.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A domain of Payara Server of its own, made by {@code asadmin create-domain} on free ports. */
final class PayaraDomain implements CommandLineServer {
    private static final Path DOMAINS = Command.IT.resolve("domains");
    private static final int ADMIN = 48;
    private static final int HTTP = 80;
    /** What {@code create-domain --portbase} adds: debugger, IIOP, OSGi shell, JMS, HTTPS, JMX and the two above. */
    private static final int[] OFFSETS = {9, 37, 38, 39, ADMIN, 66, 76, HTTP, 81, 86};

    private static final String SHIPPED_HEAP = "<jvm-options>-Xmx512m</jvm-options>";
    private static final List<String> FOR_TESTS =
            List.of("-Xmx384m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final String name;
    private final int base = FreePorts.base(OFFSETS);
    private Path application = Path.of("none");

    PayaraDomain(String name) {
        this.name = name;
    }

    static Path folder(String name) {
        return DOMAINS.resolve(name);
    }

    /** Makes the domain anew and starts it with the configuration that is documented. */
    void start(Map<String, String> environment) throws IOException {
        stopLeftOver();
        Command.delete(folder(name));
        asadmin(
                Map.of(),
                "create-domain",
                "--domaindir",
                DOMAINS.toString(),
                "--portbase",
                "" + base,
                "--nopassword",
                name);
        Path config = folder(name).resolve(Path.of("config", "domain.xml"));
        StringBuilder options = new StringBuilder();
        FOR_TESTS.forEach(
                option -> options.append("<jvm-options>").append(option).append("</jvm-options>"));
        String shipped = Files.readString(config);
        if (!shipped.contains(SHIPPED_HEAP)) {
            throw new IllegalStateException("Payara's domain.xml does not say " + SHIPPED_HEAP);
        }
        Files.writeString(config, shipped.replace(SHIPPED_HEAP, options));
        asadmin(
                environment,
                "start-domain",
                "--domaindir",
                DOMAINS.toString(),
                "--prebootcommandfile",
                Path.of("payara-config", "server-pre-boot.asadmin")
                        .toAbsolutePath()
                        .toString(),
                name);
    }

    /** Users of the server's own realm, as Payara Micro gets them from {@code micro-users.asadmin}. */
    void addUsers() {
        Map.of("bea", "talk:admin", "tess", "talk")
                .forEach((user, groups) -> asadmin(
                        Map.of(),
                        "--passwordfile",
                        Path.of("src", "test", "resources", "it", "realm-" + user + ".txt")
                                .toAbsolutePath()
                                .toString(),
                        "create-file-user",
                        "--authrealmname",
                        "file",
                        "--groups",
                        groups,
                        user));
    }

    /** A build that was broken off may have left one running. */
    private void stopLeftOver() throws IOException {
        if (Files.exists(pidFile())) {
            ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).trim()))
                    .filter(old -> old.info()
                            .commandLine()
                            .orElse("")
                            .contains(folder(name).toString()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    int adminPort() {
        return base + ADMIN;
    }

    @Override
    public void start(Path application, Map<String, String> environment) throws IOException {
        this.application = application.toAbsolutePath();
        start(environment);
        deploy();
    }

    @Override
    public void redeploy() {
        deploy();
    }

    private void deploy() {
        asadmin(Map.of(), "deploy", "--force", "--name", "parley", application.toString());
    }

    @Override
    public void undeploy() {
        asadmin(Map.of(), "undeploy", "parley");
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + (base + HTTP) + "/");
    }

    @Override
    public ProcessHandle process() {
        return Eventually.get("the server's process", () -> {
            try {
                return ProcessHandle.of(
                                Long.parseLong(Files.readString(pidFile()).trim()))
                        .orElse(null);
            } catch (IOException | NumberFormatException notYet) {
                return null;
            }
        });
    }

    private Path pidFile() {
        return folder(name).resolve(Path.of("config", "pid"));
    }

    @Override
    public void close() {
        if (Files.exists(pidFile())) {
            ProcessHandle server = process();
            server.destroy();
            Eventually.holds("the server to stop", () -> !server.isAlive());
        }
    }

    private void asadmin(Map<String, String> environment, String... words) {
        Path cli = ServerKind.home().resolve(Path.of("glassfish", "lib", "client", "appserver-cli.jar"));
        List<String> command = new ArrayList<>(List.of(Command.java(), "-jar", cli.toString()));
        command.addAll(List.of("--port", "" + adminPort(), "--interactive=false"));
        command.addAll(List.of(words));
        Command.run(Command.IT.resolve("asadmin-" + name + ".log"), environment, command);
    }

    /** What Arquillian's adapter and the tests have to know; once it runs. */
    Map<String, String> properties() {
        return Map.of(
                "parley.it.admin.port",
                "" + adminPort(),
                "parley.it.server.pid",
                "" + process().pid(),
                ServerSession.LOG,
                folder(name).resolve(Path.of("logs", "server.log")).toString());
    }
}
