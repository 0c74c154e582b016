package io.thespace.identity.key;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Signs documents of the platform: JWS (RFC 7515) with the keys of the access tokens, under a type of their own. */
@ApplicationScoped
public class Signatures {

    @Inject
    KeyRing keys;

    /** Returns the signer: the issuer of the platform's access tokens. */
    public String issuer() {
        return Configuration.get().get(Key.TOKEN_ISSUER);
    }

    /**
     * Signs a text with RS256.
     *
     * @param type the header's {@code typ}, which keeps the text from being taken for an access token
     * @return the JWS in its compact form; {@code GET /api/auth/jwks} has the key that its {@code kid} names
     */
    public String sign(String type, String text) {
        return sign(keys.signer(), type, text);
    }

    /** As {@link #sign(String, String)}, with a key that {@link KeyRing#signer} gave. */
    public static String sign(KeyPairFile key, String type, String text) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setKeyIdHeaderValue(key.kid());
        signature.setHeader("typ", type);
        signature.setKey(key.privateKey());
        signature.setPayload(text);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("An RSA key signs every text", e);
        }
    }
}
