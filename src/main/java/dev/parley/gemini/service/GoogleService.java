package dev.parley.gemini.service;

import dev.parley.shared.settings.SettingsReader;
import java.net.URI;
import java.util.List;

/** One of Google's two services that serve Gemini: same messages, other addresses, names and credentials. */
public sealed interface GoogleService permits DeveloperApi, VertexAi {
    /** Vertex AI when {@code parley.gemini.vertex.project} is set, otherwise the Developer API. */
    static GoogleService read(SettingsReader reader) {
        return VertexAi.read(reader).<GoogleService>map(vertex -> vertex).orElse(DeveloperApi.INSTANCE);
    }

    /** What people call it; with project and location where it has them. */
    String title();

    /** Where it is, unless {@code parley.gemini.endpoint} says otherwise. */
    URI endpoint();

    /** Versions of the API, the usual one first. */
    List<String> versions();

    /** The path of the Live method under the endpoint, with a slash at the beginning. */
    String livePath(String version);

    /** The full name of the model of that bare id: in the setup of a Live session, and behind the version in REST paths. */
    String modelName(String id);

    /** Live models that it is known to serve: those offered when the operator names none; bare ids. */
    List<String> liveModels();

    /** Whether it takes uploads beside requests (Files API). */
    boolean takesUploads();

    /** Whether it tells which models can be used. */
    boolean tellsModels();

    /** Whether the start and the end of speech are asked for beside the transcripts. */
    boolean asksForSpeechSignals();

    /** Whether it is Vertex AI. */
    default boolean isVertex() {
        return this instanceof VertexAi;
    }
}
