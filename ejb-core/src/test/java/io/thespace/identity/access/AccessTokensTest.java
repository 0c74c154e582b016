package io.thespace.identity.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.identity.IdentityError;
import io.thespace.identity.key.KeyPairFile;
import io.thespace.identity.key.TestKeys;
import io.thespace.identity.key.VerificationKeys;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class AccessTokensTest {

    private static final String ISSUER = "the-space";

    private final Grant grant = new Grant(id(), id(), "alice@example.org", Role.USER, id());
    private final TrustedIssuer self = AccessTokens.self(
            ISSUER,
            new VerificationKeys(
                    () -> Map.of("first", TestKeys.FIRST.publicKey()), Duration.ofMinutes(1), Duration.ofMinutes(1)));

    @Test
    void aTokenSaysWhoWhereAsWhatAndByWhichSignIn() throws Exception {
        Instant now = Instant.now();
        String text = AccessTokens.sign(TestKeys.FIRST, ISSUER, grant, now, now.plusSeconds(900));
        Map<String, Object> claims = self.verify(BearerToken.read(text));
        assertThat(AccessTokens.bearer(claims)).isEqualTo(new Bearer(grant.orgId(), grant.userId(), grant.signInId()));
        assertThat(claims).containsEntry("upn", "alice@example.org").containsKeys("jti", "iat", "exp", "aud");
        assertThat(claims.get("groups").toString()).isEqualTo("[user]");
    }

    @Test
    void anExpiredTokenIsRefusedAsSuch() {
        Instant now = Instant.now();
        String text = AccessTokens.sign(TestKeys.FIRST, ISSUER, grant, now.minusSeconds(900), now.minusSeconds(1));
        refused(IdentityError.TOKEN_EXPIRED, () -> self.verify(BearerToken.read(text)));
    }

    @Test
    void aTokenOfAnUnknownKeyOrAnotherKeyIsRefused() {
        Instant now = Instant.now();
        String unknown = AccessTokens.sign(TestKeys.SECOND, ISSUER, grant, now, now.plusSeconds(900));
        refused(IdentityError.TOKEN_INVALID, () -> self.verify(BearerToken.read(unknown)));
        KeyPairFile forger = new KeyPairFile("first", TestKeys.SECOND.privateKey(), TestKeys.SECOND.publicKey());
        String forged = AccessTokens.sign(forger, ISSUER, grant, now, now.plusSeconds(900));
        refused(IdentityError.TOKEN_INVALID, () -> self.verify(BearerToken.read(forged)));
    }

    @Test
    void thePublicKeyAsASharedSecretDoesNotPass() throws Exception {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue("HS256");
        token.setKeyIdHeaderValue("first");
        token.setKey(new HmacKey(TestKeys.FIRST.publicKey().getEncoded()));
        token.setPayload(claims().toJson());
        String text = token.getCompactSerialization();
        refused(IdentityError.TOKEN_INVALID, () -> self.verify(BearerToken.read(text)));
    }

    @Test
    void anUnsignedTokenDoesNotPass() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String header =
                base64.encodeToString("{\"alg\":\"none\",\"kid\":\"first\"}".getBytes(StandardCharsets.US_ASCII));
        String payload = base64.encodeToString(claims().toJson().getBytes(StandardCharsets.US_ASCII));
        refused(IdentityError.TOKEN_INVALID, () -> self.verify(BearerToken.read(header + "." + payload + ".")));
    }

    @Test
    void anotherAudienceOrIssuerOrAMissingClaimDoesNotPass() throws Exception {
        JwtClaims other = claims();
        other.setAudience("somebody-else");
        refused(IdentityError.TOKEN_INVALID, () -> self.verify(BearerToken.read(sign(other))));
        JwtClaims noOne = claims();
        noOne.unsetClaim("aud");
        refused(IdentityError.TOKEN_INVALID, () -> self.verify(BearerToken.read(sign(noOne))));
        JwtClaims elsewhere = claims();
        elsewhere.setIssuer("elsewhere");
        refused(IdentityError.TOKEN_INVALID, () -> self.verify(BearerToken.read(sign(elsewhere))));
        JwtClaims eternal = claims();
        eternal.unsetClaim("exp");
        refused(IdentityError.TOKEN_INVALID, () -> self.verify(BearerToken.read(sign(eternal))));
        JwtClaims homeless = claims();
        homeless.unsetClaim("org_id");
        refused(IdentityError.TOKEN_INVALID, () -> self.verify(BearerToken.read(sign(homeless))));
        assertThat(self.verify(BearerToken.read(sign(claims())))).isNotEmpty();
    }

    @Test
    void whatIsNoTokenIsMalformed() {
        refused(IdentityError.TOKEN_MISSING, () -> BearerToken.read(null));
        refused(IdentityError.TOKEN_MISSING, () -> BearerToken.read(""));
        for (String text :
                new String[] {"x", "..", "a.b", "a.b.c", "e30.W10.x", "e30.e30.e30.e30", "x".repeat(20_000)}) {
            refused(IdentityError.TOKEN_MALFORMED, () -> BearerToken.read(text));
        }
        assertThat(BearerToken.read("e30.e30.x").issuer()).isEmpty();
    }

    private JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AccessTokens.AUDIENCE);
        claims.setSubject(grant.userId().toString());
        claims.setStringClaim("org_id", grant.orgId().toString());
        claims.setStringClaim("sid", grant.signInId().toString());
        claims.setGeneratedJwtId();
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(10);
        return claims;
    }

    private static String sign(JwtClaims claims) {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue("RS256");
        token.setKeyIdHeaderValue("first");
        token.setKey(TestKeys.FIRST.privateKey());
        token.setPayload(claims.toJson());
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static void refused(IdentityError code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Rejection.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private static UUID id() {
        return UuidCreator.getTimeOrderedEpoch();
    }
}
