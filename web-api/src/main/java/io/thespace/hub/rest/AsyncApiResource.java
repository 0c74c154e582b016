package io.thespace.hub.rest;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.endpoint.Resource;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** What the hub's frames look like, for machines. */
@ApplicationScoped
class AsyncApiResource implements Resource {

    private final Content document = document();

    private static Content document() {
        try (InputStream in = AsyncApiResource.class.getResourceAsStream("asyncapi.json")) {
            return new Content("application/json", in.readAllBytes(), Map.of("Cache-Control", "no-cache")).tagged();
        } catch (IOException e) {
            throw new UncheckedIOException("The AsyncAPI document cannot be read", e);
        }
    }

    @Override
    public String group() {
        return "Hub documentation";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(Endpoint.get("/asyncapi")
                .summary("AsyncAPI document")
                .description("The WebSocket at `/api/v1/ws` and all of its frames, as AsyncAPI 3.0 in JSON.")
                .answersContent("application/json", Map.of("asyncapi", "3.0.0"))
                .role(Configuration.get().get(Key.DOCS_PUBLIC) ? null : Role.GUEST)
                .handler(call -> document));
    }
}
