package io.thespace.identity.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.thespace.configuration.Configuration;
import io.thespace.identity.ExternalUser;
import io.thespace.identity.IdentityError;
import io.thespace.identity.key.TestKeys;
import io.thespace.plugin.api.Role;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalTokensTest {

    private static final String ISSUER = "https://id.example.org/realms/acme";
    private static final UUID ORG = UUID.fromString("0192bda5-0000-7000-8000-000000000001");

    @TempDir
    Path folder;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void configure() throws Exception {
        Path jwks = folder.resolve("jwks.json");
        Files.writeString(jwks, jwks());
        settings.put("mp.jwt.verify.issuer", ISSUER);
        settings.put("mp.jwt.verify.publickey.location", jwks.toString());
        settings.put("mp.jwt.verify.audiences", "space-api");
    }

    private static String jwks() {
        RsaJsonWebKey key = new RsaJsonWebKey(TestKeys.FIRST.publicKey());
        key.setKeyId("first");
        key.setUse("sig");
        return new JsonWebKeySet(key).toJson();
    }

    private ExternalTokens tokens() {
        return new ExternalTokens(Configuration.read(settings::get));
    }

    private static JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience("space-api");
        claims.setSubject("f:1:alice");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setClaim("org_id", ORG.toString());
        claims.setClaim("groups", List.of("user", "offline_access"));
        claims.setClaim("email", "Alice@Example.org");
        return claims;
    }

    private static BearerToken token(JwtClaims claims) throws Exception {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue("RS256");
        token.setKeyIdHeaderValue("first");
        token.setKey(TestKeys.FIRST.privateKey());
        token.setPayload(claims.toJson());
        return BearerToken.read(token.getCompactSerialization());
    }

    @Test
    void aTokenIsVerifiedAndMapped() throws Exception {
        BearerToken token = token(claims());
        assertThat(tokens().issued(token)).isTrue();
        assertThat(tokens().verify(token))
                .isEqualTo(new ExternalUser(
                        ISSUER, "f:1:alice", ORG, Role.USER, "alice@example.org", "alice@example.org"));
    }

    @Test
    void withoutConfigurationThereIsNoExternalIssuer() throws Exception {
        settings.clear();
        assertThat(tokens().issued(token(claims()))).isFalse();
    }

    @Test
    void claimsMayBeNestedOrNamedByUrl() throws Exception {
        settings.put("SPACE_EXTERNAL_ROLES_CLAIM", "realm_access/roles");
        settings.put("SPACE_EXTERNAL_ORG_CLAIM", "https://acme.example/org");
        JwtClaims claims = claims();
        claims.unsetClaim("groups");
        claims.unsetClaim("org_id");
        claims.setClaim("realm_access", Map.of("roles", List.of("guest", "admin")));
        claims.setClaim("https://acme.example/org", ORG.toString());
        assertThat(tokens().verify(token(claims)))
                .extracting(ExternalUser::role, ExternalUser::orgId)
                .containsExactly(Role.ADMIN, ORG);
    }

    @Test
    void rolesMayBeWordsInAText() {
        assertThat(ExternalTokens.roles("openid guest user")).containsExactly(Role.GUEST, Role.USER);
        assertThat(ExternalTokens.roles(List.of("Administrators"))).isEmpty();
        assertThat(ExternalTokens.roles(null)).isEmpty();
        assertThat(ExternalTokens.roles(42)).isEmpty();
    }

    @Test
    void whatDoesNotHoldIsRefused() throws Exception {
        JwtClaims audience = claims();
        audience.setAudience("another-api");
        BearerToken elsewhere = token(audience);
        AccessTokensTest.refused(IdentityError.TOKEN_INVALID, () -> tokens().verify(elsewhere));
        JwtClaims old = claims();
        old.setExpirationTimeMinutesInTheFuture(-5);
        BearerToken expired = token(old);
        AccessTokensTest.refused(IdentityError.TOKEN_EXPIRED, () -> tokens().verify(expired));
        JwtClaims homeless = claims();
        homeless.setClaim("org_id", "acme");
        BearerToken nowhere = token(homeless);
        AccessTokensTest.refused(IdentityError.ORGANIZATION_UNKNOWN, () -> tokens().verify(nowhere));
        JwtClaims powerless = claims();
        powerless.setClaim("groups", List.of("chess-club"));
        BearerToken nobody = token(powerless);
        AccessTokensTest.refused(IdentityError.NO_ROLE, () -> tokens().verify(nobody));
    }

    @Test
    void keysMayBeAPemFileOrAtAUrl() throws Exception {
        Path pem = folder.resolve("key.pem");
        Files.writeString(
                pem,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(TestKeys.FIRST.publicKey().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        settings.put("mp.jwt.verify.publickey.location", pem.toUri().toString());
        assertThat(tokens().verify(token(claims())).subject()).isEqualTo("f:1:alice");

        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/certs", exchange -> {
            byte[] body = jwks().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            settings.put(
                    "mp.jwt.verify.publickey.location",
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/certs");
            assertThat(tokens().verify(token(claims())).subject()).isEqualTo("f:1:alice");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void withoutItsKeysTheIssuerIsUnavailable() throws Exception {
        settings.put(
                "mp.jwt.verify.publickey.location", folder.resolve("absent").toString());
        BearerToken token = token(claims());
        AccessTokensTest.refused(IdentityError.IDENTITY_UNAVAILABLE, () -> tokens().verify(token));
    }
}
