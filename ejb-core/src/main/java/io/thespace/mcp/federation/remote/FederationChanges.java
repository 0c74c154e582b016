package io.thespace.mcp.federation.remote;

import io.thespace.mcp.federation.FederationChanged;
import io.thespace.redis.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.concurrent.ThreadFactory;

/**
 * Lets every node load changed servers: this one before the call is answered, the others through Redis. With Redis away each finds
 * out by looking.
 */
@ApplicationScoped
class FederationChanges {

    private static final String CHANNEL = "the-space:mcp-servers";

    @Inject
    Redis redis;

    private volatile Runnable look = () -> {};
    private Redis.Listening listening;

    /** Receives changes from now on. */
    void listen(Runnable whenChanged, ThreadFactory threads) {
        look = whenChanged;
        listening = redis.listen(CHANNEL, message -> whenChanged.run(), threads);
    }

    void stop() {
        listening.close();
    }

    /** After the commit: before it, a node would not see the change. */
    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) FederationChanged change) {
        look.run();
        redis.ask(jedis -> jedis.publish(CHANNEL, "changed"), () -> 0L);
    }
}
