package io.thespace.gateway.cache;

import io.thespace.endpoint.Failures;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.cache.AnswerCache.Place;
import io.thespace.gateway.forward.Carriage;
import io.thespace.gateway.forward.ForwardedHeaders;
import io.thespace.gateway.forward.GatewayAnswer;
import io.thespace.gateway.forward.GatewayRequest;
import io.thespace.gateway.forward.LiveRoute;
import io.thespace.gateway.forward.UpstreamTry;
import io.thespace.plugin.api.Rejection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;

/**
 * One request to a route with a cache (RFC 9111): answered from the cache, after a revalidation, by coalescing with
 * another request, or by the upstream, whose response is copied while it is forwarded. The outcome is reported to the
 * caller in {@code Cache-Status} (RFC 9211) and in the request's explanation as one of: {@code hit}, {@code
 * revalidated}, {@code collapsed}, {@code miss}, {@code bypass}.
 */
public final class CachedForwarding implements Carriage, GatewayAnswer {

    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    /** Range and conditional headers, which concern only caller and upstream. */
    private static final Set<String> PARTIAL = Set.of("range", "if-range", "if-match", "if-unmodified-since");

    private static final int PART = 16_384;

    /** The longest that a request waits for another's answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Responses that take longer than this are not stored, so that their marks expire soon. */
    private static final long LONGEST_ANSWER_SECONDS = 300;

    private final AnswerCache cache;
    private final RequestCoalescer coalescer;
    private final BiFunction<GatewayRequest, GatewayAnswer, Carriage> upstream;
    private final LiveRoute route;
    private final GatewayRequest request;
    private final GatewayAnswer answer;
    private final CacheDirectives asked;
    private final long until;
    private CacheKey key;
    private Place place;
    private volatile RequestCoalescer.CoalescedRequest coalesced;
    private String why;
    private boolean closed;
    private boolean keeps;
    private KeptAnswer revalidated;
    private List<Map.Entry<String, String>> unchanged;
    private List<Map.Entry<String, String>> came = List.of();
    private long askedMillis;
    private KeptAnswer head;
    private ByteArrayOutputStream copy;
    private volatile Carriage forwarding;
    private volatile boolean gone;

    /** @param upstream sends a request on its way */
    public CachedForwarding(
            AnswerCache cache,
            RequestCoalescer coalescer,
            BiFunction<GatewayRequest, GatewayAnswer, Carriage> upstream,
            LiveRoute route,
            GatewayRequest request,
            GatewayAnswer answer) {
        this.cache = cache;
        this.coalescer = coalescer;
        this.upstream = upstream;
        this.route = route;
        this.request = request;
        this.answer = answer;
        this.asked = CacheDirectives.of(request.headers());
        this.until = System.nanoTime()
                + Math.min(Duration.ofMillis(route.firstByteMillis()).toNanos(), PATIENCE.toNanos());
    }

    /** Waits for Redis, like the limit that was looked at before. */
    public void start() {
        List<Map.Entry<String, String>> headers;
        try {
            headers = ForwardedHeaders.ofCaller(request, route);
        } catch (Rejection rejection) {
            answer.refuse(rejection);
            return;
        }
        key = new CacheKey(route, request, headers);
        long seconds = Duration.ofMillis(route.totalMillis()).toSeconds() + 10;
        if (!SAFE.contains(request.method())) {
            closed = true;
            cache.close(key, seconds);
            pass("fwd=method");
        } else if (request.length() != 0
                || asked.has("no-store")
                || request.headers().stream()
                        .anyMatch(header -> PARTIAL.contains(header.getKey().toLowerCase(Locale.ROOT)))) {
            miss("fwd=bypass");
        } else {
            look(Math.min(seconds, LONGEST_ANSWER_SECONDS));
        }
    }

