package dev.parley.gemini.service;

import java.net.URI;
import java.util.List;

/** The Gemini Developer API (ai.google.dev), entered with an API key. */
public enum DeveloperApi implements GoogleService {
    /** The only one. */
    INSTANCE;

    private static final URI ENDPOINT = URI.create("https://generativelanguage.googleapis.com");

    @Override
    public String title() {
        return "Gemini";
    }

    @Override
    public URI endpoint() {
        return ENDPOINT;
    }

    @Override
    public List<String> versions() {
        return List.of("v1beta", "v1", "v1alpha");
    }

    @Override
    public String livePath(String version) {
        return "/ws/google.ai.generativelanguage." + version + ".GenerativeService.BidiGenerateContent";
    }

    @Override
    public String modelName(String id) {
        return "models/" + id;
    }

    @Override
    public List<String> liveModels() {
        return List.of("gemini-3.8-live", "gemini-3.8-live-extended-thinking", "gemini-3.5-transcribe-live");
    }

    @Override
    public boolean takesUploads() {
        return true;
    }

    @Override
    public boolean tellsModels() {
        return true;
    }

    /** It refuses the field. */
    @Override
    public boolean asksForSpeechSignals() {
        return false;
    }
}
