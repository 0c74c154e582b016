package io.thespace.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One session of a persona that executes a scenario, with at most one WebSocket. */
final class Walk implements AutoCloseable {

    /** The time limit of a request, independent of the scenario. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    /** The maximum of bytes that are read of a response. */
    static final int MAX_BYTES = 1_048_576;

    /** The maximum of characters that a session's captured values have together, as JSON. */
    static final int MAX_CAPTURED = 262_144;

    /** Receives failures that are new in the run. */
    @FunctionalInterface
    interface Witness {
        void failed(String step, String cause, String requestId);
    }

    /**
     * A received response or frame.
     *
     * @param status {@link #NOTHING} without a response; that of the handshake where frames are sent
     * @param fault the deviation of a frame; null without one
     */
    private record Sent(int status, JsonNode body, String fault) {
        static final Sent FINE = new Sent(SWITCHED, MissingNode.getInstance(), null);
    }

    private static final int SWITCHED = 101;
    private static final int NOTHING = 599;
    private static final long PAUSE_MILLIS = 200;

    private final HttpClient client;

    private final URI base;
    private final Measurements measurements;
    private final CountDownLatch stopped;
    private final Witness witness;
    private final String session;
    private final Map<String, JsonNode> variables;

    /** The characters of each captured value, by the variable's name. */
    private final Map<String, Integer> captured = new HashMap<>();

    /** The session's WebSocket; null as long as no step has opened it. */
    private Line line;

    /** @param stopped counts down when the run is to end */
    Walk(
            HttpClient client,
            URI base,
            Measurements measurements,
            CountDownLatch stopped,
            Witness witness,
            String session,
            Map<String, JsonNode> variables) {
        this.client = client;
        this.base = base;
        this.measurements = measurements;
        this.stopped = stopped;
        this.witness = witness;
        this.session = session;
        this.variables = new HashMap<>(variables);
    }

    /**
     * Does what was planned, up to the first step that fails and may not be left out.
     *
     * @return whether no step failed
     */
    boolean go(Plan plan) throws InterruptedException {
        boolean passed = true;
        for (Plan.Doing doing : plan.steps()) {
            if (stopped.await(doing.thinkMillis(), TimeUnit.MILLISECONDS)) {
                return passed;
            }
            if (doing.mistyped()) {
                measurements.mistyped(doing.step().name());
                attempt(doing.step(), true);
            }
            boolean good = attempt(doing.step(), false);
            passed &= good;
            if (!good && !doing.step().mayBeLeftOut()) {
                return false;
            }
        }
        return passed;
    }

    private boolean attempt(Step step, boolean mistyped) throws InterruptedException {
        String requestId = "sim-" + UuidCreator.getTimeOrderedEpoch();
        Instant at = Instant.now();
        Optional<String> fault;
        try {
            long start = System.nanoTime();
            Optional<Sent> sent =
                    step.isFrame() ? converse(step, requestId, mistyped) : send(request(step, requestId, mistyped));
            if (sent.isEmpty()) {
                return true; // the run is to end
            }
            Sent answer = sent.get();
            long micros = (System.nanoTime() - start) / 1000;
            measurements.requested(step.name(), at, answer.status() < 500);
            if (mistyped) {
                return true;
            }
            Integer most = step.expect() == null ? null : step.expect().maxMillis();
            if (answer.status() != NOTHING) {
                measurements.took(step.name(), micros, most != null && micros > most * 1000L);
            }
            fault = step.isFrame()
                    ? Optional.ofNullable(answer.fault())
                    : Judge.fault(step, answer.status(), answer.body(), variables);
            if (fault.isEmpty()) {
                fault = capture(step, answer.body());
            }
        } catch (IllegalArgumentException e) {
            fault = Optional.of(Judge.shortened("The request cannot be made: " + e.getMessage() + "."));
        } catch (TimeoutException e) {
            measurements.requested(step.name(), at, false);
            fault = Optional.of("No answer within " + LIMIT.toSeconds() + " s.");
        } catch (ExecutionException e) {
            measurements.requested(step.name(), at, false);
            fault = Optional.of(Judge.shortened("No answer: " + e.getCause()));
        }
        if (mistyped || fault.isEmpty()) {
            return true;
        }
        if (measurements.failed(step.name(), fault.get(), requestId)) {
            witness.failed(step.name(), fault.get(), requestId);
        }
        return false;
    }

    private URI address(Step step, boolean mistyped, Template template) {
        String path = template.path(step.path());
        int query = path.indexOf('?');
        return base.resolve(!mistyped ? path : (query < 0 ? path : path.substring(0, query)) + "-mistyped");
    }

