package dev.parley.gemini.settings;

import dev.parley.gemini.service.GoogleService;
import dev.parley.gemini.service.VertexAi;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.Secret;
import dev.parley.shared.settings.SettingException;
import dev.parley.shared.settings.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the operator has at Google: {@code parley.gemini.keys} ({@code name=key,…}) or, when that is unset,
 * {@code parley.gemini.key} or {@code GEMINI_API_KEY} under the name {@code default}; or the one project of Vertex AI under
 * its own name. No refusal shows a key. Immutable; any thread.
 */
@ApplicationScoped
public class ApiKeys {
    private static final String POOL = "parley.gemini.keys";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** What can stand in a header without a trick: visible ASCII. */
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,512}");

    private final List<ApiKey> keys;

    /** For CDI's client proxy only. */
    protected ApiKeys() {
        keys = List.of();
    }

    /** Reads and checks the keys. */
    @Inject
    public ApiKeys(SettingsReader reader) {
        keys = read(reader);
    }

    /** The pool, in the order configured; empty: the simulator answers. */
    public List<ApiKey> keys() {
        return keys;
    }

    private static List<ApiKey> read(SettingsReader reader) {
        if (GoogleService.read(reader) instanceof VertexAi vertex) {
            return List.of(ApiKey.ofProject(vertex.project().replace(':', '.')));
        }
        List<String> entries = reader.list(POOL);
        if (entries.isEmpty()) {
            return single(reader, "parley.gemini.key")
                    .or(() -> single(reader, "GEMINI_API_KEY"))
                    .map(List::of)
                    .orElse(List.of());
        }
        List<ApiKey> pool = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<Secret> secrets = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            String entry = entries.get(i);
            int equals = entry.indexOf('=');
            String name = equals < 0 ? "" : entry.substring(0, equals).strip();
            String key = equals < 0 ? "" : entry.substring(equals + 1).strip();
            if (!NAME.matcher(name).matches() || !KEY.matcher(key).matches()) {
                throw refuse(reader, i, "name=key pairs, names of letters, digits and . _ -, keys without spaces");
            }
            if (name.equals(ApiKey.SIMULATOR.name()) || !names.add(name)) {
                throw refuse(reader, i, "keys under different names, none of them \"simulator\"");
            }
            Secret secret = new Secret(key);
            if (!secrets.add(secret)) {
                throw refuse(reader, i, "different keys: one key under two names counts its limits twice");
            }
            pool.add(new ApiKey(name, secret));
        }
        return List.copyOf(pool);
    }

    private static Optional<ApiKey> single(SettingsReader reader, String property) {
        return reader.text(property).map(key -> {
            if (!KEY.matcher(key).matches()) {
                throw reader.refuse(property, "(hidden)", "a key of visible ASCII characters without spaces");
            }
            return new ApiKey("default", new Secret(key));
        });
    }

    private static SettingException refuse(SettingsReader reader, int index, String allowed) {
        return reader.refuse(POOL, "(entry " + (index + 1) + ", hidden)", allowed);
    }
}
