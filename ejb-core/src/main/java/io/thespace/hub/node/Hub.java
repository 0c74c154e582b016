package io.thespace.hub.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Failures;
import io.thespace.event.Events;
import io.thespace.event.LogSlice;
import io.thespace.event.relay.EventsSequenced;
import io.thespace.hub.Access;
import io.thespace.hub.ChannelChanged;
import io.thespace.hub.Channels;
import io.thespace.hub.EventChannels;
import io.thespace.hub.HistoryView;
import io.thespace.hub.HubError;
import io.thespace.hub.MessageView;
import io.thespace.hub.Messages;
import io.thespace.identity.access.AccessStatusInvalidated;
import io.thespace.identity.access.Authentication;
import io.thespace.identity.signin.SignInEnded;
import io.thespace.limit.Allowances;
import io.thespace.limit.Limits;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Rejection;
import io.thespace.redis.Redis;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Admits the WebSockets of this node and answers their frames. Passes on what the container delivers: committed changes, timer ticks
 * and the shutdown.
 */
@ApplicationScoped
public class Hub {

    private static final int MAX_CHANNELS = 100;
    private static final int MAX_PRESENT = 500;
    private static final int MAX_ATTEMPTS = 10;
    private static final long END_OF_LOG = -1;

    @Inject
    Authentication authentication;

    @Inject
    Channels channels;

    @Inject
    Messages messages;

    @Inject
    Events events;

    @Inject
    Limits limits;

    @Inject
    Redis redis;

    @Resource
    ManagedThreadFactory threads;

    private TenantChannels tenantChannels;
    private HubNode node;

    @PostConstruct
    void wire() {
        tenantChannels = new TenantChannels(channels, messages, events);
        node = new HubNode(authentication, tenantChannels, redis, threads);
    }

    // Sockets come and go
    // ---------------------------------------------------------------------------------------------

    /**
     * Checks the limits for one more socket of this caller.
     *
     * @throws Rejection {@code NODE_FULL}, {@code TOO_MANY_SOCKETS}
     */
    public void admit(Actor actor) {
        node.sockets().admit(actor);
    }

    /** Begins to serve a socket that the handshake let in. */
    public Socket open(SocketPrincipal principal, Outlet outlet) {
        node.start();
        return node.sockets().open(principal, outlet);
    }

    /** A socket is closed, by whomever. */
    public void closed(Socket socket) {
        node.sockets().closed(socket);
    }

    /** Closes a socket. */
    public void end(Socket socket, Closing why, String reason) {
        node.sockets().end(socket, why, reason);
    }

    /** The client gave a sign of life. */
    public void heard(Socket socket) {
        node.sockets().heard(socket);
    }

    /**
     * Counts a frame and returns whether to process it. A frame above the rate limit closes the socket; one received
     * after the socket was closed, while its close frame is still being sent, is ignored. One that comes too fast ends
     * the socket; one that comes after a socket's end, while its close frame is still on its way, does nothing.
     */
    public boolean takes(Socket socket) {
        return node.sockets().takes(socket);
    }

    /** Counts a frame that could not be read; too many end the socket. */
    public void malformed(Socket socket) {
        node.sockets().malformed(socket);
    }

    /** Runs work that may block on a client, on another thread. */
    public void outlet(Runnable work) {
        node.outlet(work);
    }

    // What clients ask for; each answers with a frame or refuses
    // ------------------------------------------------------------------

