package io.thespace.hub.node;

import io.thespace.event.LogSlice;
import io.thespace.hub.MessageView;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import java.util.List;
import java.util.UUID;

/** Gives the rooms of this node what their channels have: messages as they arrive, and from the database what a room has missed. */
final class RoomDelivery {

    private static final Log LOG = Log.of(RoomDelivery.class);

    private final Rooms rooms;
    private final TenantChannels channels;
    private final ReviewQueue queue;

    RoomDelivery(Rooms rooms, TenantChannels channels, ReviewQueue queue) {
        this.rooms = rooms;
        this.channels = channels;
        this.queue = queue;
    }

    /** A message was sent, here or on another node. */
    void arrived(UUID orgId, String channelId, UUID epoch, long offset, String frame) {
        Room room = rooms.find(orgId, channelId);
        if (room != null && room.arrived(epoch, offset, frame) && !queue.later(() -> fetch(room))) {
            room.giveUp();
        }
    }

    /** Queues the catching up of all rooms that get events, each once. */
    void catchUpWithEvents() {
        for (Room room : rooms.all()) {
            if (room.epoch() == null && room.queue()) {
                boolean queued = queue.later(() -> {
                    room.unqueue();
                    catchUp(room);
                });
                if (!queued) {
                    room.unqueue();
                }
            }
        }
    }

    /** Gives a room what it has missed, unless another thread is at it. */
    void catchUp(Room room) {
        if (room.behind()) {
            fetch(room);
        }
    }

    /** Gives a room what the database has and it has not. */
    private void fetch(Room room) {
        Actor platform = Actor.platform(room.orgId(), "hub");
        try {
            do {
                if (room.epoch() == null) {
                    fetchEvents(platform, room);
                } else {
                    fetchMessages(platform, room);
                }
            } while (room.onceMore());
        } catch (RuntimeException e) {
            room.giveUp();
            LOG.warning("Channel messages could not be fetched; retrying", "cause", e);
        }
    }

    private void fetchMessages(Actor platform, Room room) {
        List<MessageView> rows;
        do {
            rows = channels.after(platform, room.epoch(), room.delivered());
            for (MessageView row : rows) {
                room.caughtUp(
                        row.offset(), Frames.message(room.channelId(), row).toString());
            }
        } while (!rows.isEmpty());
    }

    private void fetchEvents(Actor platform, Room room) {
        LogSlice slice;
        do {
            slice = channels.eventLog(platform, room.channelId(), null, room.delivered());
            for (LogSlice.Entry entry : slice.events()) {
                room.caughtUp(
                        entry.position(),
                        Frames.event(room.channelId(), slice.epoch(), entry).toString());
            }
            room.passed(slice.reached());
        } while (!slice.complete());
    }
}
