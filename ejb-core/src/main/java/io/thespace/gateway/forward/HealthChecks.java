package io.thespace.gateway.forward;

import io.thespace.gateway.UpstreamChanged;
import io.thespace.log.Log;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http.nio.entity.DiscardingEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/**
 * Active health checks of upstreams, at the interval of each route, over a new connection to a checked address and without
 * credentials; any 2xx is healthy. The number of concurrent checks is bounded; the others wait for the next tick.
 */
public final class HealthChecks {

    static final int MAX_AT_ONCE = 16;

    private static final Log LOG = Log.of(HealthChecks.class);

    private final UpstreamClient client;
    private final Addresses addresses;
    private final BiConsumer<Boolean, UpstreamChanged> changes;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);
    private final Set<Check> underWay = ConcurrentHashMap.newKeySet();

    /** @param changes gets each change of an upstream, on a thread that must not wait */
    public HealthChecks(UpstreamClient client, Addresses addresses, BiConsumer<Boolean, UpstreamChanged> changes) {
        this.client = client;
        this.addresses = addresses;
        this.changes = changes;
    }

    /** Ends what has taken too long and begins what is due; to be called many times a second. */
    public void sweep(Collection<LiveRoute> routes) {
        long now = System.nanoTime();
        underWay.forEach(check -> check.look(now));
        for (LiveRoute route : routes) {
            if (route.health() != null) {
                route.upstreams().forEach(upstream -> begin(route, upstream));
            }
        }
    }

    private void begin(LiveRoute route, LiveUpstream upstream) {
        if (!upstream.health().due()) {
            return;
        }
        if (!places.tryAcquire()) {
            upstream.health().postponed();
            return;
        }
        Check check = new Check(route, upstream);
        underWay.add(check);
        check.connect();
    }

    /** Asking once. */
    private final class Check implements FutureCallback<Message<HttpResponse, Void>> {

        private final LiveRoute route;
        private final LiveUpstream upstream;
        private final long end;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile Future<AsyncClientEndpoint> connecting;
        private volatile AsyncClientEndpoint endpoint;
        private volatile Future<?> asking;

        private Check(LiveRoute route, LiveUpstream upstream) {
            this.route = route;
            this.upstream = upstream;
            this.end = System.nanoTime()
                    + Duration.ofMillis(route.health().timeoutMillis()).toNanos();
        }

        private void connect() {
            HttpHost target;
            try {
                target = new HttpHost(
                        upstream.scheme(), addresses.of(upstream.host()), upstream.host(), upstream.port());
            } catch (UnknownHostException e) {
                finish("its name is not found, or it has no address that may be used");
                return;
            }
            connecting = client.connect(upstream, target, new FutureCallback<AsyncClientEndpoint>() {
                @Override
                public void completed(AsyncClientEndpoint connected) {
                    ask(connected);
                }

                @Override
                public void failed(Exception cause) {
                    finish("it cannot be reached");
                }

                @Override
                public void cancelled() {
                    finish("it cannot be reached");
                }
            });
        }

        private void ask(AsyncClientEndpoint connected) {
            endpoint = connected;
            if (over.get()) {
                connected.releaseAndDiscard();
                return;
            }
            BasicHttpRequest request = new BasicHttpRequest(
                    "GET",
                    new HttpHost(upstream.scheme(), upstream.host(), upstream.port()),
                    route.health().path());
            request.addHeader("User-Agent", "the-space-health");
            if (!upstream.http2()) {
                request.addHeader("Connection", "close");
            }
            asking = connected.execute(
                    new BasicRequestProducer(request, null),
                    new BasicResponseConsumer<>(new DiscardingEntityConsumer<>()),
                    HttpCoreContext.create(),
                    this);
        }

        private void look(long now) {
            if (now - end > 0) {
                finish("no response within %d ms".formatted(route.health().timeoutMillis()));
            }
        }

        @Override
        public void completed(Message<HttpResponse, Void> answer) {
            int status = answer.getHead().getCode();
            finish(status / 100 == 2 ? null : "response status " + status);
        }

        @Override
        public void failed(Exception cause) {
            finish("connection closed early or invalid HTTP response");
        }

        @Override
        public void cancelled() {
            finish("connection closed early or invalid HTTP response");
        }

        /** @param fault null when it is well */
        private void finish(String fault) {
            if (!over.compareAndSet(false, true)) {
                return;
            }
            underWay.remove(this);
            places.release();
            Health health = upstream.health();
            boolean before = health.up();
            Duration pause = Duration.ofSeconds(route.health().intervalSeconds());
            if (fault == null) {
                health.worked(pause);
            } else {
                health.failed(fault, pause);
            }
            if (before != health.up()) {
                LOG.info(
                        health.up() ? "Upstream is healthy again" : "Upstream is unhealthy and not used",
                        "route",
                        route.prefix(),
                        "upstream",
                        upstream.origin(),
                        "cause",
                        String.valueOf(fault));
                changes.accept(health.up(), new UpstreamChanged(route.prefix(), upstream.origin(), fault));
            }
            AsyncClientEndpoint used = endpoint;
            Future<AsyncClientEndpoint> future = connecting;
            Future<?> asked = asking;
            if (asked != null) {
                asked.cancel(true);
            }
            if (used != null) {
                used.releaseAndDiscard();
            } else if (future != null) {
                future.cancel(true);
            }
        }
    }
}
