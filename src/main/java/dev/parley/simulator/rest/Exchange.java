package dev.parley.simulator.rest;

import dev.parley.shared.settings.Secret;
import dev.parley.simulator.fault.Caller;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.protocol.LiveJson;
import dev.parley.simulator.setup.CredentialReader;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the servlets ask of requests and do to responses. */
final class Exchange {
    private static final Logger LOG = System.getLogger(Exchange.class.getName());
    private static final List<String> VERSIONS = List.of("v1beta", "v1alpha", "v1beta1", "v1");

    private Exchange() {}

    /** The caller, if the key is good; a {@link GoogleError} otherwise. */
    static Caller caller(HttpServletRequest request) {
        Optional<Secret> credential =
                CredentialReader.read(CredentialReader.headers(request), request.getQueryString(), false);
        return Caller.authenticated(version(request.getServletPath()), credential);
    }

    /** The version in a path such as {@code /upload/v1beta/files}. */
    static String version(String servletPath) {
        return Arrays.stream(servletPath.split("/", -1))
                .filter(VERSIONS::contains)
                .findFirst()
                .orElse("v1beta");
    }

    /** The address of a version as the client sees this server: {@code http://127.0.0.1:8080/v1beta}. */
    static String base(HttpServletRequest request) {
        return root(request) + "/" + version(request.getServletPath());
    }

    /** The address of the application as the client sees it, also behind a proxy that ends TLS and says so. */
    static String root(HttpServletRequest request) {
        String url = request.getRequestURL().toString();
        String path = request.getRequestURI();
        String root = url.substring(0, url.length() - path.length()) + request.getContextPath();
        // Only the one who sends the header is told this address, so it need not be believed.
        boolean secured = "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
        return secured && root.startsWith("http:") ? "https:" + root.substring("http:".length()) : root;
    }

    /**
     * One page of a list, as {@code pageSize} and {@code pageToken} of the query wish.
     *
     * @param name of the list in the answer; left out where the page is empty
     * @param usual items on a page when the query does not say
     * @param most items on any page
     */
    static JsonObject page(String name, List<JsonObject> all, @Nullable String query, int usual, int most) {
        int asked = number(query, "pageSize", 0);
        int size = asked == 0 ? usual : Math.min(most, asked); // zero is what a client has not set (google.aip.dev/158)
        int from = Math.min(number(query, "pageToken", 0), all.size());
        int to = Math.min(all.size(), from + size);
        JsonObjectBuilder page = LiveJson.object();
        if (to > from) {
            JsonArrayBuilder items = LiveJson.array();
            all.subList(from, to).forEach(items::add);
            page.add(name, items);
        }
        if (to < all.size()) {
            page.add("nextPageToken", Integer.toString(to));
        }
        return page.build();
    }

    private static int number(@Nullable String query, String name, int absent) {
        String text = parameter(query, name).orElse("");
        if (!text.isEmpty() && !text.matches("\\d{1,6}")) {
            throw GoogleError.invalid("Invalid value at '" + name + "' (TYPE_INT32), \"" + name + "\" is no number");
        }
        return text.isEmpty() ? absent : Integer.parseInt(text);
    }

    /** A parameter of the query; the body is never looked at. */
    static Optional<String> parameter(@Nullable String query, String name) {
        if (query == null) {
            return Optional.empty();
        }
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> decoded(pair.substring(name.length() + 1)))
                .findFirst();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    /** The answer when a body could not be read or kept: the client left, which nobody will see, or the disk failed. */
    static GoogleError broken(IOException failure) {
        LOG.log(Level.WARNING, "A request to the simulator could not be read to its end: {0}", failure.toString());
        return GoogleError.internal();
    }

    /** Writes a whole answer. */
    static void json(HttpServletResponse response, int status, JsonObject body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json; charset=UTF-8");
        response.getOutputStream().write((body + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
