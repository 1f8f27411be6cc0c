package dev.parley.security.header;

import dev.parley.shared.settings.SettingsReader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Headers of every answer: scripts, styles and connections of this server only and none within a page's text (CSP Level 3),
 * the microphone, the camera and the screen for its own pages only, and no page around it that was not configured. Immutable.
 */
public final class SecurityHeaders {
    private static final String FRAMES = "parley.security.frame-ancestors";
    private static final Pattern ANCESTOR = Pattern.compile("https?://[A-Za-z0-9.*-]+(?::\\d{1,5})?");

    /** What a client may write there is repeated in the policy, so only what names a host is. */
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9.-]{1,253}(?::\\d{1,5})?|\\[[0-9A-Fa-f:.]{2,45}\\](?::\\d{1,5})?");

    private static final String PERMISSIONS =
            "microphone=(self), camera=(self), display-capture=(self), autoplay=(self),"
                    + " screen-wake-lock=(self), clipboard-write=(self), geolocation=(), payment=(), usb=(), serial=(), hid=(),"
                    + " midi=()";

    private final String frames;
    private final boolean framed;

    private SecurityHeaders(List<String> ancestors) {
        framed = !ancestors.isEmpty();
        frames = framed ? "'self' " + String.join(" ", ancestors) : "'none'";
    }

    /** Reads {@code parley.security.frame-ancestors}: origins whose pages may show Parley in a frame. */
    public static SecurityHeaders read(SettingsReader settings) {
        List<String> ancestors = settings.list(FRAMES);
        for (String ancestor : ancestors) {
            if (!ANCESTOR.matcher(ancestor).matches()) {
                throw settings.refuse(FRAMES, ancestor, "a list of origins such as https://intranet.example");
            }
        }
        return new SecurityHeaders(ancestors.stream()
                .map(ancestor -> ancestor.toLowerCase(Locale.ROOT))
                .toList());
    }

    /**
     * Sets them, before anything else of the answer.
     *
     * @param secure whether the client speaks TLS
     */
    public void addTo(HttpServletRequest request, HttpServletResponse response, boolean secure) {
        response.setHeader("Content-Security-Policy", policy(request.getHeader("Host")));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Permissions-Policy", PERMISSIONS);
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (!framed) {
            response.setHeader("X-Frame-Options", "DENY"); // for what does not know frame-ancestors
        }
        if (secure) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /** WebSockets are named by host: not every browser takes them for {@code 'self'}. */
    private String policy(@Nullable String host) {
        String sockets = host != null && HOST.matcher(host).matches() ? " ws://" + host + " wss://" + host : "";
        return "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
                + " media-src 'self' blob:; font-src 'self'; manifest-src 'self'; connect-src 'self'" + sockets
                + "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors " + frames;
    }
}
