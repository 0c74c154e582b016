package io.thespace.hub.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.hub.ChannelChanged;
import io.thespace.hub.ChannelView;
import io.thespace.hub.MessageView;
import io.thespace.identity.access.Authentication;
import io.thespace.identity.signin.SignInEnded;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.redis.Redis;
import io.thespace.worker.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/**
 * Synchronizes the sockets and rooms of this node with the other nodes and the database: publishes local changes,
 * applies those published by other nodes, and periodically compares with the database. Starts with the first socket or
 * the first message to publish.
 */
final class HubNode {

    private static final Log LOG = Log.of(HubNode.class);

    private static final int CHUNK = 500;
    private static final String SEQUENCED = "sequenced";
    /** The interval of re-authentication without a notification; shorter while Redis is unavailable. */
    private static final long CHECK_NANOSECONDS = Duration.ofSeconds(60).toNanos();

    private static final long CHECK_ALONE_NANOSECONDS = Duration.ofSeconds(5).toNanos();
    /** Ticks between two checks of the database for messages without a notification. */
    private static final int TICKS_TO_LOOK = 5;

    private static final int TICKS_TO_SAY_AGAIN = 1_800;

    private static final int OUTLET_THREADS = 8;
    /** Maximum of queued tasks of one WebSocket: a ping, its timeout and the close. */
    private static final int OUTLET_TASKS = 3;

    private final String node = UuidCreator.getTimeOrderedEpoch().toString();
    private final TenantChannels channels;
    private final Redis redis;
    private final ThreadFactory threads;
    private final ReviewQueue queue = new ReviewQueue();
    private final Presence presence;
    private final Rooms rooms;
    private final Sockets sockets;
    private final RoomDelivery delivery;
    private final AccessReviews reviews;
    private volatile Relay relay;
    private volatile Workers outlets;
    private volatile boolean alone;
    private long ticks;

    /** @param threads makes the threads, once it starts */
    HubNode(Authentication authentication, TenantChannels channels, Redis redis, ThreadFactory threads) {
        this.channels = channels;
        this.redis = redis;
        this.threads = threads;
        presence = new Presence(redis, node);
        rooms = new Rooms(presence);
        sockets = new Sockets(rooms);
        delivery = new RoomDelivery(rooms, channels, queue);
        reviews = new AccessReviews(authentication, channels, sockets, rooms, delivery, queue);
    }

    Presence presence() {
        return presence;
    }

    Rooms rooms() {
        return rooms;
    }

    Sockets sockets() {
        return sockets;
    }

    RoomDelivery delivery() {
        return delivery;
    }

    AccessReviews reviews() {
        return reviews;
    }

    ReviewQueue queue() {
        return queue;
    }

    /** Starts threads and begins to hear other nodes, unless it has. */
    void start() {
        if (relay != null) {
            return;
        }
        synchronized (this) {
            if (relay == null) {
                presence.renew();
                queue.start(threads);
                outlets = new Workers(
                        "hub outlet",
                        OUTLET_THREADS,
                        OUTLET_TASKS * Configuration.get().get(Key.SOCKETS),
                        threads);
                relay = new Relay(redis, threads, this::received, this::begun);
            }
        }
    }

    /** As {@link Hub#outlet}. */
    void outlet(Runnable work) {
        start();
        try {
            outlets.execute(work);
        } catch (RejectedExecutionException e) {
            // Only while the node stops: the queue is large enough for all WebSockets.
            work.run();
        }
    }

    /** As {@link Hub#stop}. */
    void stop() {
        sockets.stop();
        if (relay != null) {
            relay.close();
            presence.end();
            queue.close();
            outlets.close();
        }
    }

    // Between the nodes
    // -----------------------------------------------------------------------------------------------

    /** Gives a message that was sent here to the sockets of all nodes. */
    void publish(UUID orgId, String channelId, MessageView message) {
        String frame = Frames.message(channelId, message).toString();
        delivery.arrived(orgId, channelId, message.epoch(), message.offset(), frame);
        tell(place("message", orgId, channelId)
                .put("epoch", message.epoch().toString())
                .put("offset", message.offset())
                .put("frame", frame));
    }

    private static ObjectNode place(String kind, UUID orgId, String channelId) {
        return Frames.in(kind, channelId).put("org_id", orgId.toString());
    }

