package io.thespace.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.endpoint.CallContext;
import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Family;
import io.thespace.endpoint.Pipeline;
import io.thespace.json.Json;
import io.thespace.limit.Allowance;
import io.thespace.limit.Allowances;
import io.thespace.log.Log;
import io.thespace.metrics.Meters;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Rejection;
import io.thespace.problem.Statuses;
import io.thespace.request.RequestLog;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One HTTP request and its response: their ids, the decisions about them, and the output of errors. */
public final class Exchange {

    private static final Log LOG = Log.of(Exchange.class);
    private static final String ATTRIBUTE = Exchange.class.getName();
    private static final ThreadLocal<Exchange> CURRENT = new ThreadLocal<>();
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Family family;
    private final String requestId;
    private final String sessionId;
    private final CallRecord record = new CallRecord();
    private CallContext admitting;
    private boolean handedOver;
    private boolean countedAnonymous;
    private byte[] body;
    private ReadAhead readAhead;
    private final List<Path> temporary = new ArrayList<>(1);

    private Exchange(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
        this.family = Family.of(path(request));
        String id = request.getHeader("X-Request-Id");
        this.requestId = id != null && ID.matcher(id).matches()
                ? id
                : UuidCreator.getTimeOrderedEpoch().toString();
        String session = request.getHeader("X-Session-Id");
        this.sessionId = session != null && ID.matcher(session).matches() ? session : null;
    }

    /** The exchange of this request; the same one after the container has dispatched it to the error page. */
    public static Exchange of(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = (Exchange) request.getAttribute(ATTRIBUTE);
        if (exchange == null) {
            exchange = new Exchange(request, response);
            request.setAttribute(ATTRIBUTE, exchange);
        }
        return exchange;
    }

    /**
     * The exchange that this thread works for. Jakarta REST's injected proxies would look it up for each member.
     *
     * @throws IllegalStateException on a thread that {@link WireFilter} did not see
     */
    public static Exchange current() {
        Exchange exchange = CURRENT.get();
        if (exchange == null) {
            throw new IllegalStateException("This thread serves no request");
        }
        return exchange;
    }

    /** Binds the exchange to this thread; null ends that. */
    static void bind(Exchange exchange) {
        if (exchange == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(exchange);
        }
    }

    public HttpServletRequest request() {
        return request;
    }

    public HttpServletResponse response() {
        return response;
    }

    /** As the container took it; after it refused by itself only the raw one is left. */
    private static String path(HttpServletRequest request) {
        Object refused = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return refused == null ? request.getServletPath() : refused.toString();
    }

    /** Returns the record of the call for its log line, its metrics and its explanation. */
    public CallRecord record() {
        return record;
    }

    /**
     * Logs, counts and explains the request, which is over. It lets go of its call: an idle thread of WildFly's keeps the last
     * exchange that it worked on, and so would keep the classes of a plugin that is gone.
     */
    public void completed(Meters meters, RequestLog log) {
        record.completed(this, meters, log);
        admitting = null;
    }

    /** Returns the API family of the request. */
    public Family family() {
        return family;
    }

    public String requestId() {
        return requestId;
    }

    public String sessionId() {
        return sessionId;
    }

