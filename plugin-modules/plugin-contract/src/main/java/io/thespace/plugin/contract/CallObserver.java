package io.thespace.plugin.contract;

import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Failures;
import io.thespace.json.Json;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Endpoint.Shape.Form;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Rejection;
import java.util.Collection;

/** Checks that calls of endpoints return and refuse only what the endpoints declare. */
final class CallObserver {

    private CallObserver() {}

    /** The result or exception of an endpoint's handler, before the pipeline converts it. */
    private static final class Outcome {
        Object value;
        Exception failure;
    }

    /** Makes a call of an endpoint whose outcome is observed. */
    @FunctionalInterface
    interface Attempt {
        io.thespace.endpoint.Answer make(Endpoint<?> observed) throws Exception;
    }

    /** Makes a call, and checks that its outcome is one that the endpoint declares. */
    static PluginStage.Answer answer(Endpoint<?> endpoint, Attempt attempt) {
        Outcome outcome = new Outcome();
        try {
            io.thespace.endpoint.Answer answer = attempt.make(observed(endpoint, outcome));
            Form form = endpoint.answer().form();
            boolean json = form != Form.NONE && form != Form.CONTENT;
            return new PluginStage.Answer(
                    answer.status(),
                    outcome.value,
                    json ? Json.MAPPER.readTree(answer.body()) : Json.MAPPER.missingNode());
        } catch (Exception e) {
            Rejection refusal = Failures.rejection(e);
            Throwable cause = outcome.failure == null ? e : outcome.failure;
            if (refusal.code() == EndpointError.DEFECT) {
                throw new AssertionError(name(endpoint) + " failed: " + cause, cause);
            }
            boolean thrown = refusal == outcome.failure || !(refusal.code() instanceof EndpointError);
            String code = refusal.code().name();
            if (thrown
                    && endpoint.refusals().stream()
                            .noneMatch(declared -> declared.name().equals(code))) {
                throw new AssertionError(
                        name(endpoint) + " refuses with " + code + ", which it does not declare", refusal);
            }
            throw refusal;
        }
    }

    /** The endpoint's method and path, for messages. */
    static String name(Endpoint<?> endpoint) {
        return endpoint.method() + " " + endpoint.path();
    }

    /** The same endpoint, with a handler that keeps the outcome and checks the form of the answer. */
    private static <B> Endpoint<B> observed(Endpoint<B> endpoint, Outcome outcome) {
        return new Endpoint<>(
                endpoint.method(),
                endpoint.path(),
                endpoint.summary(),
                endpoint.description(),
                endpoint.parameters(),
                endpoint.bodyType(),
                endpoint.bodyExample(),
                endpoint.answer(),
                endpoint.role(),
                endpoint.permission(),
                endpoint.refusals(),
                endpoint.idempotent(),
                endpoint.deprecated(),
                endpoint.rehearsed(),
                endpoint.ownTransactions(),
                endpoint.limit(),
                endpoint.upload(),
                endpoint.action(),
                endpoint.tool(),
                endpoint.resource(),
                endpoint.prompt(),
                endpoint.destructive(),
                endpoint.implementation(),
                call -> {
                    try {
                        outcome.value = endpoint.handler().handle(call);
                    } catch (Exception e) {
                        outcome.failure = e;
                        throw e;
                    }
                    checkForm(endpoint, call, outcome.value);
                    return outcome.value;
                });
    }

    private static void checkForm(Endpoint<?> endpoint, Call<?> call, Object result) {
        Endpoint.Shape shape = endpoint.answer();
        boolean asDeclared =
                switch (shape.form()) {
                    case NONE -> true;
                    case CONTENT -> result instanceof Content;
                    case ONE -> shape.type().isInstance(result);
                    case LIST ->
                        result instanceof Collection<?> items && items.stream().allMatch(shape.type()::isInstance);
                    case PAGE ->
                        result instanceof Page<?> items
                                && items.items().size() <= call.page().limit()
                                && items.items().stream().allMatch(shape.type()::isInstance);
                };
        if (!asDeclared) {
            throw new AssertionError("%s declares to answer %s of %s, and answers %s"
                    .formatted(name(endpoint), shape.form(), shape.type(), result));
        }
    }
}
