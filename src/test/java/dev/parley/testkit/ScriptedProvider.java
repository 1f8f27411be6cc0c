package dev.parley.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * An OpenID Connect provider on 127.0.0.1 that signs in whoever it was told to: it checks what a strict one checks (client,
 * way back, PKCE, one use of a code), and its tokens can be spoilt. Thread safe.
 */
public final class ScriptedProvider implements AutoCloseable {
    /** How the server is known to it. */
    public static final String CLIENT = "parley";

    /** The client's secret. */
    public static final String SECRET = "the client's own secret";

    /** What programs' tokens are for. */
    public static final String AUDIENCE = "parley-api";

    private final HttpServer server;
    private final RSAKey key = newKey("k1");
    private final RSAKey strangersKey = newKey("k1");
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final AtomicInteger keyRequests = new AtomicInteger();
    private volatile String person = "anna";
    private volatile List<String> roles = List.of("talk");
    private volatile UnaryOperator<JWTClaimsSet.Builder> spoil = UnaryOperator.identity();
    private volatile boolean strangersSignature;
    private volatile boolean denying;

    private ScriptedProvider(HttpServer server) {
        this.server = server;
        server.createContext("/.well-known/openid-configuration", exchange -> json(exchange, 200, configuration()));
        server.createContext("/keys", exchange -> {
            keyRequests.incrementAndGet();
            json(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
        });
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
    }

    /** Begins to answer. */
    public static ScriptedProvider start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ScriptedProvider provider = new ScriptedProvider(server);
            server.start();
            return provider;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Its issuer. */
    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The settings of a server that uses it, reached at this address. */
    public Map<String, String> settings(String address) {
        Map<String, String> settings = new HashMap<>();
        settings.put("parley.security.mode", "oidc");
        settings.put("parley.security.public-address", address);
        settings.put("parley.security.oidc.issuer", issuer());
        settings.put("parley.security.oidc.client-id", CLIENT);
        settings.put("parley.security.oidc.client-secret", SECRET);
        settings.put("parley.security.oidc.audience", AUDIENCE);
        settings.put("parley.security.oidc.roles-claim", "realm_access.roles");
        return settings;
    }

    /** Who signs in from now on. */
    public void person(String name, List<String> theirRoles) {
        person = name;
        roles = theirRoles;
    }

    /** Changes the claims of tokens from now on. */
    public void spoil(UnaryOperator<JWTClaimsSet.Builder> change) {
        spoil = change;
    }

    /** Signs with a key that is not published, from now on. */
    public void signAsStranger(boolean stranger) {
        strangersSignature = stranger;
    }

    /** The person does not agree, from now on. */
    public void deny(boolean denies) {
        denying = denies;
    }

    /** How often its keys were asked for. */
    public int keyRequests() {
        return keyRequests.get();
    }

    /** A token for a program. */
    public String programToken(String subject, List<String> theirRoles) {
        return sign(claims(subject, theirRoles).audience(AUDIENCE));
    }

    /** An ID token, as it comes from a sign-in that was asked for with this nonce. */
    public String idToken(String nonce) {
        return sign(claims(person, roles).audience(CLIENT).claim("nonce", nonce));
    }

    private JWTClaimsSet.Builder claims(String subject, List<String> theirRoles) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject(subject + "-id")
                .claim("preferred_username", subject)
                .claim("realm_access", Map.of("roles", theirRoles))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    private String sign(JWTClaimsSet.Builder claims) {
        try {
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build();
            SignedJWT token = new SignedJWT(header, spoil.apply(claims).build());
            token.sign(new RSASSASigner(strangersSignature ? strangersKey : key));
            return token.serialize();
        } catch (JOSEException failure) {
            throw new AssertionError(failure);
        }
    }

    private String configuration() {
        return Json.createObjectBuilder()
                .add("issuer", issuer())
                .add("authorization_endpoint", issuer() + "/authorize")
                .add("token_endpoint", issuer() + "/token")
                .add("jwks_uri", issuer() + "/keys")
                .add("end_session_endpoint", issuer() + "/bye")
                .add("response_types_supported", Json.createArrayBuilder().add("code"))
                .add("subject_types_supported", Json.createArrayBuilder().add("public"))
                .add(
                        "id_token_signing_alg_values_supported",
                        Json.createArrayBuilder().add("RS256").add("HS256"))
                .build()
                .toString();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        boolean right = "code".equals(asked.get("response_type"))
                && CLIENT.equals(asked.get("client_id"))
                && "S256".equals(asked.get("code_challenge_method"))
                && asked.containsKey("nonce")
                && asked.getOrDefault("redirect_uri", "").endsWith("/sign-in/callback");
        if (!right) {
            json(exchange, 400, asked.toString());
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        String answer = denying ? "error=access_denied" : "code=" + code;
        exchange.getResponseHeaders()
                .set("Location", asked.get("redirect_uri") + "?" + answer + "&state=" + asked.get("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> given =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String authorization = "Basic "
                + Base64.getEncoder()
                        .encodeToString((CLIENT + ":" + SECRET.replace(" ", "+").replace("'", "%27"))
                                .getBytes(StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(given.getOrDefault("code", ""));
        boolean right = asked != null
                && authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && asked.get("redirect_uri").equals(given.get("redirect_uri"))
                && challenge(given.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"));
        if (asked == null || !right) {
            json(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        json(
                exchange,
                200,
                Json.createObjectBuilder()
                        .add("access_token", "opaque")
                        .add("token_type", "Bearer")
                        .add("id_token", idToken(asked.get("nonce")))
                        .build()
                        .toString());
    }

    private static void json(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> parameters(String form) {
        Map<String, String> found = new HashMap<>();
        for (String pair : form.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            found.put(parts[0], URLDecoder.decode(parts.length == 2 ? parts[1] : "", StandardCharsets.UTF_8));
        }
        return found;
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    private static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Where a browser is sent from there. */
    public static String query(URI location) {
        return location.getRawQuery();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
