package io.thespace.membership;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.identity.key.Secrets;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The credential of callers of the membership backend: the configured token, else one shared by all nodes. */
@ApplicationScoped
public class MembershipCredential {

    private static final String BEARER = "Bearer ";

    private Secrets secrets;

    MembershipCredential() {}

    @Inject
    MembershipCredential(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The value of the {@code Authorization} header. */
    String header() {
        return BEARER
                + Configuration.get().find(Key.MEMBERSHIP_TOKEN).orElseGet(() -> HexFormat.of()
                        .formatHex(secrets.secret("membership-credential")));
    }

    /**
     * Checks a caller's credential.
     *
     * @param shown an {@code Authorization} header; null when there is none
     * @throws Rejection {@code CREDENTIAL_REFUSED}
     */
    public void check(String shown) {
        if (shown == null
                || !MessageDigest.isEqual(
                        shown.getBytes(StandardCharsets.UTF_8), header().getBytes(StandardCharsets.UTF_8))) {
            throw new Rejection(
                    MembershipError.CREDENTIAL_REFUSED,
                    "Send the membership backend's token: \"Authorization: Bearer …\" (SPACE_MEMBERSHIP_TOKEN).");
        }
    }
}
