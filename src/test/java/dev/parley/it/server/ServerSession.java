package dev.parley.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Before the first integration test: prepares the server that Arquillian deploys to, and tells Arquillian its ports by
 * the system properties that {@code arquillian.xml} names. Payara Server is started here as well, because Arquillian
 * would start it without its configuration file.
 */
public final class ServerSession implements LauncherSessionListener {
    /** Where {@code stage.ServerLog} reads. */
    static final String LOG = "parley.it.server.log";

    private @Nullable CommandLineServer started;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getProperty("arquillian.launch") == null) {
            return;
        }
        try {
            switch (ServerKind.current()) {
                case PAYARA_SERVER -> {
                    PayaraDomain domain = new PayaraDomain("suite");
                    started = domain;
                    domain.start(Map.of());
                    domain.addUsers();
                    tell(domain.properties());
                }
                case WILDFLY -> {
                    WildFlyBase base = new WildFlyBase("suite");
                    base.prepare();
                    base.addUsers();
                    tell(base.properties());
                }
                // As arquillian.xml configures it; Payara Micro adds the number, 0 is the newest.
                case PAYARA_MICRO ->
                    tell(Map.of(LOG, Command.IT.resolve("server.log.0").toString()));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void tell(Map<String, String> properties) {
        properties.forEach(System::setProperty);
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (started != null) {
            started.close();
        }
    }
}
