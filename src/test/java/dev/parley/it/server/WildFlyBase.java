package dev.parley.it.server;

import dev.parley.it.stage.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A base folder of WildFly of its own, configured by the CLI script that is documented, on free ports. */
final class WildFlyBase implements CommandLineServer {
    private static final Path BASES = Command.IT.resolve("wildfly");
    private static final int HTTP = 8080;
    private static final int MANAGEMENT = 9990;
    /** Its ports and those for HTTPS and transactions; the offset is below the base that is looked for. */
    private static final int[] OFFSETS = {0, 363, MANAGEMENT - HTTP, MANAGEMENT - HTTP + 3};

    private static final String FOR_TESTS =
            "-Xmx384m -Xss512k -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=96m";

    private final String name;
    private final int http = FreePorts.base(OFFSETS);
    private @org.jspecify.annotations.Nullable Process script;

    WildFlyBase(String name) {
        this.name = name;
    }

    static Path folder(String name) {
        return BASES.resolve(name);
    }

    /** Makes the folder anew. */
    void prepare() throws IOException {
        Command.delete(folder(name));
        Command.copy(ServerKind.home().resolve("standalone"), folder(name));
        Command.run(
                log(),
                Map.of(),
                List.of(
                        script("jboss-cli"),
                        "-Djboss.server.base.dir=" + folder(name),
                        "--file=" + Path.of("payara-config", "wildfly.cli").toAbsolutePath()));
    }

    /** Users of the server's own realm, as its {@code add-user} script writes them: an MD5 of name, realm and password. */
    void addUsers() throws IOException {
        Path configuration = folder(name).resolve("configuration");
        Path users = configuration.resolve("application-users.properties");
        Path roles = configuration.resolve("application-roles.properties");
        for (Map.Entry<String, String> user :
                Map.of("bea", "talk,admin", "tess", "talk").entrySet()) {
            String known = user.getKey() + ":ApplicationRealm:a-secret-of-" + user.getKey();
            Files.writeString(users, "\n" + user.getKey() + "=" + md5(known) + "\n", StandardOpenOption.APPEND);
            Files.writeString(roles, "\n" + user.getKey() + "=" + user.getValue() + "\n", StandardOpenOption.APPEND);
        }
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    private Path log() {
        return Command.IT.resolve("wildfly-" + name + ".log");
    }

    private static String script(String program) {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return ServerKind.home()
                .resolve(Path.of("bin", program + (windows ? ".bat" : ".sh")))
                .toString();
    }

    /** What Arquillian's adapter and the tests have to know. */
    Map<String, String> properties() {
        return Map.of(
                "parley.it.wildfly.vm",
                FOR_TESTS,
                "parley.it.wildfly.arguments",
                "-Djboss.server.base.dir=" + folder(name) + " -Djboss.socket.binding.port-offset=" + (http - HTTP),
                "parley.it.wildfly.management",
                "" + (http - HTTP + MANAGEMENT),
                ServerSession.LOG,
                folder(name).resolve(Path.of("log", "server.log")).toString());
    }

    @Override
    public void start(Path application, Map<String, String> environment) throws IOException {
        prepare();
        Path deployed = deployments().resolve("parley.war");
        if (Files.isDirectory(application)) {
            Command.copy(application, deployed);
            Files.createFile(deployments().resolve("parley.war.dodeploy"));
        } else {
            Files.copy(application, deployed);
        }
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("JAVA_OPTS", FOR_TESTS + " -Djava.awt.headless=true");
        variables.put("LAUNCH_JBOSS_IN_BACKGROUND", "1");
        script = Command.builder(
                        log(),
                        variables,
                        List.of(
                                script("standalone"),
                                "-Djboss.server.base.dir=" + folder(name),
                                "-Djboss.socket.binding.port-offset=" + (http - HTTP)))
                .start();
        awaitDeployed();
    }

    @Override
    public void redeploy() throws IOException {
        Files.deleteIfExists(deployments().resolve("parley.war.deployed"));
        Files.writeString(deployments().resolve("parley.war.dodeploy"), "");
        awaitDeployed();
    }

    @Override
    public void undeploy() throws IOException {
        Files.deleteIfExists(deployments().resolve("parley.war.deployed"));
        Eventually.holds(
                "the application to be gone", () -> Files.exists(deployments().resolve("parley.war.undeployed")));
    }

    @Override
    public boolean canBeSuspended() {
        return true;
    }

    @Override
    public void suspend() {
        operate(":suspend");
    }

    @Override
    public void resume() {
        operate(":resume");
    }

    private void operate(String operation) {
        Command.run(
                log(),
                Map.of(),
                List.of(
                        script("jboss-cli"),
                        "--connect",
                        "--controller=127.0.0.1:" + (http - HTTP + MANAGEMENT),
                        "--commands=" + operation));
    }

    private void awaitDeployed() {
        Eventually.holds("the application to be deployed", () -> {
            if (Files.exists(deployments().resolve("parley.war.failed"))) {
                throw new AssertionError("The deployment failed, see " + log());
            }
            return Files.exists(deployments().resolve("parley.war.deployed"));
        });
    }

    private Path deployments() {
        return folder(name).resolve("deployments");
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + http + "/");
    }

    @Override
    public ProcessHandle process() {
        if (script == null) {
            throw new IllegalStateException("not started");
        }
        ProcessHandle shell = script.toHandle();
        return Eventually.get("the server's process", () -> Optional.of(shell)
                .filter(WildFlyBase::isJava)
                .or(() -> shell.descendants().filter(WildFlyBase::isJava).findFirst())
                .orElse(null));
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("java");
    }

    @Override
    public void close() {
        if (script != null && script.isAlive()) {
            ProcessHandle server = process();
            server.destroy();
            Eventually.holds("the server to stop", () -> !server.isAlive());
        }
    }
}
