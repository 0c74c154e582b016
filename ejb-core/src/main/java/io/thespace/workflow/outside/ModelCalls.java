package io.thespace.workflow.outside;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.gateway.forward.Carriage;
import io.thespace.gateway.forward.CollectedAnswer;
import io.thespace.gateway.generation.GenerateRequest;
import io.thespace.gateway.live.Gateway;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.stream.Collectors;

/** Questions of steps to language models. */
@ApplicationScoped
public class ModelCalls {

    private static final int MAX_BYTES = 100_000;

    /** How long a call waits for its answer; below the two minutes that a step may take. */
    public static final Duration LIMIT = Duration.ofSeconds(100);

    private Gateway gateway;
    private Validator validator;

    ModelCalls() {}

    @Inject
    ModelCalls(Gateway gateway, Validator validator) {
        this.gateway = gateway;
        this.validator = validator;
    }

    /**
     * Calls a model and waits for its response.
     *
     * @param input a {@link GenerateRequest}
     * @return a {@link io.thespace.gateway.generation.GenerationView}
     * @throws Rejection {@code STEP_INPUT_INVALID}, {@code OUTSIDE_LATE}, or one of the gateway's
     */
    public JsonNode ask(Actor actor, ObjectNode input) {
        GenerateRequest order = order(input);
        CollectedAnswer answer = new CollectedAnswer(MAX_BYTES + 1);
        Carriage generation = gateway.generate(actor, order, answer);
        answer.await(LIMIT);
        generation.abandon();
        if (answer.refusal() != null) {
            throw answer.refusal();
        }
        if (!answer.whole()) {
            throw new Rejection(
                    OutsideError.OUTSIDE_LATE,
                    "The model %s gave no whole answer of at most %d bytes in time."
                            .formatted(order.model(), MAX_BYTES));
        }
        try {
            return Json.MAPPER.readTree(answer.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The gateway answered with something else than JSON", e);
        }
    }

    private GenerateRequest order(ObjectNode input) {
        GenerateRequest order;
        try {
            order = Json.MAPPER.treeToValue(input, GenerateRequest.class);
        } catch (JsonProcessingException e) {
            throw invalid(e.getOriginalMessage());
        }
        String faults = validator.validate(order).stream()
                .map(ModelCalls::fault)
                .sorted()
                .collect(Collectors.joining(", "));
        if (Boolean.TRUE.equals(order.stream())) {
            faults = "stream must be left out";
        }
        if (!faults.isEmpty()) {
            throw invalid(faults);
        }
        return order;
    }

    private static String fault(ConstraintViolation<GenerateRequest> violation) {
        return violation.getPropertyPath() + " " + violation.getMessage();
    }

    private static Rejection invalid(String why) {
        return new Rejection(
                OutsideError.STEP_INPUT_INVALID,
                "The input is not a request to a model, such as {model: \"local\", prompt: .input.text}: " + why + ".");
    }
}
