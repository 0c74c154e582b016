package io.thespace.hub;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A message in a channel. Immutable, except for erasure. */
@Entity
@Table(name = "channel_messages")
class ChannelMessage {

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(name = "epoch", updatable = false)
    private UUID epoch;

    @Column(name = "at_offset", updatable = false)
    private long offset;

    @Column(name = "sender_id")
    private UUID senderId;

    @Column(name = "sent_at", updatable = false)
    private Instant sentAt;

    @Column(name = "data")
    private String data;

    protected ChannelMessage() {}

    ChannelMessage(UUID id, Channel channel, UUID senderId, String data, Instant now) {
        this.id = id;
        this.orgId = channel.orgId();
        this.epoch = channel.epoch();
        this.offset = channel.advance();
        this.senderId = senderId;
        this.data = data;
        this.sentAt = now;
    }

    /** Leaves only that there was a message. */
    void erase() {
        senderId = null;
        data = null;
    }

    MessageView view() {
        return new MessageView(epoch, offset, id, senderId, sentAt, data);
    }
}
