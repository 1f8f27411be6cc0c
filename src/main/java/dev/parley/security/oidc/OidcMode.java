package dev.parley.security.oidc;

import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import dev.parley.security.Refusal;
import dev.parley.security.SignedIn;
import dev.parley.security.Upgrades;
import dev.parley.security.address.Peer;
import dev.parley.security.cookie.Seal;
import dev.parley.security.cookie.SealedCookie;
import dev.parley.security.signin.Authorization;
import dev.parley.security.signin.Finding;
import dev.parley.security.signin.SignInMode;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.SettingsReader;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** People sign in at a provider and have a cookie from then on; programs show a token of the provider with each request. */
public final class OidcMode implements SignInMode {
    private static final String CHALLENGE = "Bearer realm=\"Parley\"";
    private static final Duration SIGN_IN_TIME = Duration.ofMinutes(10);
    private static final String AWAY = "The sign-in service cannot be reached now. Try again in a moment.";

    private final OidcSettings settings;
    private final ProviderDesk desk;
    private final Tokens tokens;
    private final CodeFlow flow;
    private final SealedCookie underWay;
    private final Sessions sessions;

    private OidcMode(OidcSettings settings, Seal seal, Clock clock) {
        this.settings = settings;
        this.desk = new ProviderDesk(settings, clock);
        this.tokens = new Tokens(settings);
        this.flow = new CodeFlow(settings, tokens);
        this.underWay = new SealedCookie("parley-sign-in", settings.isSecure(), SIGN_IN_TIME, seal, clock);
        this.sessions =
                new Sessions(new SealedCookie("parley-session", settings.isSecure(), settings.session(), seal, clock));
    }

    /** Reads {@code parley.security.oidc.*}. */
    public static OidcMode read(SettingsReader reader, Clock clock) {
        return new OidcMode(OidcSettings.read(reader), Seal.read(reader), clock);
    }

    @Override
    public String name() {
        return "oidc";
    }

    @Override
    public boolean canSignOut() {
        return true;
    }

    @Override
    public Finding identify(HttpServletRequest request, Peer peer) {
        Optional<String> bearer = Authorization.bearer(request);
        if (bearer.isEmpty()) {
            return sessions.find(request).map(Finding::remembered).orElse(Finding.NOBODY);
        }
        Optional<Provider> provider = desk.provider();
        if (provider.isEmpty()) {
            return Finding.refused(away());
        }
        return tokens.program(provider.get(), bearer.get())
                .map(Finding::proven)
                .orElseGet(() -> Finding.refused(Refusal.signInNeeded(
                        "The token is not good for this server, or not any more.",
                        CHALLENGE + ", error=\"invalid_token\"")));
    }

    @Override
    public void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!isNavigation(request)) {
            SignInMode.unknown(CHALLENGE).writeTo(request, response);
            return;
        }
        Optional<Provider> provider = desk.provider();
        if (provider.isEmpty()) {
            Farewells.write(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, AWAY, settings.address());
            return;
        }
        String to = request.getRequestURI().substring(request.getContextPath().length() + 1);
        CodeFlow.Departure departure = flow.begin(provider.get(), to);
        underWay.set(response, departure.memory());
        redirect(response, departure.address());
    }

    @Override
    public boolean serve(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (path) {
            case "/sign-in/callback" -> arrive(request, response);
            case "/sign-out" -> leave(request, response);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void arrive(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<JsonObject> memory = underWay.get(request);
        String query = request.getQueryString();
        if (memory.isEmpty() || query == null) {
            refuse(response, "No sign-in was begun in this browser, or it took longer than ten minutes.");
            return;
        }
        underWay.clear(response);
        Optional<Provider> provider = desk.provider();
        if (provider.isEmpty()) {
            Farewells.write(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, AWAY, settings.address());
            return;
        }
        try {
            CodeFlow.Arrival arrival = flow.finish(provider.get(), query, memory.get());
            Optional<SignedIn> who = arrival.who();
            if (who.isEmpty()) {
                refuse(response, arrival.why());
                return;
            }
            sessions.begin(response, who.get());
            redirect(response, settings.address().resolve(arrival.to()));
        } catch (IOException unreachable) {
            Farewells.write(response, HttpServletResponse.SC_BAD_GATEWAY, AWAY, settings.address());
        }
    }

    private void refuse(HttpServletResponse response, String why) throws IOException {
        Farewells.write(
                response, HttpServletResponse.SC_FORBIDDEN, "You are not signed in. " + why, settings.address());
    }

    /** Ends the session here, and tells the page where it ends at the provider. */
    private void leave(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            new Refusal(405, FailureKind.BAD_MESSAGE, "Signing out is a POST.", Optional.empty(), Optional.empty())
                    .writeTo(request, response);
            return;
        }
        sessions.end(request, response);
        URI end = desk.provider()
                .map(found -> found.metadata().getEndSessionEndpointURI())
                .orElse(null);
        URI location = end == null
                ? settings.address()
                : new LogoutRequest(end, null, null, new ClientID(settings.client()), settings.address(), null, null)
                        .toURI();
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter()
                .print(Json.createObjectBuilder()
                        .add("location", location.toString())
                        .build());
    }

    /** Whether a person looks at the answer: Fetch Metadata says so, or an older browser that takes HTML. */
    private static boolean isNavigation(HttpServletRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        String accept = request.getHeader("Accept");
        boolean person = mode == null ? accept != null && accept.contains("text/html") : mode.equals("navigate");
        return person && request.getMethod().equals("GET") && !Upgrades.isAsked(request);
    }

    private static void redirect(HttpServletResponse response, URI to) {
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", to.toString());
        response.setHeader("Cache-Control", "no-store");
    }

    private static Refusal away() {
        return new Refusal(
                HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                FailureKind.SIGN_IN_NEEDED,
                AWAY,
                Optional.empty(),
                Optional.of(Duration.ofSeconds(5)));
    }
}