    private void look(long seconds) {
        place = cache.look(key, seconds);
        long now = System.currentTimeMillis();
        KeptAnswer kept = place.kept();
        boolean anew = asked.has("no-cache")
                || (CacheDirectives.value(request.headers(), "cache-control").isEmpty()
                        && CacheDirectives.value(request.headers(), "pragma").contains("no-cache"));
        if (kept != null && !anew && kept.serves(asked, now)) {
            give(kept, "hit", "hit", now);
        } else if (!place.open()) {
            miss("fwd=bypass");
        } else if (kept == null) {
            why = place.varies() ? "fwd=vary-miss" : "fwd=uri-miss";
            fetch(!anew);
        } else {
            boolean request = anew || kept.left(now) > 0;
            why = request ? "fwd=request" : "fwd=stale";
            fetch(!request);
        }
    }

    /** @param together whether another's answer will do, too */
    private void fetch(boolean together) {
        if (asked.has("only-if-cached") || request.method().equals("HEAD")) {
            miss(why);
        } else if (together) {
            again();
        } else {
            ask();
        }
    }

    private void miss(String reason) {
        if (asked.has("only-if-cached")) {
            answer.refuse(new Rejection(
                    GatewayError.NOT_CACHED,
                    "The cache of the route %s has no answer to this request. Leave out only-if-cached to ask its upstream."
                            .formatted(route.prefix())));
        } else {
            pass(reason);
        }
    }

    private void pass(String reason) {
        why = reason;
        carry(request);
    }

    long waitsUntil() {
        return until;
    }

    /** Requests the upstream, unless another request already does. */
    void again() {
        if (gone) {
            return;
        }
        RequestCoalescer.CoalescedRequest led = coalescer.join(place.key(), this);
        if (led != null) {
            coalesced = led;
            ask();
        }
    }

    /** Requests the upstream without coalescing. */
    void alone() {
        ask();
    }

    /** Another's answer is here. */
    void landed(KeptAnswer kept, String at) {
        long now = System.currentTimeMillis();
        if (gone) {
            return;
        }
        if (at.equals(key.answer(place.generation(), kept.vary())) && kept.serves(asked, now)) {
            give(kept, "collapsed", why + "; collapsed", now);
        } else {
            ask();
        }
    }

    private void ask() {
        if (gone) {
            desert();
            return;
        }
        keeps = true;
        askedMillis = System.currentTimeMillis();
        KeptAnswer old = place.kept();
        if (old == null || old.conditions().isEmpty()) {
            carry(request);
            return;
        }
        revalidated = old;
        List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
        headers.removeIf(header -> header.getKey().equalsIgnoreCase("if-none-match")
                || header.getKey().equalsIgnoreCase("if-modified-since"));
        headers.addAll(old.conditions());
        carry(new GatewayRequest(
                request.actor(),
                request.method(),
                request.path(),
                request.query(),
                headers,
                request.length(),
                request.body(),
                request.scheme(),
                request.host()));
    }

    private void carry(GatewayRequest sent) {
        Carriage carried;
        try {
            carried = upstream.apply(sent, this);
        } catch (RuntimeException e) {
            refuse(Failures.rejection(e));
            return;
        }
        forwarding = carried;
        if (gone) {
            carried.abandon();
        }
    }

    @Override
    public void abandon() {
        gone = true;
        Carriage carried = forwarding;
        if (carried != null) {
            carried.abandon();
        }
        drop();
        desert();
        // The outcome of an abandoned write is unknown: its URI stays closed until the mark expires.
    }

    private void desert() {
        if (coalesced != null) {
            coalesced.desert();
        }
    }

    private void give(KeptAnswer kept, String outcome, String status, long now) {
        boolean had = kept.had(request.headers());
        List<Map.Entry<String, String>> headers = new ArrayList<>(had ? kept.headersWithoutBody() : kept.headers());
        headers.add(new SimpleImmutableEntry<>("Age", Long.toString(kept.age(now))));
        headers.add(status(status + "; ttl=" + kept.left(now)));
        answer.cached(outcome);
        byte[] body = kept.body();
        answer.begin(had ? 304 : kept.status(), headers, had ? 0 : body.length, bytes -> {});
        if (!had && request.method().equals("GET")) {
            for (int at = 0; at < body.length; at += PART) {
                answer.data(ByteBuffer.wrap(body, at, Math.min(PART, body.length - at)));
            }
        }
        answer.end();
    }

