package io.thespace.mcp.federation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Operations of an external HTTP API as tools, which call it through a route of the gateway.
 *
 * @param document an OpenAPI document (3.0 or 3.1) as JSON; it is read when the server is registered or changed, and
 *     not stored
 * @param route the prefix of the gateway's route that leads to the API, for example {@code /billing}
 * @param operations the operations to offer as tools, by their ids in the document
 */
public record OpenApiOrder(
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) ObjectNode document,
        @NotNull
                @Pattern(
                        regexp = "(/[A-Za-z0-9._~-]{1,100}){1,8}",
                        message = "must be the prefix of a route, such as /billing")
                String route,
        @NotNull @Size(min = 1, max = 100) List<@NotNull @Size(min = 1, max = 95) String> operations) {

    /** For the documentation. */
    public static final OpenApiOrder EXAMPLE = new OpenApiOrder(
            JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0"), "/billing", List.of("getInvoice"));

    /** The same without the document. */
    OpenApiOrder complete() {
        return new OpenApiOrder(null, route, operations.stream().distinct().toList());
    }
}
