package io.thespace.privacy;

import io.thespace.identity.MemberView;
import io.thespace.identity.Memberships;
import io.thespace.identity.key.Secrets;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.PersonalData.Subject;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whom a request or a hold is about. */
@Stateless
public class Subjects {

    private static final String MAC = "HmacSHA256";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @Inject
    Memberships memberships;

    @Inject
    Secrets secrets;

    /**
     * A user with their e-mail address, or somebody who is none.
     *
     * @throws Rejection {@code SUBJECT_AMBIGUOUS}, {@code SUBJECT_UNKNOWN}
     */
    public Subject find(Actor actor, UUID userId, String identifier) {
        if ((userId == null) == (identifier == null)) {
            throw Rejection.of(
                    PrivacyError.SUBJECT_AMBIGUOUS,
                    "user_id",
                    "Give either user_id or identifier, and not both; make two requests for what is kept under two names.");
        }
        if (identifier != null) {
            String name = identifier.strip();
            return memberships
                    .memberWith(actor, name)
                    .map(member -> new Subject(member.id(), member.email()))
                    .orElseGet(() -> new Subject(null, name));
        }
        Optional<MemberView> member = memberships.memberIfThere(actor, userId);
        if (member.isPresent()) {
            return new Subject(userId, member.get().email());
        }
        boolean known = (Boolean) em.createNativeQuery("select exists (select from core.audit_events"
                        + " where org_id = :org and user_id = :user)"
                        + " or exists (select from core.events where org_id = :org and actor_id = :user)")
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .getSingleResult();
        if (!known) {
            throw Rejection.of(
                    PrivacyError.SUBJECT_UNKNOWN,
                    "user_id",
                    "user_id must be a user of your organization, or one who was.");
        }
        return new Subject(userId, null);
    }

    /** A digest of an identifier, the same for all its spellings, that only the platform can make; null for none. */
    public byte[] digest(String identifier) {
        return identifier == null ? null : mac(PersonIdentifier.normalForm(identifier));
    }

    /** Whether a digest is that of an identifier. Before there was a normal form it was made of the text in lower case. */
    public boolean matches(String identifier, byte[] digest) {
        return MessageDigest.isEqual(digest(identifier), digest)
                || MessageDigest.isEqual(mac(identifier.strip().toLowerCase(Locale.ROOT)), digest);
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secrets.secret("privacy"), MAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + MAC, e);
        }
    }
}
