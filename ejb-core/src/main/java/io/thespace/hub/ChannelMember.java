package io.thespace.hub;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A member of a channel. */
@Entity
@Table(name = "channel_members")
class ChannelMember {

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(name = "epoch", updatable = false)
    private UUID epoch;

    @Column(name = "user_id", updatable = false)
    private UUID userId;

    @Column(name = "role")
    private String role;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Version
    private long version;

    protected ChannelMember() {}

    ChannelMember(UUID id, Channel channel, UUID userId, ChannelRole role, Instant now) {
        this.id = id;
        this.orgId = channel.orgId();
        this.epoch = channel.epoch();
        this.userId = userId;
        this.role = role.text();
        this.createdAt = now;
    }

    UUID id() {
        return id;
    }

    UUID epoch() {
        return epoch;
    }

    ChannelRole role() {
        return ChannelRole.of(role);
    }

    void become(ChannelRole other) {
        role = other.text();
    }

    ChannelMemberView view() {
        return new ChannelMemberView(userId, role, createdAt);
    }
}
