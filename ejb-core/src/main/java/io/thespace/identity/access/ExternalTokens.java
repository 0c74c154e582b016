package io.thespace.identity.access;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.identity.ExternalUser;
import io.thespace.identity.IdentityError;
import io.thespace.identity.key.VerificationKeys;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Access tokens of the external OpenID Connect provider that {@link Key#EXTERNAL_ISSUER} names, if one is. */
@ApplicationScoped
class ExternalTokens {

    private static final int CLOCK_SKEW_SECONDS = 30;
    private static final int MAX_LENGTH = 1_000;

    private final Optional<TrustedIssuer> provider;
    private final String rolesClaim;
    private final String orgClaim;

    ExternalTokens() {
        this(Configuration.get());
    }

    ExternalTokens(Configuration configuration) {
        this.rolesClaim = configuration.get(Key.EXTERNAL_ROLES_CLAIM);
        this.orgClaim = configuration.get(Key.EXTERNAL_ORG_CLAIM);
        this.provider = configuration
                .find(Key.EXTERNAL_ISSUER)
                .map(issuer -> new TrustedIssuer(
                        issuer,
                        configuration.get(Key.EXTERNAL_AUDIENCE),
                        Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256),
                        Set.of("sub"),
                        CLOCK_SKEW_SECONDS,
                        new VerificationKeys(
                                new KeyLocation(configuration.get(Key.EXTERNAL_KEYS))::fetch,
                                Duration.ofMinutes(5),
                                Duration.ofSeconds(10))));
    }

    /** Whether a token claims the provider as its issuer. */
    public boolean issued(BearerToken token) {
        return provider.isPresent() && provider.get().issuer().equals(token.issuer());
    }

    /**
     * Verifies a token and returns its user.
     *
     * @throws Rejection {@code TOKEN_INVALID}, {@code TOKEN_EXPIRED}, {@code ORGANIZATION_UNKNOWN}, {@code NO_ROLE},
     *     {@code IDENTITY_UNAVAILABLE}
     */
    public ExternalUser verify(BearerToken token) {
        Map<String, Object> claims = provider.orElseThrow().verify(token);
        String subject = text(claims, "sub")
                .orElseThrow(() -> new Rejection(IdentityError.TOKEN_INVALID, "The token's claim sub is unusable."));
        UUID orgId = organization(claims);
        Role role = roles(at(claims, rolesClaim)).stream()
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new Rejection(
                        IdentityError.NO_ROLE,
                        "The token's claim " + rolesClaim + " names none of the roles admin, user and guest."));
        String email = text(claims, "email").map(PersonIdentifier::normalForm).orElse(null);
        String name = text(claims, "name")
                .or(() -> text(claims, "preferred_username"))
                .or(() -> Optional.ofNullable(email))
                .orElse(subject);
        return new ExternalUser(token.issuer(), subject, orgId, role, email, name);
    }

    private UUID organization(Map<String, Object> claims) {
        try {
            return UUID.fromString(String.valueOf(at(claims, orgClaim)));
        } catch (IllegalArgumentException e) {
            throw new Rejection(
                    IdentityError.ORGANIZATION_UNKNOWN,
                    "The token's claim " + orgClaim + " does not hold the id of an organization.");
        }
    }

    private static Optional<String> text(Map<String, Object> claims, String name) {
        return claims.get(name) instanceof String text && !text.isBlank() && text.length() <= MAX_LENGTH
                ? Optional.of(text.replace('\0', ' ').strip())
                : Optional.empty();
    }

    /** The platform's roles among the provider's, which may be a list or words in one text. */
    static List<Role> roles(Object claim) {
        Collection<?> names = claim instanceof Collection<?> many
                ? many
                : claim instanceof String words ? List.of(words.split("[ ,]+", -1)) : List.of();
        return Arrays.stream(Role.values())
                .filter(role -> names.contains(role.group()))
                .toList();
    }

    /**
     * The value of a claim.
     *
     * @param path its name, or names with slashes between for one inside another: {@code realm_access/roles}. A name
     *     that itself holds slashes, such as a URL, is found as it stands.
     * @return null when there is none
     */
    static Object at(Map<?, ?> claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        int slash = path.indexOf('/');
        return slash > 0 && claims.get(path.substring(0, slash)) instanceof Map<?, ?> inner
                ? at(inner, path.substring(slash + 1))
                : null;
    }
}
