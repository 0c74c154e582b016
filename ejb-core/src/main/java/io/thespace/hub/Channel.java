package io.thespace.hub;

import io.thespace.plugin.api.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A channel through which WebSockets exchange messages. */
@Entity
@Table(name = "channels")
class Channel {

    @Id
    private UUID epoch;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    /** The id that clients use; unique in the organization while the channel exists. */
    @Column(name = "id", updatable = false)
    private String channelId;

    @Column(name = "name")
    private String name;

    @Column(name = "visibility")
    private String visibility;

    @Column(name = "last_offset")
    private long lastOffset;

    @Column(name = "created_by")
    private UUID createdBy;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "changed_at")
    private Instant changedAt;

    @Version
    private long version;

    protected Channel() {}

    Channel(UUID epoch, UUID orgId, UUID createdBy, ChannelOrder order, Instant now) {
        this.epoch = epoch;
        this.orgId = orgId;
        this.channelId = order.id();
        this.name = order.name().strip();
        this.visibility = order.visibility().text();
        this.createdBy = createdBy;
        this.createdAt = now;
        this.changedAt = now;
    }

    UUID epoch() {
        return epoch;
    }

    UUID orgId() {
        return orgId;
    }

    String id() {
        return channelId;
    }

    long lastOffset() {
        return lastOffset;
    }

    /** The offset of the next message; only under the row's lock. */
    long advance() {
        lastOffset++;
        return lastOffset;
    }

    void change(ChannelChange change, Instant now) {
        name = change.name().strip();
        visibility = change.visibility().text();
        changedAt = now;
    }

    boolean readableBy(Role role, ChannelRole member) {
        return switch (Visibility.of(visibility)) {
            case PUBLIC -> true;
            case ORGANIZATION -> member != null || role != Role.GUEST;
            case PRIVATE -> member != null;
        };
    }

    boolean writableBy(Role role, ChannelRole member) {
        if (EventChannels.is(channelId) || !readableBy(role, member)) {
            return false;
        }
        return member == null ? role != Role.GUEST : member == ChannelRole.WRITER;
    }

    ChannelView view() {
        return new ChannelView(channelId, name, visibility, epoch, lastOffset, createdBy, createdAt, changedAt);
    }
}
