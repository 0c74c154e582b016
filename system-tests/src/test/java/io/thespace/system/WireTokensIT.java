package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are missing, spoiled, expired or forged: nobody is let in. */
class WireTokensIT {

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller user = space.as(stage.fixtures().user(org));
    private final Caller nobody = space.anonymous();

    @Test
    void noToken() {
        Answer answer = nobody.get("/api/auth/me");
        answer.refused(401);
        assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer x",
                "Bearer a.b",
                "Bearer a.b.c",
                "Bearer a.b.c.d.e",
                "Bearer ...",
                "Bearer eyJhbGciOiJSUzI1NiJ9.e30.",
                "Bearer null",
                "Basic YTpi",
                "Digest x",
                "Token x",
                "x",
            })
    void badToken(String authorization) {
        nobody.with("Authorization", authorization).get("/api/auth/me").refused(401);
        // Where no token is needed, an invalid one is ignored.
        nobody.with("Authorization", authorization).get("/api/health").is(200);
    }

    @Test
    void aTokenSignedWithTheKeyIsGood() {
        nobody.withToken(signed()).get("/api/auth/me").is(200);
    }

    @Test
    void anExpiredToken() {
        String token = signed("iat", before(7200), "exp", before(3600));

        assertThat(nobody.withToken(token).get("/api/auth/me").refused(401)).contains("expired");
    }

    @Test
    void aTamperedToken() {
        String[] parts = user.token().split("\\.", -1);
        String[] admins = space.as(stage.fixtures().admin(org)).token().split("\\.", -1);

        refused(parts[0] + "." + admins[1] + "." + parts[2]);
        refused(parts[0] + "." + parts[1] + "." + admins[2]);
        refused(parts[0] + "." + parts[1] + "." + parts[2].substring(1));
        refused(parts[0] + "." + parts[1] + ".");
        refused(parts[0] + "." + parts[1]);
        refused(user.token() + "x");
    }

    @Test
    void tokensOfOtherAlgorithms() throws Exception {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) Jwt.key(stage.instance());
        byte[] publicKey = KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                .getEncoded();
        String keyId = Jwt.keyId(stage.instance());

        refused(Jwt.none(Jwt.claims(user.token())));
        refused(Jwt.hs256(publicKey, keyId, Jwt.claims(user.token())));
        refused(Jwt.hs256(key.getModulus().toByteArray(), keyId, Jwt.claims(user.token())));
    }

    @Test
    void tokensOfStrangers() throws Exception {
        java.security.KeyPairGenerator generator = java.security.KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        java.security.PrivateKey stranger = generator.generateKeyPair().getPrivate();

        refused(Jwt.rs256(stranger, Jwt.keyId(stage.instance()), Jwt.claims(user.token())));
        refused(Jwt.rs256(stranger, "stranger", Jwt.claims(user.token())));
        refused(Jwt.rs256(stranger, "../../etc/passwd", Jwt.claims(user.token())));
        refused(Jwt.rs256(stranger, "' or 1=1 --", Jwt.claims(user.token())));
        refused(Jwt.rs256(stranger, null, Jwt.claims(user.token())));
    }

    @Test
    void tokensWithWrongClaims() {
        refused(signed("iss", "somebody-else"));
        refused(signed("aud", "something-else"));
        refused(signed("exp", null));
        refused(signed("sub", null));
        refused(signed("sub", UUID.randomUUID().toString()));
        refused(signed("org_id", null));
        refused(signed("org_id", stage.fixtures().organization().toString()));
        refused(signed("sid", null));
        refused(signed("sid", UUID.randomUUID().toString()));
        refused(signed("sub", "no uuid"));
    }

    /** Numbers of any size are JSON; the servers' clocks know years of four digits. */
    @Test
    void aTimeThatIsNoneIsRefusedByEveryProtocol() {
        for (String name : List.of("exp", "iat", "nbf")) {
            for (Object time : List.of(
                    9_000_000_000_000_000_000L,
                    new BigDecimal("1e30"),
                    new BigDecimal("1e400"),
                    new BigDecimal("-1e30"),
                    Long.MIN_VALUE,
                    "soon",
                    List.of(1))) {
                String token = signed(name, time);
                refused(token);
                nobody.withToken(token).get("/management/v1/agents").refused(401, "INVALID_TOKEN");
                assertThat(Talk.refused(space, "", "Authorization", "Bearer " + token))
                        .as("%s %s", name, time)
                        .isEqualTo(401);
            }
        }
    }

    /** The role comes from the database and not from the token. */
    @Test
    void aTokenCannotPromote() {
        Caller promoted = nobody.withToken(signed("groups", List.of("admin")));

        promoted.get("/api/auth/me").is(200);
        promoted.get("/api/control-center/events").refused(403);
    }

    private String signed(Object... changes) {
        return Jwt.rs256(Jwt.key(stage.instance()), Jwt.keyId(stage.instance()), Jwt.changed(user.token(), changes));
    }

    private static long before(int seconds) {
        return Instant.now().getEpochSecond() - seconds;
    }

    private void refused(String token) {
        nobody.withToken(token).get("/api/auth/me").refused(401);
    }
}
