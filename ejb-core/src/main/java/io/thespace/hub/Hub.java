package io.thespace.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Failures;
import io.thespace.event.Events;
import io.thespace.event.LogSlice;
import io.thespace.event.relay.EventsSequenced;
import io.thespace.identity.access.Authentication;
import io.thespace.identity.access.StandingsOutdated;
import io.thespace.identity.signin.SignInEnded;
import io.thespace.limit.Allowances;
import io.thespace.limit.Limits;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Rejection;
import io.thespace.redis.Redis;
import io.thespace.tenant.Tenant;
import io.thespace.transaction.PendingChanges;
import io.thespace.worker.Workers;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The WebSockets of this node, and what goes between them and those of other nodes. */
@ApplicationScoped
public class Hub {

    private static final Log LOG = Log.of(Hub.class);

    static final int MAX_CHANNELS = 100;
    private static final int MAX_PRESENT = 500;
    private static final int MAX_ATTEMPTS = 10;
    private static final int CHUNK = 500;
    private static final int MAX_EVENTS = 100;
    private static final long END_OF_LOG = -1;
    private static final String SEQUENCED = "sequenced";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    /** How often a socket is asked again who it is, though nobody told of a change; while others cannot tell, more often. */
    private static final long CHECK_NANOSECONDS = Duration.ofSeconds(60).toNanos();

    private static final long CHECK_ALONE_NANOSECONDS = Duration.ofSeconds(5).toNanos();
    /** How many ticks go by between two looks at the database for messages that nobody told of. */
    private static final int TICKS_TO_LOOK = 5;

    private static final int TICKS_TO_SAY_AGAIN = 1_800;

    private static final int REVIEW_THREADS = 4;
    private static final int MAX_QUEUED_REVIEWS = 10_000;
    private static final int OUTLET_THREADS = 8;
    /** The most that one WebSocket has queued: a ping, its loss and its end. */
    private static final int OUTLET_TASKS = 3;

    private record Place(UUID orgId, String channelId) {}

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

    private final String node = UuidCreator.getTimeOrderedEpoch().toString();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<UUID, AtomicInteger> perUser = new ConcurrentHashMap<>();
    private final Map<Place, Room> rooms = new ConcurrentHashMap<>();
    private final Set<UUID> rechecking = ConcurrentHashMap.newKeySet();
    private volatile Relay relay;
    private volatile Workers reviews;
    private volatile Workers outlets;
    private volatile boolean reviewAll;
    private volatile Presence presence;
    private volatile boolean alone;
    private volatile boolean stopping;
    private long ticks;

    // Sockets come and go
    // ---------------------------------------------------------------------------------------------

    /**
     * Whether there is room for one more socket of this caller.
     *
     * @throws Rejection {@code NODE_FULL}, {@code TOO_MANY_SOCKETS}
     */
    public void admit(Actor actor) {
        if (stopping || sockets.size() >= Configuration.get().get(Key.SOCKETS)) {
            throw Rejection.later(
                    HubError.NODE_FULL,
                    "This node takes no more WebSockets now. Try again, with some jitter.",
                    RETRY_AFTER);
        }
        AtomicInteger mine = perUser.get(actor.userId());
        if (mine != null && mine.get() >= Configuration.get().get(Key.SOCKETS_PER_IDENTITY)) {
            throw Rejection.later(
                    HubError.TOO_MANY_SOCKETS,
                    "You have %d WebSockets open, as many as one may have. Close one first.".formatted(mine.get()),
                    RETRY_AFTER);
        }
    }

    /** Begins to serve a socket that the handshake let in. */
    public Socket open(Visitor visitor, Outlet outlet) {
        start();
        Socket socket =
                new Socket(visitor, outlet, Configuration.get().get(Key.SOCKET_FRAMES_PER_SECOND), System.nanoTime());
        sockets.add(socket);
        int mine = perUser.computeIfAbsent(visitor.actor().userId(), user -> new AtomicInteger())
                .incrementAndGet();
        if (!visitor.csrfHolds()) {
            end(socket, Closing.AUTHENTICATION, "csrf_token is not the one in the cookie csrftoken.");
        } else if (stopping) {
            end(socket, Closing.GOING_AWAY, Closing.GOING_AWAY.advice());
        } else if (mine > Configuration.get().get(Key.SOCKETS_PER_IDENTITY)) {
            end(socket, Closing.TOO_FAST, "You have too many WebSockets open. Close one first.");
        }
        return socket;
    }

