package dev.parley.it.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** The servers that Parley is for; the Maven profile of the same name chooses the one of this build. */
public enum ServerKind {
    PAYARA_MICRO,
    PAYARA_SERVER,
    WILDFLY;

    /** The one that the integration tests of this build run on. */
    public static ServerKind current() {
        String name = Objects.requireNonNull(System.getProperty("arquillian.launch"), "run through mvnw verify");
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** A server of this kind of its own, not yet started; its files are in {@code target/it}. */
    public CommandLineServer commandLine(String name) {
        return switch (this) {
            case PAYARA_MICRO -> new MicroProcess(name);
            case PAYARA_SERVER -> new PayaraDomain(name);
            case WILDFLY -> new WildFlyBase(name);
        };
    }

    /** A copy of the folder that the WAR was packed from, which a test may use up. */
    public static Path exploded(String name) throws IOException {
        Path folder = Command.IT.resolve("exploded").resolve(name);
        Command.delete(folder);
        Command.copy(Path.of(Objects.requireNonNull(System.getProperty("parley.exploded"))), folder);
        return folder;
    }

    /** The unpacked server, Payara Micro's JAR. */
    static Path home() {
        return Path.of(Objects.requireNonNull(System.getProperty("parley.server.home"), "run through mvnw verify"));
    }
}