    /**
     * Lets a socket into a channel.
     *
     * @throws Rejection {@code TOO_MANY_CHANNELS}, {@code NOT_AUTHORIZED}
     */
    public ObjectNode join(Socket socket, String channelId) {
        Actor actor = node.reviews().current(socket);
        if (!socket.rooms().containsKey(channelId) && socket.rooms().size() >= MAX_CHANNELS) {
            throw new Rejection(
                    HubError.TOO_MANY_CHANNELS,
                    "A WebSocket may be in %d channels; leave one first.".formatted(MAX_CHANNELS));
        }
        boolean before = socket.rooms().containsKey(channelId);
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Access access = tenantChannels.access(actor, channelId);
            boolean carriesEvents = EventChannels.is(channelId);
            UUID epoch = carriesEvents ? null : access.epoch();
            LogSlice end = carriesEvents ? tenantChannels.eventLog(actor, channelId, null, END_OF_LOG) : null;
            boolean[] made = new boolean[1];
            Room room = node.rooms().findOrMake(actor.orgId(), channelId, () -> {
                made[0] = true;
                return new Room(actor.orgId(), channelId, epoch, carriesEvents ? end.reached() : access.offset());
            });
            if (!Objects.equals(epoch, room.epoch())) {
                // The channel was deleted and created again, and its sockets are not notified yet.
                node.reviews().review(room);
                continue;
            }
            boolean first = !room.users().contains(actor.userId());
            long offset = room.enter(socket);
            if (offset < 0) {
                continue;
            }
            node.rooms().enter(socket, room, first);
            try {
                // A dismissal since the first check was reviewed before this socket was in the room.
                tenantChannels.access(socket.principal().actor(), channelId);
            } catch (RuntimeException e) {
                if (!before || e instanceof Rejection) {
                    node.rooms().exit(socket, channelId);
                }
                throw e;
            }
            if (made[0]) {
                // Messages sent between the check of the channel and now were not delivered to a socket here.
                node.queue().later(() -> node.delivery().catchUp(room));
            }
            return Frames.joined(channelId, carriesEvents ? end.epoch() : epoch, offset);
        }
        throw Rejection.later(
                EndpointError.BUSY, "The channel is being changed. Try again in a moment.", Duration.ofSeconds(1));
    }

    /** A frame was answered: who was let out of a channel before they were told that they are in it is told so again. */
    public void answered(Socket socket, ObjectNode answer) {
        String channelId = answer.path("channel_id").asText();
        if (answer.path("type").asText().equals("joined") && !socket.rooms().containsKey(channelId)) {
            socket.send(Frames.left(channelId, Channels.notAuthorized().getMessage())
                    .toString());
        }
    }

    /** Lets a socket out of a channel, if it is in it. */
    public ObjectNode leave(Socket socket, String channelId) {
        node.rooms().exit(socket, channelId);
        return Frames.in("left", channelId);
    }

    /**
     * Sends a message.
     *
     * @param data JSON
     * @throws Rejection {@code TOO_MANY_MESSAGES}, {@code NOT_AUTHORIZED}, {@code READ_ONLY}
     */
    public ObjectNode send(Socket socket, String channelId, String data) {
        Actor actor = node.reviews().current(socket);
        Allowances allowances = limits.take(LimitClass.WRITE, actor);
        if (!allowances.allowed()) {
            throw allowances.refusal(HubError.TOO_MANY_MESSAGES);
        }
        MessageView message = tenantChannels.send(actor, channelId, data);
        node.publish(actor.orgId(), channelId, message);
        return Frames.in("sent", channelId)
                .put("epoch", message.epoch().toString())
                .put("offset", message.offset())
                .put("message_id", message.messageId().toString());
    }

    /**
     * Returns the messages after an offset.
     *
     * @param epoch the epoch of the offset; null for the channel's own
     * @throws Rejection {@code NOT_AUTHORIZED}
     */
    public ObjectNode history(Socket socket, String channelId, UUID epoch, long since) {
        Actor actor = node.reviews().current(socket);
        if (EventChannels.is(channelId)) {
            tenantChannels.access(actor, channelId);
            return Frames.eventHistory(channelId, tenantChannels.eventLog(actor, channelId, epoch, since));
        }
        HistoryView history = tenantChannels.history(actor, channelId, epoch, since);
        ObjectNode frame = Frames.in("history", channelId);
        frame.setAll((ObjectNode) Frames.tree(history));
        return frame;
    }

    /**
     * Returns the users in a channel.
     *
     * @throws Rejection {@code NOT_AUTHORIZED}
     */
    public ObjectNode presence(Socket socket, String channelId) {
        Actor actor = node.reviews().current(socket);
        tenantChannels.access(actor, channelId);
        Optional<NavigableSet<UUID>> everywhere = node.presence().who(actor.orgId(), channelId);
        Room here = node.rooms().find(actor.orgId(), channelId);
        NavigableSet<UUID> users = everywhere.orElseGet(TreeSet::new);
        if (here != null) {
            users.addAll(here.users());
        }
        ObjectNode frame = Frames.in("presence", channelId);
        ArrayNode list = frame.putArray("users");
        users.stream().limit(MAX_PRESENT).forEach(user -> list.add(user.toString()));
        return frame.put("truncated", users.size() > MAX_PRESENT).put("degraded", everywhere.isEmpty());
    }

    /**
     * Continues with a newer token.
     *
     * @throws Rejection as {@link Authentication#authenticate}; {@code ANOTHER_SUBJECT}
     */
    public ObjectNode refresh(Socket socket, String token) {
        Actor before = socket.principal().actor();
        Actor now = authentication.authenticate(token, before.requestId(), before.sessionId(), before.address());
        if (!now.userId().equals(before.userId()) || !now.orgId().equals(before.orgId())) {
            throw new Rejection(
                    HubError.ANOTHER_SUBJECT,
                    "The token is for another user or organization. Open a separate WebSocket for it.");
        }
        SocketPrincipal principal = new SocketPrincipal(now, token, authentication.expiry(token), true);
        node.reviews()
                .roleChanged(socket, socket.become(principal, System.nanoTime()).actor(), now);
        return Frames.frame("refreshed").set("expires_at", Frames.tree(principal.expiresAt()));
    }

    // What the container brings
    // ---------------------------------------------------------------------------------------------------

    /** After the commit: a node that is notified before it could read the old state. */
    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) ChannelChanged change) {
        node.changed(change);
    }

    void ended(@Observes(during = TransactionPhase.AFTER_SUCCESS) SignInEnded end) {
        node.ended(end);
    }

    /** Events can be read from the log. */
    void sequenced(@Observes EventsSequenced event) {
        node.sequenced();
    }

    /** Access in an organization was reduced: re-authenticates all its sockets, on another thread. */
    void outdated(@Observes AccessStatusInvalidated event) {
        node.reviews().outdated(event.orgId());
    }

    /** Once a second. */
    void tick() {
        node.tick();
    }

    /** Stops the node: its sockets are closed and reconnect to another one. */
    @PreDestroy
    public void stop() {
        node.stop();
    }

    /** The error message for a rejected frame; an unexpected failure is logged once. */
    public static Rejection refusal(RuntimeException failure) {
        return failure instanceof Rejection rejection ? rejection : Failures.rejection(failure);
    }
}
