package io.thespace.revision;

import io.thespace.redis.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/** Has changed state loaded: on this node before the call is answered, on the others through Redis and by regular checks. */
@ApplicationScoped
public class Revisions {

    private final Map<String, RevisionWatch> watches = new ConcurrentHashMap<>();

    private Redis redis;

    Revisions() {}

    @Inject
    Revisions(Redis redis) {
        this.redis = redis;
    }

    /**
     * Loads state on this thread, and from now on after each change, until the watch is closed. When the database is away, the state
     * is loaded by a later check.
     *
     * @param name of the state, unique; also of its threads and its Redis channel
     * @param revision reads the revision; it runs in no transaction
     * @param load loads the state and puts it in force; never runs twice at once
     */
    public RevisionWatch watch(String name, LongSupplier revision, Runnable load, ThreadFactory threads) {
        RevisionWatch watch = new RevisionWatch(name, revision, load, threads);
        watch.check();
        watches.put(name, watch);
        watch.start(redis.listen(channel(name), message -> watch.checkSoon(), threads));
        return watch;
    }

    /** After the commit: before it, no node would read the change. */
    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) RevisionChanged change) {
        RevisionWatch watch = watches.get(change.name());
        if (watch != null) {
            watch.checkSoon();
        }
        redis.ask(jedis -> jedis.publish(channel(change.name()), "changed"), () -> 0L);
    }

    private static String channel(String name) {
        return "the-space:" + name;
    }
}
