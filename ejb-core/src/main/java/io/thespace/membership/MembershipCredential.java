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

/** What a caller of the membership backend shows: the configured token, else one that all nodes share. */
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
     * Refuses who shows something else.
     *
     * @param shown an {@code Authorization} header; null when none came
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
