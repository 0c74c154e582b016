package io.thespace.mcp.servlet.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.mcp.change.Signals;
import io.thespace.worker.Cancellation;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The requests of sessions that this node answers at the moment. A client cancels one at whichever node. */
@ApplicationScoped
class RunningRequests {

    private static final String SESSION = "cancelled_in";
    private static final String REQUEST = "request";

    /** @param id a {@code String} or a {@code Long} */
    private record Key(UUID session, Object id) {}

    private final Map<Key, Cancellation> running = new ConcurrentHashMap<>();

    @Inject
    Signals signals;

    @PostConstruct
    void start() {
        signals.listen(signal -> {
            if (signal.has(SESSION)) {
                cancelHere(UUID.fromString(signal.path(SESSION).asText()), signal.path(REQUEST));
            }
        });
    }

    /** Makes a request one that can be cancelled, until the result is closed. */
    Cancellation.Registration begin(UUID session, Object id, Cancellation cancellation) {
        Key key = new Key(session, id);
        running.put(key, cancellation);
        return () -> running.remove(key, cancellation);
    }

    /**
     * Cancels a request, if it is still being answered anywhere.
     *
     * @param id of the request; anything else than a text or a whole number names none
     */
    void cancel(UUID session, JsonNode id) {
        if ((id.isTextual() || id.canConvertToLong()) && !cancelHere(session, id)) {
            ObjectNode signal = Json.MAPPER.createObjectNode().put(SESSION, session.toString());
            signal.set(REQUEST, id);
            signals.send(signal);
        }
    }

    private boolean cancelHere(UUID session, JsonNode id) {
        Cancellation found = running.get(new Key(session, id.isTextual() ? id.asText() : (Object) id.asLong()));
        if (found == null) {
            return false;
        }
        found.cancel();
        return true;
    }
}
