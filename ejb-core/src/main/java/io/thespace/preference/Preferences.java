package io.thespace.preference;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.endpoint.VersionTag;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** The actor's own preferences in their organization. */
@Stateless
public class Preferences {

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** As they are now; the initial ones before the first change. */
    public TaggedPreferences read(Actor actor) {
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = em.createNativeQuery(
                        "select document, version from core.preferences where org_id = :org and user_id = :user")
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .getResultList();
        return rows.stream()
                .map(row -> new TaggedPreferences(view((String) row[0]), VersionTag.of(((Number) row[1]).longValue())))
                .findFirst()
                .orElseGet(() -> new TaggedPreferences(PreferencesView.INITIAL, VersionTag.of(0)));
    }

    /**
     * Replaces them.
     *
     * @param tag of those that the actor wants to replace; null when they did not say
     * @throws Rejection {@code TAG_MISSING}, {@code TIME_ZONE_UNKNOWN}, {@code PREFERENCES_CHANGED}
     */
    public TaggedPreferences change(Actor actor, PreferencesOrder order, String tag) {
        if (tag == null) {
            throw new Rejection(
                    PreferenceError.TAG_MISSING,
                    "Send If-Match with the ETag of GET /api/frontend/preferences, so that no change of another window is"
                            + " lost.");
        }
        if (!ZoneId.getAvailableZoneIds().contains(order.timeZone())) {
            throw Rejection.of(
                    PreferenceError.TIME_ZONE_UNKNOWN,
                    "time_zone",
                    "There is no such time zone; they are called like Europe/Vienna.");
        }
        Set<Long> versions = VersionTag.versions(tag);
        // Version 0 stands for users without a row, who never changed their preferences.
        int changed = em.createNativeQuery(
                        "insert into core.preferences as p (org_id, user_id, document, changed_at, version)"
                                + " select :org, :user, :document, :now, 1 where :any or :none or exists (select from"
                                + " core.preferences o where o.org_id = :org and o.user_id = :user)"
                                + " on conflict (org_id, user_id) do update set document = excluded.document,"
                                + " changed_at = excluded.changed_at, version = p.version + 1"
                                + " where :any or p.version in (:versions)")
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("document", document(order))
                .setParameter("now", Instant.now())
                .setParameter("any", VersionTag.any(tag))
                .setParameter("none", versions.contains(0L))
                .setParameter("versions", versions)
                .executeUpdate();
        if (changed == 0) {
            throw new Rejection(
                    PreferenceError.PREFERENCES_CHANGED,
                    "Your preferences were changed meanwhile, perhaps in another window. Read them again and repeat your"
                            + " change.");
        }
        return read(actor);
    }

    private static PreferencesView view(String document) {
        try {
            return Json.MAPPER.readValue(document, PreferencesView.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Preferences in the database do not conform to their schema", e);
        }
    }

    private static String document(PreferencesOrder order) {
        try {
            return Json.MAPPER.writeValueAsString(order);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of texts can be written", e);
        }
    }
}
