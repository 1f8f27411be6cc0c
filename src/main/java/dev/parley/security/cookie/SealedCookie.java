package dev.parley.security.cookie;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A JSON object in a cookie of the browser: sealed, for this server's own pages (SameSite=Lax), out of reach for scripts, over
 * TLS only where the server is reached so, and good for a time. Thread safe.
 */
public final class SealedCookie {
    private static final String UNTIL = "until";

    private final String name;
    private final boolean secure;
    private final Duration life;
    private final Seal seal;
    private final Clock clock;

    /**
     * A kind of cookie.
     *
     * @param secure whether people reach the server by https; then the name says that no other host can have set it
     *     (RFC 6265bis §4.1.3.2)
     */
    public SealedCookie(String name, boolean secure, Duration life, Seal seal, Clock clock) {
        this.name = secure ? "__Host-" + name : name;
        this.secure = secure;
        this.life = life;
        this.seal = seal;
        this.clock = clock;
    }

    /** Gives it to a browser. */
    public void set(HttpServletResponse response, JsonObject content) {
        JsonObject dated = Json.createObjectBuilder(content)
                .add(UNTIL, clock.instant().plus(life).toEpochMilli())
                .build();
        write(response, seal.close(name, dated.toString()), life.toSeconds());
    }

    /** Takes it from a browser. */
    public void clear(HttpServletResponse response) {
        write(response, "", 0);
    }

    /** What it holds, if the request has one that is good. */
    public Optional<JsonObject> get(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return Arrays.stream(cookies == null ? new Cookie[0] : cookies)
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst()
                .flatMap(cookie -> seal.open(name, cookie.getValue()))
                .flatMap(SealedCookie::parse)
                .filter(content -> clock.millis() < content.getJsonNumber(UNTIL).longValue());
    }

    private static Optional<JsonObject> parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return Optional.of(reader.readObject());
        } catch (JsonException otherVersion) {
            return Optional.empty();
        }
    }

    private void write(HttpServletResponse response, String value, long seconds) {
        response.addHeader(
                "Set-Cookie",
                name + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Lax"
                        + (secure ? "; Secure" : ""));
    }
}
