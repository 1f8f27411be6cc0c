package dev.parley.security.path;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What each address needs; what is not named here is refused. Servers decode and shorten paths by rules of their own
 * before they choose who answers, and filters that compare paths have been passed by {@code /admin;x}, {@code /%61dmin},
 * {@code //admin} and {@code /ADMIN.HTML}. Here a path counts only as it came, and only if there is one way to read it.
 */
public final class PathRules {
    /** Letters, digits, {@code _}, {@code -} and dots inside: nothing that a server could read in another way. */
    private static final String SEGMENT = "[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*";

    private static final Pattern PLAIN = Pattern.compile("/|(?:/" + SEGMENT + ")+/?");

    /** First segments of what is Parley's own; the simulator answers at none of them. */
    private static final Set<String> OWN =
            Set.of("api", "app", "style", "admin", "audio-stream", "health", "metrics", "sign-in", "sign-out");

    /** Files of the page in the root folder; the rest of it is in folders. */
    private static final Pattern ROOT_FILE = Pattern.compile("/[a-z0-9-]+\\.(?:html|svg|png|ico|css|js|webmanifest)");

    private static final Pattern ADMIN_FILE = Pattern.compile("/admin[a-z0-9-]*\\.[a-z]+");

    /** Lower case, as all resources are; below them are names and numbers. */
    private static final Pattern API = Pattern.compile("/api/[a-z][a-z-]*(?:/" + SEGMENT + ")*/?");

    /**
     * Where the simulator answers Live API clients, as they spell it: Google's JavaScript SDK doubles a slash, and a base
     * URL may have a path.
     */
    private static final Pattern SIMULATED_SOCKET =
            Pattern.compile("/+(?:[A-Za-z0-9_-]+/+)*ws/+google(?:\\.[A-Za-z0-9]+)+(?:/+[A-Za-z0-9]+)?");

    /** Where it answers REST calls: methods follow a colon, names may be escaped, but no slash and no dot. */
    private static final Pattern SIMULATED_REST = Pattern.compile(
            "/+(?:upload/+)?v1(?:(?:alpha|beta)1?)?(?:/+(?!\\.+(?:/|$))(?:[A-Za-z0-9_.:~-]|%(?!2[eEfF]|5[cC]|25|00|3[bB])[0-9A-Fa-f]{2})+)+/*");

    private PathRules() {}

    /**
     * What an address needs.
     *
     * @param path as in the request line, undecoded, without the context path and the query
     * @param upgrade whether it is a WebSocket handshake
     */
    public static Need of(String path, boolean upgrade) {
        boolean plain = PLAIN.matcher(path).matches();
        if (plain && OWN.contains(firstSegment(path))) {
            return own(path);
        }
        if (upgrade ? isSimulatedSocket(path) : SIMULATED_REST.matcher(path).matches()) {
            return Need.SIMULATED;
        }
        return plain ? page(path) : Need.UNKNOWN;
    }

    /** None whose first real segment is our own: with a parameter in it, a resource of ours might answer there. */
    private static boolean isSimulatedSocket(String path) {
        return SIMULATED_SOCKET.matcher(path).matches() && !OWN.contains(firstSegment(path.replaceAll("/{2,}", "/")));
    }

    private static Need own(String path) {
        return switch (firstSegment(path)) {
            case "health" -> Need.NOTHING;
            case "metrics" -> path.equals("/metrics") ? Need.FIGURES : Need.UNKNOWN;
            case "app", "style" -> Need.EITHER;
            case "admin" -> Need.ADMIN;
            case "sign-in" -> path.equals("/sign-in/callback") ? Need.NOTHING : Need.UNKNOWN;
            case "sign-out" -> path.equals("/sign-out") ? Need.NOTHING : Need.UNKNOWN;
            case "audio-stream" ->
                path.equals("/audio-stream") || path.equals("/audio-stream/") ? Need.TALK : Need.UNKNOWN;
            default -> api(path);
        };
    }

    private static Need api(String path) {
        if (!API.matcher(path).matches()) {
            return Need.UNKNOWN;
        }
        if (path.equals("/api/session")) {
            return Need.EITHER;
        }
        return path.startsWith("/api/admin/") || path.equals("/api/admin") ? Need.ADMIN : Need.TALK;
    }

    private static Need page(String path) {
        if (path.equals("/ws/audio-live") || path.equals("/") || path.equals("/index.html")) {
            return Need.TALK;
        }
        if (ADMIN_FILE.matcher(path).matches()) {
            return Need.ADMIN;
        }
        return ROOT_FILE.matcher(path).matches() ? Need.EITHER : Need.UNKNOWN;
    }

    private static String firstSegment(String path) {
        int end = path.indexOf('/', 1);
        return path.substring(1, end < 0 ? path.length() : end);
    }
}
