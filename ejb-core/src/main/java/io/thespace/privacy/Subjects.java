package io.thespace.privacy;

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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The subjects of requests and holds. */
@Stateless
public class Subjects {

    private static final String MAC = "HmacSHA256";

    /** The placeholders that the erasures of all capabilities write. */
    private static final String PLACEHOLDERS = "erased (erased) {\"erased\": true}";

    /** An account that still has its address. Administrators of the platform act in organizations that they never belonged to. */
    private static final String NAMED =
            " not u.platform_admin and u.email is distinct from 'erased-' || u.id || '@erased.invalid' ";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @Inject
    Memberships memberships;

    @Inject
    Secrets secrets;

    /**
     * Returns a user with the e-mail address, or a person who is no user. A user who left the organization counts as its user.
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
            checkIsNobodys(name);
            return memberships
                    .memberWith(actor, name)
                    .map(member -> new Subject(member.id(), member.email()))
                    .or(() -> formerUser(actor, name))
                    .orElseGet(() -> new Subject(null, name));
        }
        return memberships
                .memberIfThere(actor, userId)
                .map(member -> new Subject(userId, member.email()))
                .or(() -> formerUser(actor, userId))
                .orElseThrow(() -> Rejection.of(
                        PrivacyError.SUBJECT_UNKNOWN,
                        "user_id",
                        "user_id must be a user of your organization, or one who was."));
    }

    /** Refuses the placeholders of erasures: rows that contain them would match for ever, and concern other people. */
    private static void checkIsNobodys(String identifier) {
        if (Pattern.compile(PersonIdentifier.mention(identifier))
                .matcher(PersonIdentifier.plain(PLACEHOLDERS))
                .find()) {
            throw Rejection.of(
                    PrivacyError.SUBJECT_AMBIGUOUS,
                    "identifier",
                    "\"%s\" matches the placeholder that erasures write. Give another identifier of this person."
                            .formatted(identifier));
        }
    }

    private Optional<Subject> formerUser(Actor actor, UUID userId) {
        boolean known = (Boolean) em.createNativeQuery("select exists (select from core.audit_events"
                        + " where org_id = :org and user_id = :user)"
                        + " or exists (select from core.events where org_id = :org and actor_id = :user)"
                        + " or exists (select from core.removed_members where org_id = :org and user_id = :user)")
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .getSingleResult();
        if (!known) {
            return Optional.empty();
        }
        List<?> emails = em.createNativeQuery(
                        "select u.email from core.users u where u.id = :user and u.email is not null and" + NAMED)
                .setParameter("user", userId)
                .getResultList();
        return Optional.of(new Subject(userId, emails.isEmpty() ? null : (String) emails.get(0)));
    }

    /** A former user of the actor's organization. Users of other organizations are not found, even if the platform knows the address. */
    private Optional<Subject> formerUser(Actor actor, String email) {
        List<?> users = em.createNativeQuery("select u.id, u.email from core.users u where u.email = :email and" + NAMED
                        + " and (exists (select from core.audit_events a where a.org_id = :org and a.user_id = u.id)"
                        + " or exists (select from core.events e where e.org_id = :org and e.actor_id = u.id)"
                        + " or exists (select from core.removed_members r where r.org_id = :org and r.user_id = u.id))"
                        + " order by u.issuer is not null, u.id limit 1")
                .setParameter("email", PersonIdentifier.normalForm(email))
                .setParameter("org", actor.orgId())
                .getResultList();
        return users.stream()
                .map(row -> (Object[]) row)
                .map(row -> new Subject((UUID) row[0], (String) row[1]))
                .findFirst();
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
