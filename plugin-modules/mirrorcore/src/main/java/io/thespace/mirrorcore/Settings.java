package io.thespace.mirrorcore;

import io.thespace.plugin.api.Actor;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** The retention settings of organizations. */
@Stateless
public class Settings {

    @PersistenceContext(unitName = "mirrorcore")
    private EntityManager entities;

    public Settings() {}

    /** Outside of a container. */
    Settings(EntityManager entities) {
        this.entities = entities;
    }

    /** Returns the settings, or the defaults. */
    public SettingsView find(Actor actor) {
        Setting setting = entities.find(Setting.class, actor.orgId());
        return setting == null ? new SettingsView(Setting.RETENTION_DAYS, null) : setting.view();
    }

    /** Sessions older than the new retention are deleted within some minutes. */
    public SettingsView change(Actor actor, SettingsOrder order) {
        // In one statement: of two first changes at once neither finds a row to change.
        entities.createNativeQuery(
                        """
                        insert into mirrorcore.setting (org_id, retention_days, changed_by)
                        values (:org, :days, :by)
                        on conflict (org_id) do update
                            set retention_days = excluded.retention_days, changed_by = excluded.changed_by, changed_at = now()
                        """)
                .setParameter("org", actor.orgId())
                .setParameter("days", order.retentionDays())
                .setParameter("by", actor.userId())
                .executeUpdate();
        return find(actor);
    }
}
