package dev.parley.testkit;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Google's token server for one service account, on a free port of 127.0.0.1, with a key pair of its own. It checks the
 * assertion as Google does (RFC 7523) and refuses what is wrong in it; tokens tell the simulator by themselves when they
 * end. Thread safe.
 */
public final class ScriptedTokenServer implements AutoCloseable {
    private static final String ACCOUNT = "parley@test-project.iam.gserviceaccount.com";
    private static final Pattern ASSERTION = Pattern.compile("(?:^|&)assertion=([^&]+)");

    private final ScriptedRestServer server = ScriptedRestServer.start().script(this::answer);
    private final KeyPair keys;
    private final List<String> issued = new CopyOnWriteArrayList<>();
    private volatile Duration told = Duration.ofHours(1);
    private volatile Duration real = Duration.ofHours(1);
    private volatile ScriptedRestServer.Script before = answer -> {};

    private ScriptedTokenServer() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Listens. */
    public static ScriptedTokenServer start() {
        return new ScriptedTokenServer();
    }

    /** Where tokens are asked for. */
    public URI address() {
        return server.address().resolve("/token");
    }

    /**
     * How long tokens live from now on.
     *
     * @param toldLife as the server says
     * @param realLife as Google will take them
     */
    public ScriptedTokenServer lives(Duration toldLife, Duration realLife) {
        told = toldLife;
        real = realLife;
        return this;
    }

    /** Runs before every answer, and may be the answer. */
    public ScriptedTokenServer first(ScriptedRestServer.Script script) {
        before = script;
        return this;
    }

    /** The tokens given out so far. */
    public List<String> issued() {
        return List.copyOf(issued);
    }

    /** Requests so far, refused ones included. */
    public int requests() {
        return server.requests().size();
    }

    /** The key of the service account as Google gives it to its owner, written into that folder. */
    public Path credentialsFile(Path folder) {
        String key = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        JsonObject json = Json.createObjectBuilder()
                .add("type", "service_account")
                .add("project_id", "test-project")
                .add("private_key_id", "0123456789abcdef")
                .add("private_key", key)
                .add("client_email", ACCOUNT)
                .add("client_id", "100000000000000000001")
                .add("token_uri", address().toString())
                .build();
        try {
            return Files.writeString(folder.resolve("service-account.json"), json.toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private void answer(ScriptedRestServer.Answer answer) throws IOException {
        before.answer(answer);
        if (answer.exchange().getResponseCode() != -1) {
            return; // it was the answer
        }
        String wrong = wrong(answer.request().text());
        if (!wrong.isEmpty()) {
            answer.json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"" + wrong + "\"}");
            return;
        }
        String token = "ya29.test-" + issued.size() + "~until~"
                + Instant.now().plus(real).getEpochSecond();
        issued.add(token);
        answer.json(
                200,
                "{\"access_token\":\"" + token + "\",\"expires_in\":" + told.toSeconds()
                        + ",\"token_type\":\"Bearer\"}");
    }

    /** What is wrong with a request; empty when nothing is. */
    private String wrong(String form) {
        Matcher found = ASSERTION.matcher(form);
        if (!form.contains("grant_type=" + "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer") || !found.find()) {
            return "No assertion.";
        }
        String[] parts =
                URLDecoder.decode(found.group(1), StandardCharsets.UTF_8).split("\\.", -1);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(keys.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
                return "Invalid JWT Signature.";
            }
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
        JsonObject claims = Json.createReader(
                        new StringReader(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)))
                .readObject();
        boolean right = claims.getString("iss").equals(ACCOUNT)
                && claims.getString("scope").equals("https://www.googleapis.com/auth/cloud-platform")
                && claims.getJsonNumber("exp").longValue() > Instant.now().getEpochSecond();
        return right ? "" : "Invalid JWT: " + claims.keySet();
    }
}
