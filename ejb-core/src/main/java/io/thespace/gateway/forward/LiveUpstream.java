package io.thespace.gateway.forward;

import io.thespace.gateway.UpstreamOrder;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream of a route, and how it does on this node. It outlives changes of its route. */
public final class LiveUpstream {

    /** The outcome of a request with regard to its upstream. */
    enum Outcome {
        WORKED,
        FAILED,
        /** The caller disconnected, or was the slow side. */
        UNKNOWN
    }

    /** A request's place at an upstream, to be given back once. */
    record Place(LiveUpstream upstream, long permit) {

        /** The upstream has begun to answer, and is well. */
        void responded() {
            upstream.breaker.responded(permit);
        }

        /** Gives the place back. */
        void leave(Outcome outcome) {
            upstream.underWay.decrementAndGet();
            switch (outcome) {
                case WORKED -> upstream.breaker.succeeded(permit);
                case FAILED -> upstream.breaker.failed(permit);
                case UNKNOWN -> upstream.breaker.unknown(permit);
            }
        }
    }

    private final String scheme;
    private final String host;
    private final int port;
    private final String path;
    private final String url;
    private final boolean http2;
    private final Breaker breaker = new Breaker(System::nanoTime);
    private final Health health = new Health(System::nanoTime);
    private final AtomicInteger underWay = new AtomicInteger();

    public LiveUpstream(UpstreamOrder order) {
        this.url = order.url();
        this.http2 = UpstreamOrder.HTTP_2.equals(order.protocol());
        URI uri = URI.create(url);
        this.scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        this.host = uri.getHost();
        this.port = uri.getPort() > 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        this.path = uri.getRawPath().replaceAll("/$", "");
    }

    public String scheme() {
        return scheme;
    }

    public String host() {
        return host;
    }

    int port() {
        return port;
    }

    /** Whether HTTP/2 is spoken with it, and not HTTP/1.1. */
    boolean http2() {
        return http2;
    }

    /** Returns the path that replaces the prefix; empty, or beginning and not ending with a slash. */
    String path() {
        return path;
    }

    /** Scheme, host and port (RFC 6454). */
    public String origin() {
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }

    Breaker breaker() {
        return breaker;
    }

    /** Returns how long it gets no requests because of too many failures; zero when it gets requests. */
    public Duration rests() {
        return breaker.rests();
    }

    Health health() {
        return health;
    }

    /** As the route names it. */
    public String url() {
        return url;
    }

    /** Whether one of so many places is free; it is then taken, and {@link #admit} follows. */
    boolean enter(int places) {
        if (underWay.incrementAndGet() <= places) {
            return true;
        }
        underWay.decrementAndGet();
        return false;
    }

    /** Returns the place that was taken; empty, and given back, when the circuit breaker is open. */
    Optional<Place> admit() {
        OptionalLong permit = breaker.admit();
        if (permit.isEmpty()) {
            underWay.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(new Place(this, permit.getAsLong()));
    }

    int underWay() {
        return underWay.get();
    }
}
