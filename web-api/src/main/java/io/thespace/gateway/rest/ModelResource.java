package io.thespace.gateway.rest;

import io.thespace.endpoint.Resource;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.ModelOrder;
import io.thespace.gateway.ModelPrice;
import io.thespace.gateway.ModelView;
import io.thespace.gateway.Models;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** {@code /api/control-center/gateway/models}. */
@ApplicationScoped
class ModelResource implements Resource {

    private static final String MODELS = "/control-center/gateway/models";
    private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");
    private static final ModelPrice PRICE = new ModelPrice(new BigDecimal("0.15"), new BigDecimal("0.6"), "USD");

    private static final ModelOrder ORDER = new ModelOrder(
            "local-llama-3-8b",
            "https://models.example.org/v1",
            "llama-3-8b-instruct",
            "sk-example",
            List.of("user"),
            4_096,
            600,
            1_000,
            60_000,
            120_000,
            8,
            null,
            PRICE);

    private static final ModelView MODEL = new ModelView(
            "local-llama-3-8b",
            "https://models.example.org/v1",
            "llama-3-8b-instruct",
            true,
            List.of("user"),
            4_096,
            600,
            1_000,
            60_000,
            120_000,
            8,
            null,
            PRICE,
            CREATED,
            CREATED);

    @Inject
    Models models;

    @Override
    public String group() {
        return "Gateway models";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get(MODELS)
                        .summary("List the language models")
                        .description("By name, each with every member as it is in force, but for its API key.")
                        .role(Role.ADMIN)
                        .answersList(ModelView.class, MODEL)
                        .handler(call -> models.list(call.actor())),
                Endpoint.post(MODELS)
                        .body(ModelOrder.class, ORDER)
                        .summary("Add a language model")
                        .description(
                                "It can be asked on every node within a second. Its server is any that speaks OpenAI's chat"
                                        + " completions over HTTP/1.1, such as llama.cpp, Ollama or vLLM. The API key is kept"
                                        + " sealed and never shown. Only `name`, `base_url` and `upstream_model` are needed.")
                        .role(Role.ADMIN)
                        .idempotent()
                        .creates(ModelView.class, MODEL)
                        .refuses(
                                GatewayError.INVALID_MODEL,
                                GatewayError.MODEL_TAKEN,
                                GatewayError.TOO_MANY_MODELS,
                                GatewayError.SEALING_KEY_UNUSABLE)
                        .handler(call -> models.create(call.actor(), call.body())),
                Endpoint.get(MODELS + "/{name}")
                        .summary("Get a language model")
                        .description("One model, with every member as it is in force, but for its API key.")
                        .path("name", String.class, "The model.")
                        .role(Role.ADMIN)
                        .answers(ModelView.class, MODEL)
                        .refuses(GatewayError.MODEL_NOT_FOUND)
                        .handler(call -> models.find(call.actor(), call.path("name", String.class))),
                Endpoint.put(MODELS + "/{name}")
                        .body(ModelOrder.class, ORDER)
                        .summary("Change a language model")
                        .description(
                                "What is left out gets its usual value again, but for the API key: that stays, unless"
                                        + " `base_url` now leads to another server; an empty one takes it away. Calls under way"
                                        + " end by the model as it was.")
                        .path("name", String.class, "The model.")
                        .role(Role.ADMIN)
                        .answers(ModelView.class, MODEL)
                        .refuses(
                                GatewayError.INVALID_MODEL,
                                GatewayError.MODEL_NOT_FOUND,
                                GatewayError.SEALING_KEY_UNUSABLE)
                        .handler(call -> models.change(call.actor(), call.path("name", String.class), call.body())),
                Endpoint.delete(MODELS + "/{name}")
                        .summary("Delete a language model")
                        .description("Calls under way end as if it were still there.")
                        .path("name", String.class, "The model.")
                        .role(Role.ADMIN)
                        .refuses(GatewayError.MODEL_NOT_FOUND, GatewayError.MODEL_NEEDED)
                        .handler(call -> {
                            models.delete(call.actor(), call.path("name", String.class));
                            return null;
                        }));
    }
}
