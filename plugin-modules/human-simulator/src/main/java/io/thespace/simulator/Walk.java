package io.thespace.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One persona on its way through a scenario: one session. */
final class Walk {

    /** How long a request may take, whatever the scenario expects. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final long MOST_BYTES = 1_048_576;

    private static final BodyHandler<byte[]> BOUNDED =
            info -> info.headers().firstValueAsLong("Content-Length").orElse(0) > MOST_BYTES
                    ? BodySubscribers.replacing(new byte[0])
                    : BodySubscribers.ofByteArray();

    /** Is told of failures that were not seen before in the run. */
    @FunctionalInterface
    interface Witness {
        void failed(String step, String cause, String requestId);
    }

    private record Sent(int status, JsonNode body) {}

    private final HttpClient client;

    private final URI base;
    private final Measurements measurements;
    private final CountDownLatch stopped;
    private final Witness witness;
    private final String session;
    private final Map<String, JsonNode> variables;

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
            HttpRequest request = request(step, requestId, mistyped);
            long start = System.nanoTime();
            Optional<Sent> sent = send(request);
            if (sent.isEmpty()) {
                return true; // the run is to end
            }
            long micros = (System.nanoTime() - start) / 1000;
            measurements.requested(step.name(), at, sent.get().status() < 500);
            if (mistyped) {
                return true;
            }
            Integer most = step.expect() == null ? null : step.expect().maxMillis();
            measurements.took(step.name(), micros, most != null && micros > most * 1000L);
            fault = Judge.fault(step, sent.get().status(), sent.get().body(), variables);
            if (fault.isEmpty()) {
                fault = capture(step, sent.get().body());
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

    private HttpRequest request(Step step, String requestId, boolean mistyped) {
        String path = Template.path(step.path(), variables);
        int query = path.indexOf('?');
        String typed = !mistyped ? path : (query < 0 ? path : path.substring(0, query)) + "-mistyped";
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(typed)).timeout(LIMIT);
        if (step.headers() != null) {
            step.headers().forEach((name, value) -> request.setHeader(name, Template.text(value, variables)));
        }
        request.setHeader("X-Request-Id", requestId);
        request.setHeader("X-Session-Id", session);
        BodyPublisher body = BodyPublishers.noBody();
        if (step.body() != null && !step.body().isNull()) {
            request.setHeader("Content-Type", "application/json");
            body = BodyPublishers.ofString(Template.json(step.body(), variables).toString());
        }
        return request.method(step.method().name(), body).build();
    }

    /** Empty when the run is to end before the answer came. */
    private Optional<Sent> send(HttpRequest request) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, BOUNDED);
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                HttpResponse<byte[]> response = answer.get(200, TimeUnit.MILLISECONDS);
                return Optional.of(new Sent(
                        response.statusCode(), Json.tree(response.body()).orElse(MissingNode.getInstance())));
            } catch (TimeoutException e) {
                boolean over = stopped.getCount() == 0;
                if (over || System.nanoTime() > end) {
                    answer.cancel(true);
                    if (over) {
                        return Optional.empty();
                    }
                    throw e;
                }
            }
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
            variables.put(each.getKey(), value);
        }
        return Optional.empty();
    }
}