    private static Map.Entry<String, String> status(String said) {
        return new SimpleImmutableEntry<>("Cache-Status", "the-space; " + said);
    }

    // What the upstream answers
    // -----------------------------------------------------------------------------------------

    @Override
    public void tried(UpstreamTry attempt) {
        answer.tried(attempt);
    }

    @Override
    public void came(List<Map.Entry<String, String>> headers) {
        came = headers;
    }

    @Override
    public void begin(int status, List<Map.Entry<String, String>> headers, long length, IntConsumer taken) {
        if (revalidated != null && status == 304) {
            unchanged = headers;
            return;
        }
        Optional<KeptAnswer> may = keeps
                ? KeptAnswer.of(status, came, headers, route.cacheSeconds(), askedMillis, System.currentTimeMillis())
                : Optional.empty();
        if (may.isPresent() && length <= AnswerCache.MAX_BODY_BYTES) {
            synchronized (this) {
                head = may.get();
                copy = new ByteArrayOutputStream();
            }
        } else {
            fail();
        }
        List<Map.Entry<String, String>> told = new ArrayList<>(headers);
        told.add(status(why + "; fwd-status=" + status + (copy != null && length >= 0 ? "; stored" : "")));
        answer.cached(keeps ? "miss" : "bypass");
        answer.begin(status, told, length, taken);
    }

    @Override
    public void data(ByteBuffer bytes) {
        boolean full;
        synchronized (this) {
            int more = bytes.remaining();
            full = copy != null && (copy.size() + more > AnswerCache.MAX_BODY_BYTES || !cache.take(more));
            if (copy != null && !full) {
                copy.write(bytes.array(), bytes.arrayOffset() + bytes.position(), more);
            }
        }
        if (full) {
            fail();
        }
        answer.data(bytes);
    }

    @Override
    public void end() {
        reopen();
        if (unchanged != null) {
            stillSo();
            return;
        }
        answer.end();
        KeptAnswer whole;
        synchronized (this) {
            whole = copy == null ? null : head.with(copy.toByteArray());
            copy = null;
        }
        if (whole != null) {
            keep(whole, whole.body().length);
        }
    }

    private void stillSo() {
        long now = System.currentTimeMillis();
        Optional<KeptAnswer> fresh = revalidated.refreshed(came, unchanged, route.cacheSeconds(), askedMillis, now);
        give(
                fresh.orElseGet(() -> revalidated.updated(unchanged, now)),
                "revalidated",
                why + "; fwd-status=304" + (fresh.isPresent() ? "; stored" : ""),
                now);
        if (fresh.isPresent()) {
            keep(fresh.get(), 0);
        } else {
            fail();
        }
    }

    /** @param copied bytes that are to be given back */
    private void keep(KeptAnswer kept, int copied) {
        long now = System.currentTimeMillis();
        if (coalesced != null && kept.left(now) > 0) {
            coalesced.land(kept, key.answer(place.generation(), kept.vary()));
        } else {
            failFlight();
        }
        boolean soon = cache.soon(() -> {
            cache.keep(key, place, kept, kept.keptSeconds(route.cacheSeconds(), now));
            kept(copied);
        });
        if (!soon) {
            kept(copied);
        }
    }

    private void kept(int copied) {
        cache.giveBack(copied);
        if (coalesced != null) {
            coalesced.end();
        }
    }

    @Override
    public void broken() {
        reopen();
        fail();
        answer.broken();
    }

    @Override
    public void refuse(Rejection rejection) {
        reopen();
        fail();
        answer.refuse(rejection);
    }

    private void reopen() {
        if (closed) {
            // When that is not possible it expires by itself.
            cache.soon(() -> cache.open(key));
        }
    }

    private void fail() {
        drop();
        failFlight();
    }

    private void failFlight() {
        if (coalesced != null) {
            coalesced.fail();
        }
    }

    private synchronized void drop() {
        if (copy != null) {
            cache.giveBack(copy.size());
            copy = null;
        }
    }
}
