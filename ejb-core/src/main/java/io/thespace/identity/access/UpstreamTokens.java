package io.thespace.identity.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.identity.key.KeyPairFile;
import io.thespace.identity.key.KeyRing;
import io.thespace.identity.key.Signatures;
import io.thespace.plugin.api.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

/**
 * Issues tokens that identify callers to the upstreams behind the gateway: RS256 JWTs that can be verified with {@code
 * /api/auth/jwks}, each valid for one audience and at most {@link #SECONDS}. Their audience is never the platform's
 * own, so that an upstream cannot call the platform with them.
 */
@ApplicationScoped
public class UpstreamTokens {

    static final int SECONDS = 90;

    /** Signing is most of a small call's work, so a token serves its caller for a while; at least a minute is left of it. */
    private final Cache<Subject, String> tokens = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(30))
            .build();

    private record Subject(
            String orgId, String userId, String agentId, String role, boolean synthetic, String audience) {}

    @Inject
    KeyRing keys;

    /**
     * A token for a signed-in caller.
     *
     * @param audience the audience, for example {@code https://weather.example.org}
     */
    public String issue(Actor actor, String audience) {
        return tokens.get(
                new Subject(
                        String.valueOf(actor.orgId()),
                        String.valueOf(actor.userId()),
                        actor.agentId() == null ? null : actor.agentId().toString(),
                        actor.role().group(),
                        actor.synthetic(),
                        audience.toLowerCase(Locale.ROOT)),
                subject -> sign(keys.signer(), Configuration.get().get(Key.TOKEN_ISSUER), subject, Instant.now()));
    }

    private static String sign(KeyPairFile key, String issuer, Subject subject, Instant now) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(subject.audience());
        claims.setSubject(subject.userId());
        claims.setStringClaim(AccessTokens.ORG_CLAIM, subject.orgId());
        claims.setStringListClaim("groups", subject.role());
        if (subject.agentId() != null) {
            claims.setStringClaim("agent_id", subject.agentId());
        }
        if (subject.synthetic()) {
            claims.setClaim("synthetic", true);
        }
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(
                NumericDate.fromSeconds(now.plusSeconds(SECONDS).getEpochSecond()));
        return Signatures.sign(key, "JWT", claims.toJson());
    }
}
