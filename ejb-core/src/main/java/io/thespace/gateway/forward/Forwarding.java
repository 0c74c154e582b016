package io.thespace.gateway.forward;

import io.thespace.endpoint.Failures;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.forward.LiveUpstream.Outcome;
import io.thespace.log.Log;
import io.thespace.plugin.api.Rejection;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;

/** One request to an upstream and its response, with as many attempts as its route allows. */
public final class Forwarding implements Carriage {

    private static final Log LOG = Log.of(Forwarding.class);

    /** They may be done twice as well as once (RFC 9110, section 9.2.2). */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE");

    /** The status codes of upstreams that are temporarily unable to handle requests. */
    private static final Set<Integer> UNWELL = Set.of(502, 503, 504);

    private final UpstreamClient client;
    private final Addresses addresses;
    private final BiFunction<GatewayRequest, LiveUpstream, List<Map.Entry<String, String>>> heads;
    private final LiveRoute route;
    private final GatewayRequest request;
    private final GatewayAnswer answer;
    private final long end;
    private final Set<LiveUpstream> tried = new HashSet<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private int retries;
    private volatile Attempt current;
    private volatile boolean begun;
    private volatile boolean bodyAsked;

    /** @param heads the request's head for an upstream; it may throw a rejection */
    public Forwarding(
            UpstreamClient client,
            Addresses addresses,
            BiFunction<GatewayRequest, LiveUpstream, List<Map.Entry<String, String>>> heads,
            LiveRoute route,
            GatewayRequest request,
            GatewayAnswer answer) {
        this.client = client;
        this.addresses = addresses;
        this.heads = heads;
        this.route = route;
        this.request = request;
        this.answer = answer;
        this.end = System.nanoTime() + Duration.ofMillis(route.totalMillis()).toNanos();
    }

    public void start() {
        client.begun(this);
        route.budget().earn();
        attempt(null);
    }

    @Override
    public void abandon() {
        finish(() -> {});
        Attempt attempt = current;
        if (attempt != null) {
            attempt.give(Outcome.UNKNOWN);
        }
    }

    /**
     * Ends the exchange: the response so far is sufficient, the upstream counts as healthy, and the rest is not read.
     */
    public void suffice() {
        finish(() -> {});
        Attempt attempt = current;
        if (attempt != null) {
            attempt.give(Outcome.WORKED);
        }
    }

    /** @param before why the last attempt failed; null for the first one */
    private void attempt(Rejection before) {
        Attempt attempt;
        try {
            attempt = new Attempt(route.enter(tried));
        } catch (Rejection rejection) {
            finish(() -> answer.refuse(before == null ? rejection : before));
            return;
        }
        tried.add(attempt.upstream);
        current = attempt;
        if (over.get()) {
            attempt.give(Outcome.UNKNOWN);
        } else {
            attempt.connect();
        }
    }

    private void finish(Runnable last) {
        if (over.compareAndSet(false, true)) {
            client.ended(this);
            last.run();
        }
    }

    /** Ends it when it has taken too long. */
    void look(long now) {
        Attempt attempt = current;
        if (attempt == null || over.get()) {
            return;
        }
        if (now - end > 0) {
            // A slow caller is no evidence against the upstream.
            boolean callers = begun || (request.length() != 0 && !attempt.sent);
            attempt.lost(late(route.totalMillis()), callers ? Outcome.UNKNOWN : Outcome.FAILED, false, null);
        } else if (attempt.limit != 0 && now - attempt.limit > 0) {
            boolean connecting = attempt.endpoint == null;
            attempt.lost(
                    late(connecting ? route.connectMillis() : route.firstByteMillis()),
                    Outcome.FAILED,
                    connecting,
                    null);
        }
    }

    private Rejection late(int millis) {
        return new Rejection(
                GatewayError.UPSTREAM_TIMEOUT,
                "The upstream of %s did not respond within %d ms. Try again later, or contact an administrator."
                        .formatted(route.name(), millis));
    }

    private Rejection unreachable() {
        return new Rejection(
                GatewayError.UPSTREAM_UNREACHABLE,
                "The upstream of %s cannot be reached. Try again later, or contact an administrator."
                        .formatted(route.name()));
    }

    private Rejection torn() {
        return new Rejection(
                GatewayError.UPSTREAM_BROKEN,
                "The upstream of %s closed the connection early or sent an invalid HTTP response. Try again later, or contact an administrator."
                        .formatted(route.name()));
    }

    /** Sending it once. */
    private final class Attempt implements AsyncClientExchangeHandler, Flow.Subscriber<ByteBuffer> {

        private final LiveUpstream.Place place;
        private final LiveUpstream upstream;
        private final AtomicBoolean given = new AtomicBoolean();
        private final Queue<ByteBuffer> waiting = new ConcurrentLinkedQueue<>();
        private volatile List<Map.Entry<String, String>> headers = List.of();
        private volatile Future<AsyncClientEndpoint> connecting;
        private volatile AsyncClientEndpoint endpoint;
        /** The deadline of the current step, in nanoseconds; 0 for no deadline of its own. */
        private volatile long limit;

