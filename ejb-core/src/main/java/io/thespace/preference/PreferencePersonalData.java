package io.thespace.preference;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A user's preferences. */
@Stateless
public class PreferencePersonalData implements PersonalData {

    private static final String STORE = "core.preferences";
    private static final String THEIRS = " from core.preferences where org_id = :org and user_id = cast(:user as uuid)";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** Preferences in an export. */
    record PreferencesExport(@JsonRawValue String document) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        return documents(actor, subject).isEmpty() ? Map.of() : Map.of(STORE, 1L);
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        documents(actor, subject).forEach(document -> sink.accept(STORE, new PreferencesExport(document)));
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        int erased = em.createNativeQuery("delete" + THEIRS)
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .executeUpdate();
        return erased == 0 ? Map.of() : Map.of(STORE, (long) erased);
    }

    @SuppressWarnings("unchecked") // native queries are not typed
    private List<String> documents(Actor actor, Subject subject) {
        return em.createNativeQuery("select document" + THEIRS, String.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .getResultList();
    }
}
