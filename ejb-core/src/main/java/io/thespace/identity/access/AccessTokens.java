package io.thespace.identity.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.identity.IdentityError;
import io.thespace.identity.access.JwksView.JwkView;
import io.thespace.identity.key.KeyPairFile;
import io.thespace.identity.key.KeyRing;
import io.thespace.identity.key.Signatures;
import io.thespace.identity.key.VerificationKeys;
import io.thespace.plugin.api.Rejection;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jose4j.base64url.Base64Url;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.BigEndianBigInteger;

/** The platform's own access tokens: RS256 JWTs after MicroProfile JWT, good for {@link Key#ACCESS_TOKEN_SECONDS}. */
@ApplicationScoped
public class AccessTokens {

    static final String AUDIENCE = "the-space";
    static final String ORG_CLAIM = "org_id";
    static final String SIGN_IN_CLAIM = "sid";

    private record Verified(Bearer bearer, Instant until) {}

    /** RSA is most of a small call's work, and a signature that held once holds again; not much longer than its key may. */
    private final Cache<String, Verified> verified = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(30))
            .build();

    @Inject
    KeyRing keys;

    private TrustedIssuer self;

    @PostConstruct
    void begin() {
        self = self(Configuration.get().get(Key.TOKEN_ISSUER), keys.verification());
    }

    static TrustedIssuer self(String issuer, VerificationKeys keys) {
        return new TrustedIssuer(
                issuer,
                AUDIENCE,
                Set.of(SignatureAlgorithm.RS256),
                Set.of("sub", "iat", "jti", ORG_CLAIM, SIGN_IN_CLAIM),
                0,
                keys);
    }

    /** A token for a sign-in, good from now on. */
    public String issue(Grant grant) {
        int seconds = Configuration.get().get(Key.ACCESS_TOKEN_SECONDS);
        Instant now = Instant.now();
        return sign(keys.signer(), self.issuer(), grant, now, now.plusSeconds(seconds));
    }

    static String sign(KeyPairFile key, String issuer, Grant grant, Instant from, Instant until) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(AUDIENCE);
        claims.setSubject(grant.userId().toString());
        if (grant.email() != null) {
            claims.setStringClaim("upn", grant.email());
        }
        claims.setStringClaim(ORG_CLAIM, grant.orgId().toString());
        claims.setStringListClaim("groups", grant.role().group());
        claims.setJwtId(UuidCreator.getTimeOrderedEpoch().toString());
        claims.setStringClaim(SIGN_IN_CLAIM, grant.signInId().toString());
        claims.setIssuedAt(NumericDate.fromSeconds(from.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(until.getEpochSecond()));
        return Signatures.sign(key, "JWT", claims.toJson());
    }

    /** Whether a token claims to be one of these. */
    public boolean issued(BearerToken token) {
        return self.issuer().equals(token.issuer());
    }

    /**
     * Verifies a token and returns its bearer.
     *
     * @throws Rejection {@code TOKEN_INVALID}, {@code TOKEN_EXPIRED}, {@code IDENTITY_UNAVAILABLE}
     */
    public Bearer verify(BearerToken token) {
        Verified before = verified.getIfPresent(token.text());
        if (before != null && Instant.now().isBefore(before.until())) {
            return before.bearer();
        }
        Bearer bearer = bearer(self.verify(token));
        verified.put(token.text(), new Verified(bearer, token.expiresAt()));
        return bearer;
    }

    static Bearer bearer(Map<String, Object> claims) {
        try {
            return new Bearer(
                    UUID.fromString((String) claims.get(ORG_CLAIM)),
                    UUID.fromString((String) claims.get("sub")),
                    UUID.fromString((String) claims.get(SIGN_IN_CLAIM)));
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new Rejection(IdentityError.TOKEN_INVALID, "The access token is invalid: its claims are wrong.");
        }
    }

    /** The public keys of every node. */
    public JwksView jwks() {
        List<JwkView> views = keys.verification().all().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> jwk(e.getKey(), (RSAPublicKey) e.getValue()))
                .toList();
        return new JwksView(views);
    }

    private static JwkView jwk(String kid, RSAPublicKey key) {
        return new JwkView(
                "RSA",
                "sig",
                "RS256",
                kid,
                BigEndianBigInteger.toBase64Url(key.getModulus()),
                Base64Url.encode(BigEndianBigInteger.toByteArray(key.getPublicExponent())));
    }
}
