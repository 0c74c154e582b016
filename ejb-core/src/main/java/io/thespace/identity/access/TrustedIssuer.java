package io.thespace.identity.access;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.thespace.identity.IdentityError;
import io.thespace.identity.key.VerificationKeys;
import io.thespace.plugin.api.Rejection;
import java.security.PublicKey;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwt.consumer.InvalidJwtException;

/**
 * An issuer whose access tokens are accepted: SmallRye JWT verifies signature, issuer, audience and times.
 *
 * @param algorithms none of them symmetric, since all keys are public
 * @param required claims that a token must have
 * @param clockSkewSeconds the accepted clock skew
 */
record TrustedIssuer(
        String issuer,
        String audience,
        Set<SignatureAlgorithm> algorithms,
        Set<String> required,
        int clockSkewSeconds,
        VerificationKeys keys) {

    /**
     * The claims of a token that holds.
     *
     * @throws Rejection {@code TOKEN_INVALID}, {@code TOKEN_EXPIRED}, {@code IDENTITY_UNAVAILABLE}
     */
    Map<String, Object> verify(BearerToken token) {
        PublicKey key = keys.find(token.kid())
                .orElseThrow(() ->
                        new Rejection(IdentityError.TOKEN_INVALID, "The access token is signed with an unknown key."));
        JWTAuthContextInfo expected = new JWTAuthContextInfo(key, issuer);
        expected.setSignatureAlgorithm(algorithms);
        expected.setExpectedAudience(Set.of(audience));
        expected.setRequiredClaims(required);
        expected.setClockSkew(clockSkewSeconds);
        try {
            return new DefaultJWTTokenParser()
                    .parse(token.text(), expected)
                    .getJwtClaims()
                    .getClaimsMap();
        } catch (ParseException e) {
            if (e.getCause() instanceof InvalidJwtException invalid && invalid.hasExpired()) {
                throw new Rejection(
                        IdentityError.TOKEN_EXPIRED, "The access token has expired. Refresh it, or sign in again.");
            }
            throw invalid();
        } catch (RuntimeException e) {
            // Whatever a hostile token makes a parser stumble over.
            throw invalid();
        }
    }

    private static Rejection invalid() {
        return new Rejection(
                IdentityError.TOKEN_INVALID, "The access token is invalid: its signature or its claims are wrong.");
    }
}
