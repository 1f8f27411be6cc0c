package dev.parley.security.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.parley.security.SignedIn;
import java.text.ParseException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the provider's tokens, and reads from them who somebody is. */
final class Tokens {
    private static final int LONGEST_NAME = 200;

    private final OidcSettings settings;

    Tokens(OidcSettings settings) {
        this.settings = settings;
    }

    /**
     * The person of an ID token (OpenID Connect Core 1.0 §3.1.3.7), as it answers one sign-in.
     *
     * @throws BadJOSEException when it is not for this server, this sign-in or this time
     */
    SignedIn person(Provider provider, JWT token, Nonce nonce) throws BadJOSEException, JOSEException, ParseException {
        IDTokenValidator validator = new IDTokenValidator(
                new Issuer(settings.issuer()), new ClientID(settings.client()), provider.keys(), null);
        validator.validate(token, nonce);
        JWTClaimsSet claims = token.getJWTClaimsSet();
        String party = claims.getStringClaim("azp");
        if (party != null && !party.equals(settings.client())) { // the SDK leaves that to its users
            throw new BadJWTException("The token was made for another party");
        }
        return signedIn(claims);
    }

    /** The program of an access token (RFC 9068); empty when it is no good, or none are taken. */
    Optional<SignedIn> program(Provider provider, String token) {
        if (settings.audience().isEmpty()) {
            return Optional.empty();
        }
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(provider.keys());
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                new HashSet<>(
                        settings.audience().stream().toList()), // asked whether it holds null, which others refuse
                new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build(),
                Set.of("sub", "exp"),
                Set.of("nonce"))); // an ID token: it tells who signed in, and opens nothing
        try {
            return Optional.of(signedIn(processor.process(token, null)));
        } catch (ParseException | BadJOSEException | JOSEException refused) {
            return Optional.empty();
        }
    }

    private SignedIn signedIn(JWTClaimsSet claims) {
        Map<String, Object> all = claims.getClaims();
        String name =
                all.get(settings.nameClaim()) instanceof String text && !text.isBlank() ? text : claims.getSubject();
        String shown = name.replaceAll("\\p{Cntrl}", "");
        return new SignedIn(
                shown.substring(0, Math.min(LONGEST_NAME, shown.length())),
                settings.roles().in(all));
    }
}
