package io.thespace.mirrorcore;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.PersonIdentifier;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A speaker in one session, under the name given by the author of the turns. */
@Entity
@Table(name = "speaker")
class Speaker {

    @Id
    private UUID id;

    @Column(name = "session_id", updatable = false)
    private UUID sessionId;

    @Column(name = "org_id", updatable = false)
    @SuppressWarnings("UnusedVariable") // queries read it
    private UUID orgId;

    @Column(updatable = false)
    private String name;

    /** {@link PersonIdentifier#normalForm} of the name; null in rows of older versions until {@link MirrorPersonalData} fills it in. */
    @Column(name = "name_key", updatable = false)
    @SuppressWarnings("UnusedVariable") // queries read it
    private String nameKey;

    protected Speaker() {}

    Speaker(Session session, String name) {
        this.id = UuidCreator.getTimeOrderedEpoch();
        this.sessionId = session.id();
        this.orgId = session.orgId();
        this.name = name;
        this.nameKey = PersonIdentifier.normalForm(name);
    }

    UUID id() {
        return id;
    }

    UUID sessionId() {
        return sessionId;
    }

    String name() {
        return name;
    }
}