    /** The caller's address; from {@code X-Forwarded-For} only when a trusted proxy wrote it. */
    String address() {
        return Configuration.get()
                .get(Key.TRUSTED_PROXIES)
                .caller(request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
    }

    /** The caller, as long as no credentials were looked at. */
    public Actor anonymous() {
        return Actor.anonymous(requestId, sessionId, address());
    }

    /**
     * Adds the headers with the remaining calls of each limit (draft-ietf-httpapi-ratelimit-headers), and those of the
     * tightest one under their older names.
     */
    public void allowed(Allowances left) {
        record.allowed(left);
        Allowance tightest = left.tightest().orElse(null);
        if (tightest == null) {
            return;
        }
        response.setHeader("RateLimit-Policy", listed(left, one -> "\"%s\";q=%d;w=%d"
                .formatted(one.policy(), one.rate().calls(), one.rate().seconds())));
        response.setHeader("RateLimit", listed(left, one -> "\"%s\";r=%d;t=%d"
                .formatted(one.policy(), one.remaining(), one.seconds())));
        response.setHeader("X-RateLimit-Limit", Long.toString(tightest.rate().calls()));
        response.setHeader("X-RateLimit-Remaining", Long.toString(tightest.remaining()));
        response.setIntHeader("X-RateLimit-Reset", tightest.seconds());
    }

    private static String listed(Allowances left, Function<Allowance, String> item) {
        return left.all().stream().map(item).collect(Collectors.joining(", "));
    }

    /** A call is being admitted; a refusal before it has entered the pipeline is recorded by {@link #turnedAway}. */
    public void admitting(CallContext call) {
        admitting = call;
    }

    /**
     * The idempotency key that was sent; null for none.
     *
     * @throws Rejection {@code INVALID_KEY} for two of them: a proxy and a client would each mean its own
     */
    public String idempotencyKey() {
        List<String> keys = Collections.list(request.getHeaders("Idempotency-Key"));
        if (keys.size() > 1) {
            throw new Rejection(EndpointError.INVALID_KEY, "Send one Idempotency-Key; there were " + keys.size() + ".");
        }
        return keys.isEmpty() ? null : keys.get(0);
    }

    /**
     * Counts a call without credentials as long as it holds its thread; the checks of health have no limit.
     *
     * @throws Rejection {@code BUSY}
     */
    public void countAnonymous(Endpoint<?> endpoint, Actor actor) {
        if (!actor.signedIn() && endpoint.limit() != LimitClass.NONE) {
            AnonymousCalls.enter();
            countedAnonymous = true;
        }
    }

    /** The request's thread leaves it. */
    void leave() {
        if (countedAnonymous) {
            countedAnonymous = false;
            AnonymousCalls.leave();
        }
        deleteTemporary();
    }

    /** The call that was admitted; null before. */
    public CallContext call() {
        return admitting;
    }

    /** Records a refusal that the pipeline did not see. */
    public void turnedAway(Pipeline pipeline, Rejection rejection) {
        if (admitting != null && !admitting.entered()) {
            pipeline.refused(admitting, rejection);
        }
    }

    /** From here on another thread than the request's answers, and ends the exchange. */
    public void handOver() {
        handedOver = true;
    }

    boolean handedOver() {
        return handedOver;
    }

    /** Defers the request until its body has been read. */
    void readAhead(ReadAhead reading) {
        readAhead = reading;
    }

    /** Returns the reader of the body before the endpoint; null without one. */
    ReadAhead readAhead() {
        return readAhead;
    }

    /** Sets the body that was read before the endpoint. */
    void body(byte[] bytes) {
        body = bytes;
    }

    /** The body that was read before the endpoint; null when it was not. */
    byte[] body() {
        return body;
    }

    /** A temporary file that belongs to this exchange. */
    public void deleteAfterwards(Path file) {
        temporary.add(file);
    }

    private void deleteTemporary() {
        for (Path file : temporary) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warning("Temporary file could not be deleted", "file", file, "cause", e);
            }
        }
    }

    public Accepted accepted() {
        return new Accepted(request.getHeader("Accept"));
    }

    /** The headers that every response carries. */
    void writeHeaders() {
        response.setHeader(family.requestIdHeader(), requestId);
        if (sessionId != null) {
            response.setHeader("X-Session-Id", sessionId);
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        // WildFly sets it beforehand, for when the application is not there.
        response.setHeader("Retry-After", null);
    }

    /**
     * A refusal ready to be written.
     *
     * @param body JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, compared never
    public record Refused(int status, String mediaType, byte[] body) {}

    /** Whether a refusal was made the answer. */
    public boolean refused() {
        return record.refused();
    }

    /** Makes a refusal the answer: its headers are set, the rest is for the caller to write. */
    public Refused refusal(Rejection rejection) {
        ErrorCode refusal = rejection.code();
        record.refused(refusal);
        int status = Statuses.of(rejection.code().kind());
        if (rejection.retryAfter() != null) {
            response.setHeader(
                    "Retry-After",
                    Long.toString(Math.max(1, rejection.retryAfter().toSeconds())));
        }
        if (status == 401) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"the-space\"");
        }
        return form(ErrorBody.of(family, refusal, rejection.getMessage(), requestId, rejection.details()));
    }

    private Refused form(ErrorBody error) {
        boolean problem = accepted().prefersProblem();
        try {
            return new Refused(
                    error.status(),
                    problem ? "application/problem+json" : "application/json",
                    Json.MAPPER.writeValueAsBytes(problem ? error.problem(family) : error.in(family)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An error body is always JSON", e);
        }
    }

    public void refuse(Rejection rejection) throws IOException {
        write(prepare(rejection));
    }

    /** Refuses and closes the connection, since the rest of the body is not read (RFC 9110, section 9.3). */
    void refuseAndClose(Rejection rejection) throws IOException {
        response.setHeader("Connection", "close");
        refuse(rejection);
    }

    /** A refusal by the container. */
    void refuse(int status, String message) throws IOException {
        write(head(form(ErrorBody.of(family, status, message, requestId))));
    }

    /**
     * Writes the head of a refusal.
     *
     * @return the body that is still to be written; empty for none
     */
    public byte[] prepare(Rejection rejection) {
        return head(refusal(rejection));
    }

    private void write(byte[] body) throws IOException {
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    private byte[] head(Refused refused) {
        response.setStatus(refused.status());
        response.setContentType(refused.mediaType());
        response.setContentLength(refused.body().length);
        return "HEAD".equals(request.getMethod()) ? new byte[0] : refused.body();
    }
}