    /** A socket is closed, by whomever. */
    public void closed(Socket socket) {
        if (!socket.leave()) {
            return;
        }
        sockets.remove(socket);
        perUser.computeIfPresent(
                socket.visitor().actor().userId(), (user, count) -> count.decrementAndGet() == 0 ? null : count);
        for (String channelId : new ArrayList<>(socket.channels())) {
            exit(socket, channelId);
        }
    }

    /** Closes a socket. */
    public void end(Socket socket, Closing why, String reason) {
        closed(socket);
        socket.close(why, reason);
    }

    /** The client gave a sign of life. */
    public void heard(Socket socket) {
        socket.heard(System.nanoTime());
    }

    /**
     * Counts a frame; whether it may be read. One that comes too fast ends the socket; one that comes after a socket's end, while
     * its close frame is still on its way, does nothing.
     */
    public boolean takes(Socket socket) {
        if (socket.left()) {
            return false;
        }
        heard(socket);
        if (!socket.paced()) {
            end(socket, Closing.TOO_FAST, Closing.TOO_FAST.advice());
            return false;
        }
        return true;
    }

    /** Counts a frame that could not be read; too many end the socket. */
    public void malformed(Socket socket) {
        if (socket.hopeless()) {
            end(socket, Closing.MALFORMED, Closing.MALFORMED.advice());
        }
    }

    // What clients ask for; each answers with a frame or refuses
    // ------------------------------------------------------------------

