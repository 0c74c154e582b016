package io.thespace.gateway;

import io.thespace.redis.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.concurrent.ThreadFactory;

/**
 * Lets every node load changed routes and models: this one before the call is answered, the others through Redis. With Redis
 * away each finds out by looking.
 */
@ApplicationScoped
class RouteChanges {

    private static final String CHANNEL = "the-space:gateway-routes";

    @Inject
    Redis redis;

    private volatile Runnable look = () -> {};
    private Redis.Listening listening;

    /** Hears from now on. */
    void listen(Runnable whenChanged, ThreadFactory threads) {
        look = whenChanged;
        listening = redis.listen(CHANNEL, message -> whenChanged.run(), threads);
    }

    void stop() {
        listening.close();
    }

    /** Only now: who looked before the commit would not see the change. */
    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) RoutesChanged change) {
        look.run();
        redis.ask(jedis -> jedis.publish(CHANNEL, "changed"), () -> 0L);
    }
}
