package io.thespace.mirrorcore;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** The settings of an organization; there is no row until it changes them. */
@Entity
@Table(name = "setting")
class Setting {

    static final int RETENTION_DAYS = 90;

    @Id
    @Column(name = "org_id")
    @SuppressWarnings("UnusedVariable") // it is looked up by it
    private UUID orgId;

    @Column(name = "retention_days")
    private int retentionDays;

    @Column(name = "changed_at")
    private Instant changedAt;

    protected Setting() {}

    SettingsView view() {
        return new SettingsView(retentionDays, changedAt);
    }
}
