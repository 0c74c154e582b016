package io.thespace.mcp.change;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.PathChanged;
import io.thespace.json.Json;
import io.thespace.mcp.Prompts;
import io.thespace.mcp.Resources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Finds out which resources a call has changed: those at its path and above it. A resource is what an endpoint reads, and what changes
 * it is called below it.
 */
@ApplicationScoped
public class ResourceChanges {

    private static final String ORGANIZATION = "changed_in";
    private static final String RESOURCES = "resources";
    private static final String PROMPTS = "prompts";

    @Inject
    Signals signals;

    @Inject
    Resources resources;

    void changed(@Observes PathChanged change) {
        if (change.orgId() != null) {
            signals.execute(() -> announce(change));
        }
    }

    private void announce(PathChanged change) {
        List<String> uris = resources.above(change.path());
        boolean prompts = Prompts.listed(change.path());
        if (!uris.isEmpty() || prompts) {
            ObjectNode signal = Json.MAPPER
                    .createObjectNode()
                    .put(ORGANIZATION, change.orgId().toString());
            ArrayNode changed = signal.putArray(RESOURCES);
            uris.forEach(changed::add);
            signals.publish(signal.put(PROMPTS, prompts).toString());
        }
    }

    /**
     * Calls listeners with each change in an organization, wherever it was made; on one thread, which they must not hold.
     *
     * @param updated takes the URIs of resources
     * @param prompts is called when the list of prompts has changed
     */
    public void listen(BiConsumer<UUID, List<String>> updated, Consumer<UUID> prompts) {
        signals.listen(signal -> {
            if (!signal.has(ORGANIZATION)) {
                return;
            }
            UUID organization = UUID.fromString(signal.path(ORGANIZATION).asText());
            List<String> uris = new ArrayList<>();
            signal.path(RESOURCES).forEach(uri -> uris.add(uri.asText()));
            if (!uris.isEmpty()) {
                updated.accept(organization, uris);
            }
            if (signal.path(PROMPTS).asBoolean()) {
                prompts.accept(organization);
            }
        });
    }
}
