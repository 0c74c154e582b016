package io.thespace.identity.access;

import io.thespace.identity.AccessReduced;
import io.thespace.redis.Redis;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Notifies every node at once, through Redis, that access was reduced. Without Redis, or if a message is lost, each
 * node finds out by itself: nothing that is remembered about a caller is older than a second.
 */
@ApplicationScoped
public class Revocations {

    private static final String CHANNEL = "the-space:standings";
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    @Inject
    Redis redis;

    @Inject
    Event<AccessStatusInvalidated> outdated;

    @Resource
    ManagedThreadFactory threads;

    private Redis.Listening listening;

    /** Subscribes to the notifications of other nodes. */
    public void listen() {
        listening = redis.listen(CHANNEL, this::received, threads);
    }

    @PreDestroy
    void stop() {
        if (listening != null) {
            listening.close();
        }
    }

    /** After the commit: a node that read before it would cache the outdated status. */
    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccessReduced change) {
        outdated.fire(new AccessStatusInvalidated(change.orgId()));
        redis.ask(jedis -> jedis.publish(CHANNEL, change.orgId().toString()), () -> 0L);
    }

    private void received(String message) {
        if (UUID_TEXT.matcher(message).matches()) {
            outdated.fire(new AccessStatusInvalidated(UUID.fromString(message)));
        }
    }
}
