package dev.parley.security.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the provider says of itself, and its keys: fetched when a token needs one that is not known, at most every half
 * minute, and kept for four hours when the provider is away.
 */
record Provider(OIDCProviderMetadata metadata, JWSKeySelector<SecurityContext> keys) {
    static final int CONNECT_MILLIS = 5_000;
    static final int READ_MILLIS = 10_000;

    private static final int MOST_KEY_BYTES = 512 << 10;
    private static final long KEYS_KEPT_MILLIS = 300_000;
    private static final long KEYS_WAIT_MILLIS = 15_000;
    private static final long KEYS_PAUSE_MILLIS = 30_000;
    private static final long OUTAGE_MILLIS = 4 * 3_600_000L;

    /** Only those that need a key pair: with another one, whoever can check a token could make one. */
    private static final Set<JWSAlgorithm> SIGNED = Set.copyOf(JWSAlgorithm.Family.SIGNATURE);

    /** Reads its configuration (OpenID Connect Discovery 1.0 §4); the issuer in it must be the one that was asked. */
    static Provider discover(OidcSettings settings) throws IOException {
        try {
            OIDCProviderMetadata metadata =
                    OIDCProviderMetadata.resolve(new Issuer(settings.issuer()), Provider::bounded);
            return new Provider(metadata, keys(metadata));
        } catch (GeneralException wrong) {
            throw new IOException("The provider's configuration cannot be used: " + wrong.getMessage(), wrong);
        }
    }

    /** No request waits for the provider for ever, and none is led elsewhere. */
    static void bounded(HTTPRequest request) {
        request.setConnectTimeout(CONNECT_MILLIS);
        request.setReadTimeout(READ_MILLIS);
        request.setFollowRedirects(false);
    }

    /** Without the SDK's refreshing ahead, which has threads of its own. */
    private static JWSKeySelector<SecurityContext> keys(OIDCProviderMetadata metadata) throws IOException {
        JWKSource<SecurityContext> source = JWKSourceBuilder.create(
                        metadata.getJWKSetURI().toURL(),
                        new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_KEY_BYTES))
                .cache(KEYS_KEPT_MILLIS, KEYS_WAIT_MILLIS)
                .refreshAheadCache(false)
                .rateLimited(KEYS_PAUSE_MILLIS)
                .retrying(true)
                .outageTolerant(OUTAGE_MILLIS)
                .build();
        List<JWSAlgorithm> offered = metadata.getIDTokenJWSAlgs();
        Set<JWSAlgorithm> taken = new HashSet<>(offered == null ? List.of(JWSAlgorithm.RS256) : offered);
        taken.retainAll(SIGNED);
        if (taken.isEmpty()) {
            throw new IOException("The provider signs with none of " + SIGNED);
        }
        return new JWSVerificationKeySelector<>(taken, source);
    }
}
