package dev.parley.security.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import dev.parley.security.SignedIn;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The way of a person to the provider and back (OpenID Connect Core 1.0 §3.1): authorization code, with PKCE (RFC 7636), state
 * and nonce. What has to be known again on the way back is in a sealed cookie of the browser that went. Thread safe.
 */
final class CodeFlow {
    private final OidcSettings settings;
    private final Tokens tokens;

    CodeFlow(OidcSettings settings, Tokens tokens) {
        this.settings = settings;
        this.tokens = tokens;
    }

    /**
     * A person on their way.
     *
     * @param address of the provider's page
     * @param memory what is needed on the way back
     */
    record Departure(URI address, JsonObject memory) {}

    /** Somebody came back, and may go on to where they wanted; or did not get in, for this reason. */
    record Arrival(Optional<SignedIn> who, String to, String why) {
        static Arrival refused(String why) {
            return new Arrival(Optional.empty(), "", why);
        }
    }

    /**
     * Sends somebody to the provider.
     *
     * @param to where they want to go afterwards, below this server's address
     */
    Departure begin(Provider provider, String to) {
        State state = new State();
        Nonce nonce = new Nonce();
        CodeVerifier verifier = new CodeVerifier();
        URI address = new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope(settings.scopes().toArray(String[]::new)),
                        new ClientID(settings.client()),
                        settings.callback())
                .endpointURI(provider.metadata().getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build()
                .toURI();
        JsonObject memory = Json.createObjectBuilder()
                .add("state", state.getValue())
                .add("nonce", nonce.getValue())
                .add("verifier", verifier.getValue())
                .add("to", to)
                .build();
        return new Departure(address, memory);
    }

    /**
     * Takes somebody who comes back; may wait for the provider.
     *
     * @param query of the request
     * @throws IOException when the provider cannot be reached
     */
    Arrival finish(Provider provider, String query, JsonObject memory) throws IOException {
        try {
            AuthenticationResponse answer =
                    AuthenticationResponseParser.parse(URI.create(settings.callback() + "?" + query));
            if (!new State(memory.getString("state")).equals(answer.getState())) {
                return Arrival.refused("This is not the sign-in that was begun here last.");
            }
            Issuer issuer = answer.getIssuer();
            if (issuer == null ? provider.metadata().supportsAuthorizationResponseIssuerParam() : !isOurs(issuer)) {
                return Arrival.refused("Another provider answered than the one that was asked.");
            }
            if (!answer.indicatesSuccess()) {
                return Arrival.refused("The provider did not sign you in ("
                        + answer.toErrorResponse().getErrorObject().getCode() + ").");
            }
            AuthorizationCode code = answer.toSuccessResponse().getAuthorizationCode();
            JWT token = redeem(provider, code, new CodeVerifier(memory.getString("verifier")));
            SignedIn who = tokens.person(provider, token, new Nonce(memory.getString("nonce")));
            return new Arrival(Optional.of(who), memory.getString("to"), "");
        } catch (ParseException | java.text.ParseException | IllegalArgumentException malformed) {
            return Arrival.refused("The provider's answer makes no sense.");
        } catch (BadJOSEException | JOSEException untrue) {
            return Arrival.refused("The provider's token is not good for this server, this sign-in or this time.");
        }
    }

    private JWT redeem(Provider provider, AuthorizationCode code, CodeVerifier verifier)
            throws IOException, ParseException {
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(code, settings.callback(), verifier);
        URI endpoint = provider.metadata().getTokenEndpointURI();
        ClientID client = new ClientID(settings.client());
        TokenRequest request = settings.secret()
                .map(secret -> new com.nimbusds.oauth2.sdk.auth.Secret(secret.reveal()))
                .map(secret -> new TokenRequest.Builder(endpoint, authentication(provider, client, secret), grant))
                .orElseGet(() -> new TokenRequest.Builder(endpoint, client, grant))
                .build();
        HTTPRequest http = request.toHTTPRequest();
        Provider.bounded(http);
        TokenResponse answer = OIDCTokenResponseParser.parse(http.send());
        if (!(answer instanceof OIDCTokenResponse success)) {
            throw new ParseException("The code was refused");
        }
        JWT token = success.getOIDCTokens().getIDToken();
        if (token == null) {
            throw new ParseException("There is no ID token");
        }
        return token;
    }

    private static ClientAuthentication authentication(
            Provider provider, ClientID client, com.nimbusds.oauth2.sdk.auth.Secret secret) {
        List<ClientAuthenticationMethod> methods = provider.metadata().getTokenEndpointAuthMethods();
        boolean inBody = methods != null
                && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        return inBody ? new ClientSecretPost(client, secret) : new ClientSecretBasic(client, secret);
    }

    private boolean isOurs(Issuer issuer) {
        return issuer.equals(new Issuer(settings.issuer()));
    }
}
