package dev.parley.gemini.service;

import dev.parley.shared.settings.SettingsReader;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Vertex AI, which Google now also calls Gemini Enterprise Agent Platform, entered with an access token of Google Cloud.
 *
 * @param project its id, such as {@code my-project-123}
 * @param location a region such as {@code europe-west4}, {@code global}, or {@code us} and {@code eu} for several regions
 * @param speechSignals whether {@code explicitVadSignal} is sent
 */
public record VertexAi(String project, String location, boolean speechSignals) implements GoogleService {
    /** The setting that makes Vertex AI the upstream. */
    public static final String PROJECT_SETTING = "parley.gemini.vertex.project";

    /** The setting that names a file with credentials. */
    public static final String CREDENTIALS_SETTING = "parley.gemini.vertex.credentials-file";

    private static final String LOCATION_SETTING = "parley.gemini.vertex.location";
    private static final String SIGNALS_SETTING = "parley.gemini.vertex.speech-signals";
    private static final String KEPT_BACK = "(hidden)";

    /** Each of these is another way in. */
    private static final List<String> KEYS = List.of("GEMINI_API_KEY", "parley.gemini.key", "parley.gemini.keys");

    /** Ids of Google Cloud, also those of a domain ({@code example.com:my-project}), and numbers. */
    private static final Pattern PROJECT = Pattern.compile("([a-z0-9.-]{1,63}:)?[a-z0-9][a-z0-9-]{4,29}");

    private static final Pattern LOCATION = Pattern.compile("[a-z][a-z0-9-]{1,40}");

    /** Places of several regions have hosts of another form (google-genai 2.0.0, ApiClient). */
    private static final Set<String> SEVERAL_REGIONS = Set.of("us", "eu");

    static Optional<VertexAi> read(SettingsReader reader) {
        Optional<String> project = reader.text(PROJECT_SETTING);
        if (project.isEmpty()) {
            refuseWithoutProject(reader, LOCATION_SETTING);
            refuseWithoutProject(reader, CREDENTIALS_SETTING);
            refuseWithoutProject(reader, SIGNALS_SETTING);
            return Optional.empty();
        }
        if (!PROJECT.matcher(project.get()).matches()) {
            throw reader.refuse(
                    PROJECT_SETTING, project.get(), "the id of a project of Google Cloud, such as my-project-123");
        }
        KEYS.stream().filter(key -> reader.text(key).isPresent()).findFirst().ifPresent(key -> {
            throw reader.refuse(
                    key,
                    KEPT_BACK,
                    "unset while " + PROJECT_SETTING + " is set: a key is for the Gemini Developer API, a project for"
                            + " Vertex AI, and only one of them can answer");
        });
        String location = reader.text(LOCATION_SETTING)
                .orElseThrow(() -> reader.refuse(
                        LOCATION_SETTING,
                        "",
                        "set beside " + PROJECT_SETTING + ": a region such as us-central1, or global"));
        if (!LOCATION.matcher(location).matches()) {
            throw reader.refuse(LOCATION_SETTING, location, "a region such as us-central1, or global");
        }
        return Optional.of(new VertexAi(project.get(), location, reader.flag(SIGNALS_SETTING, false)));
    }

    private static void refuseWithoutProject(SettingsReader reader, String setting) {
        reader.text(setting).ifPresent(value -> {
            throw reader.refuse(
                    setting, value, "unset while " + PROJECT_SETTING + " is not set: set both for Vertex AI");
        });
    }

    @Override
    public String title() {
        return "Vertex AI (project " + project + ", " + location + ")";
    }

    @Override
    public URI endpoint() {
        if (location.equals("global")) {
            return URI.create("https://aiplatform.googleapis.com");
        }
        return URI.create(
                SEVERAL_REGIONS.contains(location)
                        ? "https://aiplatform." + location + ".rep.googleapis.com"
                        : "https://" + location + "-aiplatform.googleapis.com");
    }

    @Override
    public List<String> versions() {
        return List.of("v1beta1", "v1");
    }

    /** With a slash before the method, where the Developer API has a dot. */
    @Override
    public String livePath(String version) {
        return "/ws/google.cloud.aiplatform." + version + ".LlmBidiService/BidiGenerateContent";
    }

    @Override
    public String modelName(String id) {
        return "projects/" + project + "/locations/" + location + "/publishers/google/models/" + id;
    }

    @Override
    public List<String> liveModels() {
        return List.of("gemini-3.8-live", "gemini-3.5-transcribe-live");
    }

    @Override
    public boolean takesUploads() {
        return false;
    }

    /** Its lists tell what exists, but not what it can be used for. */
    @Override
    public boolean tellsModels() {
        return false;
    }

    @Override
    public boolean asksForSpeechSignals() {
        return speechSignals;
    }
}