        private volatile boolean asked;
        /** Whether the upstream says that it did nothing (RFC 9113, section 8.7). */
        private volatile boolean unprocessed;

        private volatile boolean sent;
        private long written;
        private volatile boolean bodyEnded;
        private volatile boolean reusable;
        private volatile DataStreamChannel out;
        private volatile Flow.Subscription body;
        private final ReceiveWindow window = new ReceiveWindow();
        private final long started = System.nanoTime();
        private volatile Rejection fault;
        private volatile Integer status;
        private volatile Long firstByteMillis;

        Attempt(LiveUpstream.Place place) {
            this.place = place;
            this.upstream = place.upstream();
            this.sent = request.length() == 0;
        }

        void connect() {
            limit = in(route.connectMillis());
            try {
                headers = heads.apply(request, upstream);
            } catch (RuntimeException e) {
                give(Outcome.UNKNOWN);
                Rejection rejection = Failures.rejection(e);
                finish(() -> answer.refuse(rejection));
                return;
            }
            HttpHost target;
            try {
                target = new HttpHost(
                        upstream.scheme(), addresses.of(upstream.host()), upstream.host(), upstream.port());
            } catch (UnknownHostException e) {
                lost(unreachable(), Outcome.FAILED, true, e);
                return;
            }
            connecting = client.connect(upstream, target, new FutureCallback<AsyncClientEndpoint>() {
                @Override
                public void completed(AsyncClientEndpoint connected) {
                    execute(connected);
                }

                @Override
                public void failed(Exception cause) {
                    lost(unreachable(), Outcome.FAILED, true, cause);
                }

                @Override
                public void cancelled() {
                    lost(unreachable(), Outcome.FAILED, true, null);
                }
            });
        }

        private void execute(AsyncClientEndpoint connected) {
            endpoint = connected;
            limit = sent ? in(route.firstByteMillis()) : 0;
            if (given.get()) {
                connected.releaseAndDiscard();
            } else {
                connected.execute(this, HttpCoreContext.create());
            }
        }

        private static long in(int millis) {
            long limit = System.nanoTime() + Duration.ofMillis(millis).toNanos();
            return limit == 0 ? 1 : limit;
        }

        /** Gives the place and the connection back, once. */
        boolean give(Outcome outcome) {
            if (!given.compareAndSet(false, true)) {
                return false;
            }
            place.leave(outcome);
            answer.tried(new UpstreamTry(
                    upstream.origin(),
                    outcome.name().toLowerCase(Locale.ROOT),
                    fault == null ? null : fault.code().name(),
                    status,
                    firstByteMillis,
                    millis()));
            Future<AsyncClientEndpoint> future = connecting;
            AsyncClientEndpoint used = endpoint;
            if (used != null && reusable) {
                used.releaseAndReuse();
            } else if (used != null) {
                used.releaseAndDiscard();
            } else if (future != null) {
                future.cancel(true);
            }
            Flow.Subscription asked = body;
            if (asked != null) {
                asked.cancel();
            }
            return true;
        }

        private long millis() {
            return Duration.ofNanos(System.nanoTime() - started).toMillis();
        }

        /** @param unsent whether nothing of the request can have reached the upstream, unless it was asked meanwhile */
        void lost(Rejection why, Outcome outcome, boolean unsent, Exception cause) {
            if (!given.get()) {
                fault = why;
            }
            if (!give(outcome)) {
                return;
            }
            LOG.info(
                    "An upstream did not answer",
                    "route",
                    route.prefix(),
                    "upstream",
                    upstream.origin(),
                    "error",
                    why.code().name(),
                    "cause",
                    cause,
                    "for_request",
                    request.actor().requestId());
            // Looked at after the place was given back: from then on nothing is asked any more.
            boolean untouched = unprocessed || (unsent && !asked);
            boolean mayRepeat = (untouched || IDEMPOTENT.contains(request.method())) && !bodyAsked;
            if (begun) {
                finish(answer::broken);
            } else if (mayRepeat
                    && System.nanoTime() - end < 0
                    && retries < route.retries()
                    && route.budget().spend()) {
                retries++;
                attempt(why);
            } else {
                finish(() -> answer.refuse(why));
            }
        }

        // The request
        // -------------------------------------------------------------------------------------

        @Override
        public void produceRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
            asked = true;
            if (given.get()) {
                throw new RequestNotExecutedException();
            }
            String path = upstream.path() + request.path().rest(route.depth());
            HttpHost host = new HttpHost(upstream.scheme(), upstream.host(), upstream.port());
            BasicHttpRequest head = new BasicHttpRequest(
                    request.method(),
                    host,
                    (path.isEmpty() ? "/" : path) + (request.query() == null ? "" : "?" + request.query()));
            headers.forEach(header -> head.addHeader(header.getKey(), header.getValue()));
            channel.sendRequest(
                    head, request.length() == 0 ? null : new BasicEntityDetails(request.length(), null), context);
        }

        @Override
        public int available() {
            return !waiting.isEmpty() || (bodyEnded && !sent) ? 1 : 0;
        }

