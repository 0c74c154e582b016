package io.thespace.system;

import io.thespace.configuration.Key;
import io.thespace.launcher.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Access tokens made by hand: good ones, and such as an attacker would make. */
final class Jwt {

    private Jwt() {}

    /** A token signed with RSA and SHA-256. */
    static String rs256(PrivateKey key, String keyId, Map<String, Object> claims) {
        try {
            String content = content("RS256", keyId, claims);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token signed with a secret. */
    static String hs256(byte[] secret, String keyId, Map<String, Object> claims) {
        try {
            String content = content("HS256", keyId, claims);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token without a signature. */
    static String none(Map<String, Object> claims) {
        return content("none", null, claims) + ".";
    }

    private static String content(String algorithm, String keyId, Map<String, Object> claims) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", algorithm);
        header.put("typ", "JWT");
        if (keyId != null) {
            header.put("kid", keyId);
        }
        return base64(Json.text(header).getBytes(StandardCharsets.UTF_8)) + "."
                + base64(Json.text(claims).getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The claims of a token, unverified. */
    static Map<String, Object> claims(String token) {
        String payload = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        Map<String, Object> claims = new LinkedHashMap<>();
        Json.read(payload).properties().forEach(claim -> claims.put(claim.getKey(), claim.getValue()));
        return claims;
    }

    /** The header's member, unverified. */
    static String header(String token, String member) {
        String header = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[0]), StandardCharsets.UTF_8);
        return Json.read(header).path(member).asText();
    }

    /** The id of the newest signing key of an instance. */
    static String keyId(Instance instance) {
        List<String> ids = instance.keys().ids();
        return ids.get(ids.size() - 1);
    }

    /** The newest signing key of an instance, as whoever stole its folder would have it. */
    static PrivateKey key(Instance instance) {
        try {
            String pem = Files.readString(instance.home().resolve("keys").resolve(keyId(instance) + ".pem"));
            String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The claims of a good token with some of them changed; a null value leaves the claim out. */
    static Map<String, Object> changed(String token, Object... namesAndValues) {
        Map<String, Object> claims = claims(token);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] == null) {
                claims.remove((String) namesAndValues[i]);
            } else {
                claims.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return claims;
    }

    /** What an external issuer would claim about somebody. */
    static Map<String, Object> external(String subject, UUID orgId, String role) {
        Instant now = Instant.now();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ExternalIssuer.ISSUER);
        claims.put("aud", ExternalIssuer.AUDIENCE);
        claims.put("sub", subject);
        claims.put("name", "Somebody from elsewhere");
        claims.put("email", subject + "@elsewhere.example");
        claims.put(Key.EXTERNAL_ORG_CLAIM.fallback(), orgId.toString());
        claims.put(Key.EXTERNAL_ROLES_CLAIM.fallback(), List.of(role));
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plusSeconds(300).getEpochSecond());
        return claims;
    }
}
