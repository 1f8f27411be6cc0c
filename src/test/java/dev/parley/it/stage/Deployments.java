package dev.parley.it.stage;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR of this build with the settings of one deployment. */
public final class Deployments {
    /** The key that scripted deployments use; it must never show in a log. */
    public static final String KEY = "AIzaIntegrationTestKey0123456789abcdefg";

    private Deployments() {}

    /** Without a key, whatever the machine's environment says: the simulator answers. */
    public static WebArchive simulated(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("GEMINI_API_KEY", "");
        all.put("parley.gemini.keys", "");
        return war(all);
    }

    /** With a key, and {@code upstream} in the place of Google. */
    public static WebArchive talkingTo(URI upstream, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("GEMINI_API_KEY", KEY);
        all.put("parley.gemini.keys", "");
        all.put("parley.gemini.endpoint", upstream.toString());
        return war(all);
    }

    /** With a project of Vertex AI, its token server, and {@code upstream} in the place of Google. */
    public static WebArchive talkingToVertex(URI upstream, Path credentials, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("GEMINI_API_KEY", "");
        all.put("parley.gemini.keys", "");
        all.put("parley.gemini.vertex.project", "test-project");
        all.put("parley.gemini.vertex.location", "europe-west4");
        all.put(
                "parley.gemini.vertex.credentials-file",
                credentials.toAbsolutePath().toString());
        all.put("parley.gemini.endpoint", upstream.toString());
        return war(all);
    }

    /** The settings of {@link #talkingTo} as the environment of a server, the operator's way. */
    public static Map<String, String> environment(URI upstream) {
        return Map.of("GEMINI_API_KEY", KEY, "PARLEY_GEMINI_ENDPOINT", upstream.toString());
    }

    /** Where the server is; its own idea of its address is not loopback. */
    public static URI address(URL url) {
        return URI.create("http://127.0.0.1:" + url.getPort() + "/");
    }

    /** The settings beat the environment and system properties (MicroProfile Config 3.1, config_ordinal). */
    private static WebArchive war(Map<String, String> settings) {
        String war = Objects.requireNonNull(System.getProperty("parley.war"), "parley.war: run through mvnw verify");
        String properties = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n", "config_ordinal=2000\n", "\n"));
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(war))
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "test-settings.jar")
                        .addAsResource(new StringAsset(properties), "META-INF/microprofile-config.properties"));
    }
}
