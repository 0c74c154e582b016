package io.thespace.gateway.forward;

import io.thespace.log.Log;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncRequester;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2RequesterBootstrap;
import org.apache.hc.core5.http2.protocol.H2RequestConnControl;
import org.apache.hc.core5.http2.protocol.H2RequestContent;
import org.apache.hc.core5.http2.protocol.H2RequestTargetHost;
import org.apache.hc.core5.http2.ssl.H2ClientTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Connections to upstreams: a few threads for all of them, none of which blocks. It does not support redirects,
 * cookies, retries or proxies. Callers enforce the time limits: {@link #sweep} finds exchanges that are overdue.
 */
public final class UpstreamClient {

    private static final Log LOG = Log.of(UpstreamClient.class);

    private static final int MAX_CONNECTIONS = 20_000;
    private static final TimeValue IDLE = TimeValue.ofSeconds(5);

    private final Set<Forwarding> underWay = ConcurrentHashMap.newKeySet();
    private final Connections http1;
    private final Connections http2;

    public UpstreamClient() {
        this(tls());
    }

    /** @param tls defines the trusted certificates */
    UpstreamClient(SSLContext tls) {
        this.http1 = new Connections(HttpVersionPolicy.FORCE_HTTP_1, tls);
        this.http2 = new Connections(HttpVersionPolicy.FORCE_HTTP_2, tls);
    }

    /** The connections of one protocol. */
    private static final class Connections {

        private final HttpVersionPolicy protocol;
        private final SSLContext tls;
        private HttpAsyncRequester requester; // guarded by this, as is the rest
        private boolean stopped;

        private Connections(HttpVersionPolicy protocol, SSLContext tls) {
            this.protocol = protocol;
            this.tls = tls;
            this.requester = inactive(protocol, tls);
        }

        private synchronized void start() {
            requester.start();
        }

        private synchronized void stop() {
            stopped = true;
            requester.close(CloseMode.IMMEDIATE);
        }

        /** An Error ends the thread that it meets, and a requester that has lost one shuts down. */
        private synchronized HttpAsyncRequester requester() {
            if (!stopped && requester.getStatus().compareTo(IOReactorStatus.ACTIVE) > 0) {
                LOG.warning("Upstream client failed with an error and was restarted", "protocol", protocol);
                requester = inactive(protocol, tls);
                requester.start();
            }
            return requester;
        }

        private Future<AsyncClientEndpoint> connect(HttpHost target, FutureCallback<AsyncClientEndpoint> then) {
            try {
                return requester().connect(target, Timeout.DISABLED, null, then);
            } catch (IOReactorShutdownException e) {
                return requester().connect(target, Timeout.DISABLED, null, then);
            }
        }
    }

    private static HttpAsyncRequester inactive(HttpVersionPolicy protocol, SSLContext tls) {
        return H2RequesterBootstrap.bootstrap()
                .setVersionPolicy(protocol)
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(2)
                        .setSoTimeout(Timeout.DISABLED)
                        .setTcpNoDelay(true)
                        .build())
                .setHttp1Config(Http1Config.custom()
                        .setBufferSize(16_384)
                        .setMaxLineLength(16_384)
                        .setMaxHeaderCount(100)
                        .setMaxEmptyLineCount(2)
                        .build())
                .setH2Config(H2Config.custom()
                        .setPushEnabled(false)
                        .setInitialWindowSize(65_535)
                        .setMaxHeaderListSize(65_536)
                        .build())
                .setHttpProcessor(HttpProcessorBuilder.create()
                        .add(new H2RequestTargetHost())
                        .add(new H2RequestContent())
                        .add(new H2RequestConnControl())
                        .build())
                .setTlsStrategy(new H2ClientTlsStrategy(tls))
                // The places at each upstream are the limit; this only must not be a lower one.
                .setDefaultMaxPerRoute(MAX_CONNECTIONS)
                .setMaxTotal(MAX_CONNECTIONS)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .create();
    }

    private static SSLContext tls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has a default for TLS", e);
        }
    }

    /** Returns a connection with the upstream's protocol for one request at a time, either new or reused. */
    Future<AsyncClientEndpoint> connect(
            LiveUpstream upstream, HttpHost target, FutureCallback<AsyncClientEndpoint> then) {
        return (upstream.http2() ? http2 : http1).connect(target, then);
    }

    public void start() {
        http1.start();
        http2.start();
    }

    public void stop() {
        http1.stop();
        http2.stop();
    }

    void begun(Forwarding one) {
        underWay.add(one);
    }

    void ended(Forwarding one) {
        underWay.remove(one);
    }

    /** Ends what has taken too long; to be called many times a second. */
    public void sweep() {
        long now = System.nanoTime();
        underWay.forEach(one -> one.look(now));
        http1.requester().closeIdle(IDLE);
        http2.requester().closeIdle(IDLE);
    }
}
