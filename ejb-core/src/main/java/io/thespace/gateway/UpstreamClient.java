package io.thespace.gateway;

import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.bootstrap.AsyncRequesterBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncRequester;
import org.apache.hc.core5.http.nio.ssl.BasicClientTlsStrategy;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestConnControl;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
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
    private final HttpAsyncRequester requester;

    UpstreamClient() {
        this.requester = AsyncRequesterBootstrap.bootstrap()
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
                .setHttpProcessor(HttpProcessorBuilder.create()
                        .add(new RequestTargetHost())
                        .add(new RequestContent())
                        .add(new RequestConnControl())
                        .build())
                .setTlsStrategy(new BasicClientTlsStrategy(
                        tls(),
                        (endpoint, engine) -> {
                            SSLParameters parameters = engine.getSSLParameters();
                            parameters.setEndpointIdentificationAlgorithm("HTTPS");
                            engine.setSSLParameters(parameters);
                        },
                        null))
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

    HttpAsyncRequester requester() {
        return requester;
    }

    void start() {
        requester.start();
    }

    void stop() {
        requester.close(CloseMode.IMMEDIATE);
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
        requester.closeIdle(IDLE);
    }
}
