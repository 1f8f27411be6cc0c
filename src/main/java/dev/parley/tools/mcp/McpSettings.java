package dev.parley.tools.mcp;

import dev.parley.shared.settings.Secret;
import dev.parley.shared.settings.SettingsReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which servers there are. No refusal shows a secret. */
record McpSettings(List<Server> servers) {
    private static final String SERVERS = "parley.tools.mcp";
    private static final String AUTHORIZATION = "parley.tools.mcp-authorization";
    private static final String CONFIRM = "parley.tools.mcp-confirm";

    /** A look may hold a thread, and there are not many. */
    private static final int MOST_SERVERS = 16;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,31}");
    private static final Pattern HEADER = Pattern.compile("[\\x20-\\x7E]{1,4096}");

    /**
     * One of them.
     *
     * @param name the operator's name for it
     * @param url of its streamable HTTP endpoint
     * @param authorization value of the {@code Authorization} header
     * @param confirm whether the person is asked before each call
     */
    record Server(String name, URI url, Optional<Secret> authorization, boolean confirm) {}

    /** Reads and checks everything; a {@code SettingException} says what is wrong. */
    static McpSettings read(SettingsReader reader) {
        Map<String, String> urls = pairs(reader, SERVERS);
        if (urls.size() > MOST_SERVERS) {
            throw reader.refuse(SERVERS, "(" + urls.size() + " servers)", "at most " + MOST_SERVERS + " servers");
        }
        Map<String, String> authorizations = pairs(reader, AUTHORIZATION);
        Set<String> confirm = Set.copyOf(reader.list(CONFIRM));
        known(reader, AUTHORIZATION, authorizations.keySet(), urls.keySet());
        known(reader, CONFIRM, confirm, urls.keySet());
        List<Server> servers = new ArrayList<>();
        urls.forEach((name, url) -> servers.add(new Server(
                name,
                address(reader, url),
                Optional.ofNullable(authorizations.get(name)).map(value -> secret(reader, value)),
                confirm.contains(name))));
        return new McpSettings(List.copyOf(servers));
    }

    private static Map<String, String> pairs(SettingsReader reader, String property) {
        Map<String, String> pairs = new LinkedHashMap<>();
        int entry = 0;
        for (String pair : reader.list(property)) {
            entry++;
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip();
            if (!NAME.matcher(name).matches()
                    || pairs.put(name, pair.substring(equals + 1).strip()) != null) {
                throw reader.refuse(
                        property,
                        "(entry " + entry + ", hidden)",
                        "name=value pairs, each name once and of letters, digits, _ and -");
            }
        }
        return pairs;
    }

    private static void known(SettingsReader reader, String property, Set<String> names, Set<String> servers) {
        for (String name : names) {
            if (!servers.contains(name)) {
                throw reader.refuse(property, name, "names of servers in " + SERVERS);
            }
        }
    }

    private static URI address(SettingsReader reader, String url) {
        try {
            URI uri = URI.create(url);
            String scheme = String.valueOf(uri.getScheme());
            if ((scheme.equals("https") || scheme.equals("http"))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (IllegalArgumentException ignored) {
            // told below, with what is allowed
        }
        throw reader.refuse(
                SERVERS, "(address hidden)", "addresses such as https://tools.example/mcp, without user and fragment");
    }

    private static Secret secret(SettingsReader reader, String value) {
        if (!HEADER.matcher(value).matches()) {
            throw reader.refuse(
                    AUTHORIZATION, "(hidden)", "what the Authorization header shall hold, such as Bearer …");
        }
        return new Secret(value);
    }
}