        @Override
        public void produce(DataStreamChannel channel) throws IOException {
            out = channel;
            if (!bodyAsked) {
                bodyAsked = true;
                request.body().subscribe(this);
            }
            for (ByteBuffer next = waiting.peek(); next != null; next = waiting.peek()) {
                written += channel.write(next);
                if (next.hasRemaining()) {
                    return;
                }
                waiting.remove();
                body.request(1);
            }
            // An upstream that has the whole announced body may respond before the caller's side signals its end.
            if ((bodyEnded || written == request.length()) && waiting.isEmpty() && !sent) {
                sent = true;
                limit = begun ? 0 : in(route.firstByteMillis());
                channel.endStream();
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            body = subscription;
            subscription.request(2);
        }

        @Override
        public void onNext(ByteBuffer part) {
            waiting.add(part);
            out.requestOutput();
        }

        @Override
        public void onComplete() {
            bodyEnded = true;
            out.requestOutput();
        }

        /** The caller broke off, or sent too much. */
        @Override
        public void onError(Throwable failure) {
            if (failure instanceof Rejection rejection) {
                lost(rejection, Outcome.UNKNOWN, false, null);
            } else if (give(Outcome.UNKNOWN)) {
                finish(answer::broken);
            }
        }

        // The answer
        // -------------------------------------------------------------------------------------

        @Override
        public void consumeInformation(HttpResponse response, HttpContext context) {
            // An interim response concerns this connection only; the final response repeats its hints.
        }

        @Override
        public void consumeResponse(HttpResponse response, EntityDetails entity, HttpContext context) {
            if (given.get()) {
                return;
            }
            begun = true;
            limit = 0;
            status = response.getCode();
            unwell = UNWELL.contains(response.getCode());
            if (!unwell) {
                place.responded();
            }
            firstByteMillis = millis();
            List<Map.Entry<String, String>> came = new ArrayList<>();
            for (Header header : response.getHeaders()) {
                came.add(new SimpleImmutableEntry<>(
                        header.getName(), header.getValue() == null ? "" : header.getValue()));
            }
            answer.came(came);
            if (entity != null) {
                announced = upstream.http2() ? length(came) : entity.getContentLength();
            } else {
                announced = request.method().equals("HEAD") ? length(came) : 0;
            }
            answer.begin(
                    response.getCode(),
                    Locations.mapped(ForwardedHeaders.toCaller(came, route), upstream, route),
                    announced,
                    this::taken);
            if (entity == null) {
                finished(response);
            } else {
                head = response;
            }
        }

        private HttpResponse head;
        /** The body's length in bytes as announced by its head; negative when it is not announced. */
        private long announced;

        private boolean unwell;

        private static long length(List<Map.Entry<String, String>> headers) {
            return headers.stream()
                    .filter(header -> header.getKey().equalsIgnoreCase("content-length")
                            && header.getValue().matches("\\d{1,18}"))
                    .mapToLong(header -> Long.parseLong(header.getValue()))
                    .findFirst()
                    .orElse(-1);
        }

        private void finished(HttpResponse response) {
            reusable = sent
                    && (response.getFirstHeader("Connection") == null
                            || !response.getFirstHeader("Connection").getValue().equalsIgnoreCase("close"));
            if (give(unwell ? Outcome.FAILED : Outcome.WORKED)) {
                finish(answer::end);
            }
        }

        @Override
        public void consume(ByteBuffer src) {
            if (window.received(src.remaining()) > announced && announced >= 0) {
                src.position(src.limit());
                lost(torn(), Outcome.FAILED, false, null);
                return;
            }
            ByteBuffer copy = ByteBuffer.allocate(src.remaining());
            copy.put(src).flip();
            if (!given.get()) {
                answer.data(copy);
            }
        }

        @Override
        public void updateCapacity(CapacityChannel channel) throws IOException {
            window.open(channel);
        }

        private void taken(int bytes) {
            try {
                window.taken(bytes);
            } catch (IOException e) {
                lost(torn(), Outcome.FAILED, false, e);
            }
        }

        @Override
        public void streamEnd(List<? extends Header> trailers) {
            // HTTP/2 frames a body by itself, and leaves it to the receiver to compare (RFC 9113, section 8.1.1).
            if (announced >= 0 && window.received(0) != announced) {
                lost(torn(), Outcome.FAILED, false, null);
            } else {
                finished(head);
            }
        }

        @Override
        public void failed(Exception cause) {
            unprocessed = cause instanceof H2StreamResetException reset
                    && reset.getCode() == H2Error.REFUSED_STREAM.getCode();
            // The connection's word alone does not do: one that closes right away calls a request not executed that it
            // has
            // sent.
            lost(torn(), Outcome.FAILED, cause instanceof RequestNotExecutedException, cause);
        }

        @Override
        public void cancel() {
            lost(torn(), Outcome.FAILED, false, null);
        }

        @Override
        public void releaseResources() {
            // After a complete response this is no evidence; otherwise the connection was lost.
            lost(torn(), Outcome.FAILED, false, null);
        }
    }
}
