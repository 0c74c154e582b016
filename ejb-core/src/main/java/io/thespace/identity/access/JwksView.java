package io.thespace.identity.access;

import java.util.List;

/** A JSON Web Key Set (RFC 7517). */
public record JwksView(List<JwkView> keys) {

    /** For the documentation. */
    public static final JwksView EXAMPLE =
            new JwksView(List.of(new JwkView("RSA", "sig", "RS256", "202601", "sXch6Y5EGBWX3tqPtZbRvP9m2kT0", "AQAB")));

    /**
     * A public RSA key.
     *
     * @param n the modulus, base64url
     * @param e the exponent, base64url
     */
    public record JwkView(String kty, String use, String alg, String kid, String n, String e) {}
}
