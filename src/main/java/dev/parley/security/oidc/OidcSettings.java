package dev.parley.security.oidc;

import dev.parley.shared.settings.Secret;
import dev.parley.shared.settings.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The provider, and how this server is known to it.
 *
 * @param issuer where {@code /.well-known/openid-configuration} is found
 * @param secret empty for a public client
 * @param audience what bearer tokens must be for; empty: none is taken
 * @param nameClaim who somebody is
 * @param roles which roles a token gives
 * @param address of this server as people reach it, ending with a slash
 * @param session how long a sign-in lasts
 */
record OidcSettings(
        URI issuer,
        String client,
        Optional<Secret> secret,
        List<String> scopes,
        Optional<String> audience,
        String nameClaim,
        RoleClaim roles,
        URI address,
        Duration session) {
    private static final String ISSUER = "parley.security.oidc.issuer";
    private static final String CLIENT = "parley.security.oidc.client-id";
    private static final String ADDRESS = "parley.security.public-address";

    static OidcSettings read(SettingsReader settings) {
        List<String> web = List.of("https", "http");
        URI issuer = settings.uri(ISSUER, web)
                .orElseThrow(() -> settings.refuse(ISSUER, "", "the provider's issuer, which the mode oidc needs"));
        if (issuer.getScheme().equals("http") && !isLoopback(issuer.getHost())) {
            throw settings.refuse(
                    ISSUER, issuer.toString(), "https, since tokens are checked by what comes from there");
        }
        String client = settings.text(CLIENT)
                .orElseThrow(() -> settings.refuse(CLIENT, "", "the client id that the provider has for this server"));
        URI address = settings.uri(ADDRESS, web)
                .orElseThrow(() -> settings.refuse(
                        ADDRESS,
                        "",
                        "the address that people open, such as https://parley.example/, for the way back"));
        List<String> scopes = settings.list("parley.security.oidc.scopes");
        return new OidcSettings(
                issuer,
                client,
                settings.secret("parley.security.oidc.client-secret"),
                scopes.isEmpty() ? List.of("openid", "profile") : scopes,
                settings.text("parley.security.oidc.audience"),
                settings.text("parley.security.oidc.name-claim", "preferred_username"),
                RoleClaim.read(settings),
                address.toString().endsWith("/") ? address : URI.create(address + "/"),
                settings.duration(
                        "parley.security.session-time",
                        Duration.ofHours(8),
                        Duration.ofMinutes(1),
                        Duration.ofDays(30)));
    }

    /** Where the provider sends people back to. */
    URI callback() {
        return address.resolve("sign-in/callback");
    }

    boolean isSecure() {
        return address.getScheme().equals("https");
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }
}
