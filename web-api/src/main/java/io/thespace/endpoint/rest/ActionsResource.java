package io.thespace.endpoint.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.ActionRequest;
import io.thespace.endpoint.Actions;
import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Resource;
import io.thespace.json.Json;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** The plugins' actions, all at one path. */
@ApplicationScoped
class ActionsResource implements Resource {

    private Actions actions;

    ActionsResource() {}

    @Inject
    ActionsResource(Actions actions) {
        this.actions = actions;
    }

    @Override
    public String group() {
        return "Gateway";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(Endpoint.post("/v1/gateway/plugin/{plugin}")
                .body(ActionRequest.class, new ActionRequest("account", JsonNodeFactory.instance.objectNode()))
                .summary("Call a plugin's action")
                .description("Calls the endpoint that the plugin declares under this action's name: its path and query"
                        + " parameters and its body's members are the members of params. It needs the role that the"
                        + " action needs, takes an Idempotency-Key where the action does, and answers as the action"
                        + " answers, its status included.")
                .path("plugin", String.class, "The plugin's id, in snake_case or kebab-case.", "financial_business")
                .role(Role.GUEST)
                .limit(LimitClass.GATEWAY)
                .ownTransactions()
                .answersContent("application/json", Map.of("currency", "USD"))
                .refuses(EndpointError.UNKNOWN_ACTION)
                .handler(this::call));
    }

    private Object call(Call<ActionRequest> call) {
        ObjectNode params = call.body().params();
        return actions.call(
                call.actor(),
                call.path("plugin", String.class),
                call.body().action(),
                params == null ? Map.of() : members(params),
                call.idempotencyKey().orElse(null),
                Json.MAPPER);
    }

    /** Numbers stay exact: a decimal becomes a BigDecimal. */
    @SuppressWarnings("unchecked") // an object's members have names
    private static Map<String, Object> members(ObjectNode params) {
        return Json.MAPPER.convertValue(params, Map.class);
    }
}
