package io.thespace.gateway;

import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncRequester;
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
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Connections to upstreams: a few threads for all of them, none of which waits. Redirects, cookies, retries and proxies it
 * does not know. Whoever uses it keeps the time limits: {@link #sweep} looks for what is overdue.
 */
final class UpstreamClient {

    private static final int MOST_CONNECTIONS = 20_000;
    private static final TimeValue IDLE = TimeValue.ofSeconds(5);

    private final Set<Forwarding> underWay = ConcurrentHashMap.newKeySet();
    private final HttpAsyncRequester http1;
    private final HttpAsyncRequester http2;

    UpstreamClient() {
        this(tls());
    }

    /** @param tls says which certificates are trusted */
    UpstreamClient(SSLContext tls) {
        this.http1 = requester(HttpVersionPolicy.FORCE_HTTP_1, tls);
        this.http2 = requester(HttpVersionPolicy.FORCE_HTTP_2, tls);
    }

    private static HttpAsyncRequester requester(HttpVersionPolicy protocol, SSLContext tls) {
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
                .setDefaultMaxPerRoute(MOST_CONNECTIONS)
                .setMaxTotal(MOST_CONNECTIONS)
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

    /** Its connections speak the upstream's protocol, and each has one request at a time. */
    HttpAsyncRequester requester(LiveUpstream upstream) {
        return upstream.http2() ? http2 : http1;
    }

    void start() {
        http1.start();
        http2.start();
    }

    void stop() {
        http1.close(CloseMode.IMMEDIATE);
        http2.close(CloseMode.IMMEDIATE);
    }

    void begun(Forwarding one) {
        underWay.add(one);
    }

    void ended(Forwarding one) {
        underWay.remove(one);
    }

    /** Ends what has taken too long; to be called many times a second. */
    void sweep() {
        long now = System.nanoTime();
        underWay.forEach(one -> one.look(now));
        http1.closeIdle(IDLE);
        http2.closeIdle(IDLE);
    }
}
