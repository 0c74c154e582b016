package io.thespace.gateway.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Request coalescing: of concurrent requests of this node for the same response one is sent to the upstream, the others wait for
 * its response, up to a time limit, and only while the response may be shared. After a response that may not be shared, requests
 * for it are not coalesced for a while.
 */
public final class RequestCoalescer {

    private static final int MAX_FOLLOWERS = 1_000;

    private final Map<String, CoalescedRequest> coalescer = new ConcurrentHashMap<>();
    private final Cache<String, Boolean> lonely = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(10))
            .build();
    private final Consumer<Runnable> executor;

    /** @param executor runs what gives followers their answers */
    public RequestCoalescer(Consumer<Runnable> executor) {
        this.executor = executor;
    }

    /**
     * Joins the request for a response as its leader or as a follower.
     *
     * @return the coalesced request that this one leads; null for a follower, which is given the leader's outcome now or later
     */
    CoalescedRequest join(String key, CachedForwarding one) {
        if (lonely.getIfPresent(key) != null) {
            one.alone();
            return null;
        }
        CoalescedRequest mine = new CoalescedRequest(key);
        CoalescedRequest there = coalescer.putIfAbsent(key, mine);
        if (there == null) {
            return mine;
        }
        there.follow(one);
        return null;
    }

    /** Releases followers that have waited for the time limit, and stops coalescing for their coalescer. */
    public void sweep(long now) {
        coalescer.values().forEach(coalesced -> coalesced.look(now));
    }

    int size() {
        return coalescer.size();
    }

    /** A leading request and its followers. */
    final class CoalescedRequest {

        private final String key;
        private final Queue<CachedForwarding> followers = new ArrayDeque<>();
        private boolean over;
        private KeptAnswer answer;
        private String answerKey;

        private CoalescedRequest(String key) {
            this.key = key;
        }

        private void follow(CachedForwarding one) {
            synchronized (this) {
                if (!over && followers.size() < MAX_FOLLOWERS) {
                    followers.add(one);
                    return;
                }
            }
            if (answer == null) {
                one.alone();
            } else {
                one.landed(answer, answerKey);
            }
        }

        /** The response may be shared; requests that join before {@link #end} get it, too. */
        void land(KeptAnswer kept, String place) {
            List<CachedForwarding> told = close(kept, place);
            if (!told.isEmpty()) {
                executor.accept(() -> told.forEach(one -> one.landed(kept, place)));
            }
        }

        /** The response is complete or has failed. */
        void end() {
            coalescer.remove(key, this);
        }

        /** The response may not be shared, or there is none. */
        void fail() {
            lonely.put(key, true);
            end();
            close(null, null).forEach(CachedForwarding::alone);
        }

        /** The leader's caller disconnected; a follower becomes the leader. */
        void desert() {
            end();
            close(null, null).forEach(CachedForwarding::again);
        }

        private synchronized List<CachedForwarding> close(KeptAnswer kept, String place) {
            if (over) {
                return List.of();
            }
            over = true;
            answer = kept;
            answerKey = place;
            List<CachedForwarding> told = new ArrayList<>(followers);
            followers.clear();
            return told;
        }

        private void look(long now) {
            List<CachedForwarding> late = new ArrayList<>();
            synchronized (this) {
                for (Iterator<CachedForwarding> all = followers.iterator(); all.hasNext(); ) {
                    CachedForwarding one = all.next();
                    if (now - one.waitsUntil() > 0) {
                        late.add(one);
                        all.remove();
                    }
                }
            }
            if (!late.isEmpty()) {
                end();
                late.forEach(CachedForwarding::alone);
            }
        }
    }
}