    /**
     * Lets a socket into a channel.
     *
     * @throws Rejection {@code TOO_MANY_CHANNELS}, {@code NOT_AUTHORIZED}
     */
    public ObjectNode join(Socket socket, String channelId) {
        Actor actor = current(socket);
        if (!socket.rooms().containsKey(channelId) && socket.rooms().size() >= MAX_CHANNELS) {
            throw new Rejection(
                    HubError.TOO_MANY_CHANNELS,
                    "A WebSocket may be in %d channels; leave one first.".formatted(MAX_CHANNELS));
        }
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Access access = in(actor, () -> channels.access(actor, channelId));
            boolean carriesEvents = EventChannels.is(channelId);
            UUID epoch = carriesEvents ? null : access.epoch();
            LogSlice end = carriesEvents ? eventLog(actor, channelId, null, END_OF_LOG) : null;
            boolean[] made = new boolean[1];
            Room room = rooms.computeIfAbsent(new Place(actor.orgId(), channelId), place -> {
                made[0] = true;
                return new Room(actor.orgId(), channelId, epoch, carriesEvents ? end.reached() : access.offset());
            });
            if (!Objects.equals(epoch, room.epoch())) {
                // The channel was deleted and made anew, and those inside are not told yet.
                review(room);
                continue;
            }
            boolean first = !room.users().contains(actor.userId());
            long offset = room.enter(socket);
            if (offset < 0) {
                continue;
            }
            enter(socket, room, first);
            if (made[0]) {
                // What was sent between the look at the channel and now was sent to no socket here.
                later(() -> catchUp(room));
            }
            return Frames.joined(channelId, carriesEvents ? end.epoch() : epoch, offset);
        }
        throw Rejection.later(
                EndpointError.BUSY, "The channel is being changed. Try again in a moment.", Duration.ofSeconds(1));
    }

    private void enter(Socket socket, Room room, boolean first) {
        socket.rooms().put(room.channelId(), room);
        if (first) {
            presence.enter(
                    room.orgId(),
                    room.channelId(),
                    List.of(socket.visitor().actor().userId()));
        }
        if (socket.left()) {
            // It was closed meanwhile, by somebody who did not find this room among its rooms.
            exit(socket, room.channelId());
        }
    }

    /** Lets a socket out of a channel, if it is in it. */
    public ObjectNode leave(Socket socket, String channelId) {
        exit(socket, channelId);
        return Frames.in("left", channelId);
    }

    /**
     * Sends a message.
     *
     * @param data JSON
     * @throws Rejection {@code TOO_MANY_MESSAGES}, {@code NOT_AUTHORIZED}, {@code READ_ONLY}
     */
    public ObjectNode send(Socket socket, String channelId, String data) {
        Actor actor = current(socket);
        Allowances allowances = limits.take(LimitClass.WRITE, actor);
        if (!allowances.allowed()) {
            throw allowances.refusal(HubError.TOO_MANY_MESSAGES);
        }
        MessageView message = in(actor, () -> messages.send(actor, channelId, data));
        publish(actor.orgId(), channelId, message);
        return Frames.in("sent", channelId)
                .put("epoch", message.epoch().toString())
                .put("offset", message.offset())
                .put("message_id", message.messageId().toString());
    }

    /**
     * What came after an offset.
     *
     * @param epoch the one that the offset is of; null for the channel's own
     * @throws Rejection {@code NOT_AUTHORIZED}
     */
    public ObjectNode history(Socket socket, String channelId, UUID epoch, long since) {
        Actor actor = current(socket);
        if (EventChannels.is(channelId)) {
            in(actor, () -> channels.access(actor, channelId));
            return Frames.eventHistory(channelId, eventLog(actor, channelId, epoch, since));
        }
        HistoryView history = in(actor, () -> messages.history(actor, channelId, epoch, since));
        ObjectNode frame = Frames.in("history", channelId);
        frame.setAll((ObjectNode) Frames.tree(history));
        return frame;
    }

    private LogSlice eventLog(Actor actor, String channelId, UUID epoch, long after) {
        return in(actor, () -> events.log(actor, EventChannels.filter(channelId), epoch, after, MAX_EVENTS));
    }

    /**
     * Who is in a channel.
     *
     * @throws Rejection {@code NOT_AUTHORIZED}
     */
    public ObjectNode presence(Socket socket, String channelId) {
        Actor actor = current(socket);
        in(actor, () -> channels.access(actor, channelId));
        Optional<NavigableSet<UUID>> everywhere = presence.who(actor.orgId(), channelId);
        Room here = rooms.get(new Place(actor.orgId(), channelId));
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
     * Goes on with a newer token.
     *
     * @throws Rejection as {@link Authentication#authenticate}; {@code ANOTHER_SUBJECT}
     */
    public ObjectNode refresh(Socket socket, String token) {
        Actor before = socket.visitor().actor();
        Actor now = authentication.authenticate(token, before.requestId(), before.sessionId(), before.address());
        if (!now.userId().equals(before.userId()) || !now.orgId().equals(before.orgId())) {
            throw new Rejection(
                    HubError.ANOTHER_SUBJECT,
                    "The token stands for somebody else, or for another organization; open a WebSocket of its own for it.");
        }
        Visitor visitor = new Visitor(now, token, authentication.expiry(token), true);
        roleChanged(socket, socket.become(visitor).actor(), now);
        return Frames.frame("refreshed").set("expires_at", Frames.tree(visitor.expiresAt()));
    }

    /** Who the socket is at this moment; closes it when its token does not hold any more. */
    private Actor current(Socket socket) {
        Visitor visitor = socket.visitor();
        Actor before = visitor.actor();
        try {
            Actor now = authentication.authenticate(
                    visitor.token(), before.requestId(), before.sessionId(), before.address());
            if (socket.become(visitor, visitor.as(now))) {
                roleChanged(socket, before, now);
            }
            return now;
        } catch (Rejection rejection) {
            expel(socket, rejection);
            throw rejection;
        }
    }

    /** Whoever may do something else than before leaves the rooms that are not theirs any more. */
    private void roleChanged(Socket socket, Actor before, Actor now) {
        if (now.role() != before.role()) {
            later(() -> socket.rooms().values().forEach(room -> review(socket, room)));
        }
    }

    private void expel(Socket socket, Rejection rejection) {
        Kind kind = rejection.code().kind();
        if (kind == Kind.UNAUTHENTICATED) {
            end(socket, Closing.AUTHENTICATION, Closing.AUTHENTICATION.advice());
        } else if (kind == Kind.FORBIDDEN) {
            end(socket, Closing.FORBIDDEN, Closing.FORBIDDEN.advice());
        }
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private static <T> T in(Actor actor, Supplier<T> work) {
        try (Tenant tenant = Tenant.bind(actor.orgId())) {
            return work.get();
        }
    }

    private void exit(Socket socket, String channelId) {
        Room room = socket.rooms().remove(channelId);
        if (room == null) {
            return;
        }
        UUID user = socket.visitor().actor().userId();
        if (room.leave(socket)) {
            rooms.remove(new Place(room.orgId(), channelId), room);
        }
        if (!room.users().contains(user)) {
            presence.leave(room.orgId(), channelId, user);
        }
    }

    // Between the nodes
    // -----------------------------------------------------------------------------------------------

    private void publish(UUID orgId, String channelId, MessageView message) {
        String frame = Frames.message(channelId, message).toString();
        arrived(orgId, channelId, message.epoch(), message.offset(), frame);
        tell(place("message", orgId, channelId)
                .put("epoch", message.epoch().toString())
                .put("offset", message.offset())
                .put("frame", frame));
    }

    private static ObjectNode place(String kind, UUID orgId, String channelId) {
        return Frames.in(kind, channelId).put("org_id", orgId.toString());
    }

    private void arrived(UUID orgId, String channelId, UUID epoch, long offset, String frame) {
        Room room = rooms.get(new Place(orgId, channelId));
        if (room != null && room.arrived(epoch, offset, frame) && !later(() -> fetch(room))) {
            room.giveUp();
        }
    }

    private void received(JsonNode told) {
        if (told.path("node").asText().equals(node)) {
            return;
        }
        if (told.path("type").asText().equals(SEQUENCED)) {
            catchUpWithEvents();
            return;
        }
        UUID orgId = UUID.fromString(told.path("org_id").asText());
        String channelId = told.path("channel_id").asText();
        switch (told.path("type").asText()) {
            case "message" ->
                arrived(
                        orgId,
                        channelId,
                        UUID.fromString(told.path("epoch").asText()),
                        told.path("offset").asLong(),
                        told.path("frame").asText());
            case "ended" -> {
                UUID signInId = UUID.fromString(told.path("sign_in_id").asText());
                later(() -> ended(signInId));
            }
            case "changed" -> later(() -> review(orgId, channelId));
            default -> LOG.warning("Another node told something that this one does not know");
        }
    }

    /** Only now: who is told before the commit may look before it. */
    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) ChannelChanged change) {
        tell(place("changed", change.orgId(), change.channelId()));
        beforeAnswer(() -> {
            Room room = rooms.get(new Place(change.orgId(), change.channelId()));
            if (room != null) {
                review(room, change.userId());
            }
        });
    }

    void ended(@Observes(during = TransactionPhase.AFTER_SUCCESS) SignInEnded end) {
        tell(Frames.frame("ended")
                .put("org_id", end.orgId().toString())
                .put("sign_in_id", end.signInId().toString()));
        beforeAnswer(() -> ended(end.signInId()));
    }

    private void ended(UUID signInId) {
        for (Socket socket : sockets) {
            if (signInId.equals(socket.visitor().actor().signInId())) {
                recheck(socket, true);
            }
        }
    }

    /** Events can be read from the log. */
    void sequenced(@Observes EventsSequenced event) {
        catchUpWithEvents();
        tell(Frames.frame(SEQUENCED));
    }

    private void catchUpWithEvents() {
        for (Room room : rooms.values()) {
            if (room.epoch() == null && room.queue()) {
                boolean queued = later(() -> {
                    room.unqueue();
                    catchUp(room);
                });
                if (!queued) {
                    room.unqueue();
                }
            }
        }
    }

    /** Tells the other nodes; what it means here is done without Redis. */
    private void tell(ObjectNode message) {
        start();
        relay.tell(message.put("node", node));
    }

    /** Redis can be heard (again): whatever was told meanwhile is found out. */
    private void begun() {
        alone = false;
        for (Room room : rooms.values()) {
            later(() -> review(room));
        }
    }

    private void catchUp(Room room) {
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
            LOG.warning("Messages of a channel could not be fetched; they will be", "cause", e);
        }
    }

    private void fetchMessages(Actor platform, Room room) {
        List<MessageView> rows;
        do {
            rows = in(platform, () -> messages.after(room.epoch(), room.delivered()));
            for (MessageView row : rows) {
                room.caughtUp(
                        row.offset(), Frames.message(room.channelId(), row).toString());
            }
        } while (!rows.isEmpty());
    }

    private void fetchEvents(Actor platform, Room room) {
        LogSlice slice;
        do {
            slice = eventLog(platform, room.channelId(), null, room.delivered());
            for (LogSlice.Entry entry : slice.events()) {
                room.caughtUp(
                        entry.position(),
                        Frames.event(room.channelId(), slice.epoch(), entry).toString());
            }
            room.passed(slice.reached());
        } while (!slice.complete());
    }

    private void review(UUID orgId, String channelId) {
        Room room = rooms.get(new Place(orgId, channelId));
        if (room != null) {
            review(room);
        }
    }

    /** Looks again who may be in a room, and what it has missed. */
    private void review(Room room) {
        review(room, null);
    }

    /** @param userId whose sockets alone are reviewed; null for all */
    private void review(Room room, UUID userId) {
        for (Socket socket : new ArrayList<>(room.sockets())) {
            if (userId == null || userId.equals(socket.visitor().actor().userId())) {
                review(socket, room);
            }
        }
        catchUp(room);
    }

    private void review(Socket socket, Room room) {
        Actor actor = socket.visitor().actor();
        try {
            Access access = in(actor, () -> channels.access(actor, room.channelId()));
            if (room.epoch() == null || room.epoch().equals(access.epoch())) {
                return;
            }
            exit(socket, room.channelId());
            socket.send(
                    Frames.left(room.channelId(), "The channel was deleted.").toString());
        } catch (Rejection rejection) {
            if (rejection.code() == HubError.NOT_AUTHORIZED) {
                exit(socket, room.channelId());
                socket.send(
                        Frames.left(room.channelId(), rejection.getMessage()).toString());
            }
        } catch (RuntimeException e) {
            LOG.warning("It could not be found out who may be in a channel; it will be", "cause", e);
        }
    }

    /** Somebody of an organization may do less: asks about all of them again, off the thread that told. */
    void outdated(@Observes StandingsOutdated event) {
        if (!sockets.isEmpty() && rechecking.add(event.orgId()) && !later(() -> recheck(event.orgId()))) {
            rechecking.remove(event.orgId());
        }
    }

    private void recheck(UUID orgId) {
        // Before the questions: who is changed after them is asked about once more.
        rechecking.remove(orgId);
        for (Socket socket : sockets) {
            if (socket.visitor().actor().orgId().equals(orgId)) {
                recheck(socket, true);
            }
        }
    }

    private void recheck(Socket socket, boolean anew) {
        Visitor visitor = socket.visitor();
        Actor before = visitor.actor();
        try {
            Actor now = anew
                    ? authentication.authenticateAnew(visitor.token(), before.requestId())
                    : authentication.authenticate(
                            visitor.token(), before.requestId(), before.sessionId(), before.address());
            if (socket.become(visitor, visitor.as(now))) {
                roleChanged(socket, before, now);
            }
        } catch (Rejection rejection) {
            // Who has shown a newer token meanwhile is not judged by the old one.
            if (socket.visitor().token().equals(visitor.token())) {
                expel(socket, rejection);
            }
        } catch (RuntimeException e) {
            LOG.warning("It could not be found out who somebody is; it will be", "cause", e);
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
        for (Socket socket : sockets) {
            tick(socket, now, time);
        }
        if (sockets.isEmpty()) {
            return;
        }
        if (reviewAll) {
            reviewAll = false;
            later(this::reviewAll);
        }
        if (presence.renew() || ticks % TICKS_TO_SAY_AGAIN == 0) {
            rooms.values().forEach(room -> presence.enter(room.orgId(), room.channelId(), room.users()));
        }
        if (alone || unheard || ticks % TICKS_TO_LOOK == 0) {
            look();
        }
    }

    private void tick(Socket socket, long now, Instant time) {
        if (time.isAfter(socket.visitor().expiresAt())) {
            end(
                    socket,
                    Closing.AUTHENTICATION,
                    "The token has expired. Send refresh before that, or reconnect with a new one.");
            return;
        }
        switch (socket.need(now)) {
            case PING -> socket.ping();
            case END -> end(socket, Closing.TIMEOUT, Closing.TIMEOUT.advice());
            case NOTHING -> {
                // It is alive.
            }
        }
        if (socket.due(now, alone ? CHECK_ALONE_NANOSECONDS : CHECK_NANOSECONDS)) {
            recheck(socket, false);
        }
    }

    /** Whether channels have messages that nobody told this node of. */
    private void look() {
        catchUpWithEvents();
        Map<UUID, List<Room>> byOrganization = new HashMap<>();
        for (Room room : rooms.values()) {
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
            in(
                            platform,
                            () -> channels.progress(
                                    platform, some.stream().map(Room::channelId).toList()))
                    .forEach(channel -> now.put(channel.id(), channel));
        } catch (RuntimeException e) {
            LOG.warning("It could not be found out how far channels are; it will be", "cause", e);
            return;
        }
        for (Room room : some) {
            ChannelView channel = now.get(room.channelId());
            if (channel == null || !channel.epoch().equals(room.epoch())) {
                later(() -> review(room));
            } else if (channel.offset() > room.delivered()) {
                later(() -> catchUp(room));
            }
        }
    }

    private void start() {
        if (relay != null) {
            return;
        }
        synchronized (this) {
            if (relay == null) {
                presence = new Presence(redis, node);
                presence.renew();
                reviews = new Workers("hub review", REVIEW_THREADS, MAX_QUEUED_REVIEWS, threads);
                outlets = new Workers(
                        "hub outlet",
                        OUTLET_THREADS,
                        OUTLET_TASKS * Configuration.get().get(Key.SOCKETS),
                        threads);
                relay = new Relay(redis, threads, this::received, this::begun);
            }
        }
    }

    /** Queues a review, which reads the database. Returns false when the queue is full; the next tick then reviews everything. */
    private boolean later(Runnable review) {
        try {
            reviews.execute(review);
            return true;
        } catch (RejectedExecutionException e) {
            reviewAll = true;
            return false;
        }
    }

    /** As {@link #later}; the answer to the call that caused it waits for it. */
    private void beforeAnswer(Runnable review) {
        try {
            PendingChanges.apply(reviews, review);
        } catch (RejectedExecutionException e) {
            reviewAll = true;
        }
    }

    private void reviewAll() {
        sockets.forEach(socket -> recheck(socket, true));
        rooms.values().forEach(this::review);
    }

    /** Runs work that may block on a client, on another thread. */
    public void outlet(Runnable work) {
        start();
        try {
            outlets.execute(work);
        } catch (RejectedExecutionException e) {
            // Only while the node stops: the queue is large enough for all WebSockets.
            work.run();
        }
    }

    /** The node goes away: its sockets are to find another one. */
    @PreDestroy
    public void stop() {
        stopping = true;
        for (Socket socket : sockets) {
            end(socket, Closing.GOING_AWAY, Closing.GOING_AWAY.advice());
        }
        if (relay != null) {
            relay.close();
            presence.end();
            reviews.close();
            outlets.close();
        }
    }

    /** What to tell a client that a frame was refused with; what nobody foresaw is logged once. */
    public static Rejection refusal(RuntimeException failure) {
        return failure instanceof Rejection rejection ? rejection : Failures.rejection(failure);
    }
}