    private HttpRequest request(Step step, String requestId, boolean mistyped) {
        Template template = new Template(variables);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address(step, mistyped, template)).timeout(LIMIT);
        if (step.headers() != null) {
            step.headers().forEach((name, value) -> request.setHeader(name, template.text(value)));
        }
        request.setHeader("X-Request-Id", requestId);
        request.setHeader("X-Session-Id", session);
        BodyPublisher body = BodyPublishers.noBody();
        if (step.body() != null && !step.body().isNull()) {
            request.setHeader("Content-Type", "application/json");
            body = BodyPublishers.ofString(template.json(step.body()).toString());
        }
        return request.method(step.method().name(), body).build();
    }

    /** Empty when the run has to end before the response. */
    private Optional<Sent> send(HttpRequest request) throws InterruptedException, ExecutionException, TimeoutException {
        return await(client.sendAsync(request, head -> new BoundedBody(MAX_BYTES)))
                .map(response -> new Sent(
                        response.statusCode(), Json.tree(response.body()).orElse(MissingNode.getInstance()), null));
    }

    /** Empty when the run is to end before it is there. */
    private <T> Optional<T> await(CompletableFuture<T> coming)
            throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                return Optional.of(coming.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                boolean over = stopped.getCount() == 0;
                if (over || System.nanoTime() > end) {
                    coming.cancel(true);
                    if (over) {
                        return Optional.empty();
                    }
                    throw e;
                }
            }
        }
    }

    /** Opens the WebSocket when there is none, sends the step's frame, and waits for the expected one; empty as above. */
    private Optional<Sent> converse(Step step, String requestId, boolean mistyped)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (line == null || mistyped) {
            Optional<Sent> opened = open(step, requestId, mistyped);
            if (mistyped || opened.isEmpty() || opened.get().fault() != null) {
                return opened;
            }
        }
        if (step.body() != null && !step.body().isNull()) {
            String frame = new Template(variables).json(step.body()).toString();
            if (line.end().isPresent()) {
                return Optional.of(
                        new Sent(NOTHING, MissingNode.getInstance(), line.end().get()));
            }
            if (await(line.send(frame)).isEmpty()) {
                return Optional.empty();
            }
        }
        boolean awaits = step.expect() != null && step.expect().frame() != null;
        return awaits ? hear(step.expect()) : Optional.of(Sent.FINE);
    }

    private Optional<Sent> open(Step step, String requestId, boolean mistyped)
            throws InterruptedException, ExecutionException, TimeoutException {
        Template template = new Template(variables);
        WebSocket.Builder handshake = client.newWebSocketBuilder().connectTimeout(LIMIT);
        if (step.headers() != null) {
            step.headers().forEach((name, value) -> handshake.header(name, template.text(value)));
        }
        handshake.header("X-Request-Id", requestId).header("X-Session-Id", session);
        URI address = address(step, mistyped, template);
        Line opening = new Line();
        boolean open = false;
        try {
            open = await(handshake.buildAsync(URI.create(address.toString().replaceFirst("^http", "ws")), opening))
                    .isPresent();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refusal) {
                int status = refusal.getResponse().statusCode();
                return Optional.of(new Sent(
                        status,
                        MissingNode.getInstance(),
                        "The handshake was refused with status %d.".formatted(status)));
            }
            throw e;
        } finally {
            if (!open || mistyped) {
                opening.hangUp();
            }
        }
        if (!open) {
            return Optional.empty();
        }
        if (!mistyped) {
            line = opening;
        }
        return Optional.of(Sent.FINE);
    }

    /** Waits for the expected frame; other frames are kept for later steps. */
    private Optional<Sent> hear(Step.Expectation expected) throws InterruptedException {
        long limit = expected.withinMillis() == null ? LIMIT.toMillis() : expected.withinMillis();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limit);
        String fault = "No frame %s within %d ms.".formatted(expected.frame(), limit);
        List<JsonNode> others = new ArrayList<>();
        try {
            for (long left = limit; left > 0; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                if (stopped.getCount() == 0) {
                    return Optional.empty();
                }
                Optional<JsonNode> next = line.next(Math.min(left, PAUSE_MILLIS));
                if (next.isEmpty()) {
                    if (line.end().isPresent()) {
                        return Optional.of(new Sent(
                                NOTHING, MissingNode.getInstance(), line.end().get()));
                    }
                    continue;
                }
                JsonNode frame = next.get();
                String type = frame.path("type").asText();
                if (type.equals(expected.frame())) {
                    Optional<String> mismatch = Judge.fault(expected, frame, variables);
                    if (mismatch.isEmpty()) {
                        return Optional.of(new Sent(SWITCHED, frame, null));
                    }
                    fault = "No such frame %s within %d ms. Of the last one: %s"
                            .formatted(expected.frame(), limit, mismatch.get());
                } else if (type.equals("error")) {
                    return Optional.of(new Sent(
                            SWITCHED,
                            frame,
                            Judge.shortened("An error came instead of %s: %s"
                                    .formatted(
                                            expected.frame(),
                                            frame.path("error").asText()))));
                }
                others.add(frame);
                if (others.size() > Line.MAX_FRAMES) {
                    others.remove(0);
                }
            }
            return Optional.of(new Sent(NOTHING, MissingNode.getInstance(), Judge.shortened(fault)));
        } finally {
            line.putBack(others);
        }
    }

    /** Hangs up, if it ever opened a WebSocket. */
    @Override
    public void close() {
        if (line != null) {
            line.hangUp();
        }
    }

    private Optional<String> capture(Step step, JsonNode body) {
        if (step.capture() == null) {
            return Optional.empty();
        }
        for (Map.Entry<String, String> each : step.capture().entrySet()) {
            JsonNode value = body.at(each.getValue());
            if (value.isMissingNode()) {
                return Optional.of("%s is missing, so %s has no value.".formatted(each.getValue(), each.getKey()));
            }
            int length = value.toString().length();
            int others = captured.values().stream().mapToInt(Integer::intValue).sum()
                    - captured.getOrDefault(each.getKey(), 0);
            int characters = others + length;
            if (characters > MAX_CAPTURED) {
                return Optional.of("With %s the captured values of the session have %d characters; the maximum is %d."
                        .formatted(each.getKey(), characters, MAX_CAPTURED));
            }
            captured.put(each.getKey(), length);
            variables.put(each.getKey(), value);
        }
        return Optional.empty();
    }
}
