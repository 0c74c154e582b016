package io.thespace.hub.node;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The rooms of this node, one for each channel that a socket of this node is in. Reports their users to {@link Presence}. */
final class Rooms {

    private record Place(UUID orgId, String channelId) {}

    private final Map<Place, Room> rooms = new ConcurrentHashMap<>();
    private final Presence presence;

    Rooms(Presence presence) {
        this.presence = presence;
    }

    Collection<Room> all() {
        return rooms.values();
    }

    /** The room of a channel; null when no socket of this node is in it. */
    Room find(UUID orgId, String channelId) {
        return rooms.get(new Place(orgId, channelId));
    }

    /** The users of this node in a channel. */
    Set<UUID> users(UUID orgId, String channelId) {
        Room room = find(orgId, channelId);
        return room == null ? Set.of() : room.users();
    }

    /** @param maker makes the room where there is none */
    Room findOrMake(UUID orgId, String channelId, Supplier<Room> maker) {
        return rooms.computeIfAbsent(new Place(orgId, channelId), place -> maker.get());
    }

    /**
     * A socket is in a room from now on.
     *
     * @param first whether no other socket of its user was in it
     */
    void enter(Socket socket, Room room, boolean first) {
        socket.rooms().put(room.channelId(), room);
        if (first) {
            presence.enter(
                    room.orgId(),
                    room.channelId(),
                    List.of(socket.principal().actor().userId()));
        }
        if (socket.left()) {
            // The socket was closed meanwhile, by a thread that did not see this room among its rooms.
            exit(socket, room.channelId());
        }
    }

    /** Lets a socket out of a channel, if it is in it. */
    void exit(Socket socket, String channelId) {
        Room room = socket.rooms().remove(channelId);
        if (room == null) {
            return;
        }
        UUID user = socket.principal().actor().userId();
        if (room.leave(socket)) {
            rooms.remove(new Place(room.orgId(), channelId), room);
        }
        if (!room.users().contains(user)) {
            presence.leave(room.orgId(), channelId, user);
        }
    }
}