    private void received(JsonNode told) {
        if (told.path("node").asText().equals(node)) {
            return;
        }
        if (told.path("type").asText().equals(SEQUENCED)) {
            delivery.catchUpWithEvents();
            return;
        }
        UUID orgId = UUID.fromString(told.path("org_id").asText());
        String channelId = told.path("channel_id").asText();
        switch (told.path("type").asText()) {
            case "message" ->
                delivery.arrived(
                        orgId,
                        channelId,
                        UUID.fromString(told.path("epoch").asText()),
                        told.path("offset").asLong(),
                        told.path("frame").asText());
            case "ended" -> {
                UUID signInId = UUID.fromString(told.path("sign_in_id").asText());
                queue.later(() -> reviews.ended(signInId));
            }
            case "changed" -> queue.later(() -> reviews.review(orgId, channelId));
            default -> LOG.warning("Message of unknown type from another node ignored");
        }
    }

    /** A channel has changed, which is committed. */
    void changed(ChannelChanged change) {
        tell(place("changed", change.orgId(), change.channelId()));
        queue.beforeAnswer(() -> {
            Room room = rooms.find(change.orgId(), change.channelId());
            if (room != null) {
                reviews.review(room, change.userId());
            }
        });
    }

    /** A sign-in has ended, which is committed. */
    void ended(SignInEnded end) {
        tell(Frames.frame("ended")
                .put("org_id", end.orgId().toString())
                .put("sign_in_id", end.signInId().toString()));
        queue.beforeAnswer(() -> reviews.ended(end.signInId()));
    }

    /** Events can be read from the log. */
    void sequenced() {
        delivery.catchUpWithEvents();
        tell(Frames.frame(SEQUENCED));
    }

    /** Publishes to the other nodes; the local effect does not depend on Redis. */
    private void tell(ObjectNode message) {
        start();
        relay.tell(message.put("node", node));
    }

    /** The Redis subscription is established (again): catches up with missed notifications. */
    private void begun() {
        alone = false;
        for (Room room : rooms.all()) {
            queue.later(() -> reviews.review(room));
        }
    }

    // As time goes by
    // -------------------------------------------------------------------------------------------------

    /** Once a second. */
    void tick() {
        if (relay == null) {
            return;
        }
        ticks++;
        long now = System.nanoTime();
        Instant time = Instant.now();
        alone = !redis.answers();
        boolean unheard = relay.behind();
        for (Socket socket : sockets.all()) {
            tick(socket, now, time);
        }
        if (sockets.all().isEmpty()) {
            return;
        }
        if (queue.overflowed()) {
            queue.later(reviews::reviewAll);
        }
        if (presence.renew() || ticks % TICKS_TO_SAY_AGAIN == 0) {
            rooms.all().forEach(room -> presence.markOutdated(room.orgId(), room.channelId()));
        }
        presence.repair(rooms::users);
        if (alone || unheard || ticks % TICKS_TO_LOOK == 0) {
            look();
        }
    }

    private void tick(Socket socket, long now, Instant time) {
        if (time.isAfter(socket.principal().expiresAt())) {
            sockets.end(
                    socket,
                    Closing.AUTHENTICATION,
                    "The token has expired. Send refresh before that, or reconnect with a new one.");
            return;
        }
        switch (socket.need(now)) {
            case PING -> socket.ping();
            case END -> sockets.end(socket, Closing.TIMEOUT, Closing.TIMEOUT.advice());
            case NOTHING -> {
                // It is alive.
            }
        }
        if (socket.due(now, alone ? CHECK_ALONE_NANOSECONDS : CHECK_NANOSECONDS)) {
            reviews.recheck(socket, false);
            reviews.reviewLater(socket);
        }
    }

    /** Checks for messages of channels that this node was not notified of. */
    private void look() {
        delivery.catchUpWithEvents();
        Map<UUID, List<Room>> byOrganization = new HashMap<>();
        for (Room room : rooms.all()) {
            if (room.epoch() != null) {
                byOrganization
                        .computeIfAbsent(room.orgId(), org -> new ArrayList<>())
                        .add(room);
            }
        }
        byOrganization.forEach((orgId, mine) -> {
            for (int from = 0; from < mine.size(); from += CHUNK) {
                look(orgId, mine.subList(from, Math.min(mine.size(), from + CHUNK)));
            }
        });
    }

    private void look(UUID orgId, List<Room> some) {
        Actor platform = Actor.platform(orgId, "hub");
        Map<String, ChannelView> now = new HashMap<>();
        try {
            channels.progress(platform, some.stream().map(Room::channelId).toList())
                    .forEach(channel -> now.put(channel.id(), channel));
        } catch (RuntimeException e) {
            LOG.warning("Channel offsets could not be read; retrying", "cause", e);
            return;
        }
        for (Room room : some) {
            ChannelView channel = now.get(room.channelId());
            if (channel == null || !channel.epoch().equals(room.epoch())) {
                queue.later(() -> reviews.review(room));
            } else if (channel.offset() > room.delivered()) {
                queue.later(() -> delivery.catchUp(room));
            }
        }
    }
}
