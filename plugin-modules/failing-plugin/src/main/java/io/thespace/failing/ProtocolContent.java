package io.thespace.failing;

import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Content for the conformance suite of the Model Context Protocol, under the names that the suite calls: content of
 * every kind, from tools, resources and prompts.
 */
final class ProtocolContent {

    /** An image of one red pixel. */
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

    /** A sound without samples. */
    private static final String SILENCE = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";

    private static final String TEXT = "{\"type\": \"text\", \"text\": \"%s\"}";
    private static final String IMAGE =
            "{\"type\": \"image\", \"data\": \"" + PIXEL + "\", \"mimeType\": \"image/png\"}";
    private static final String RESOURCE =
            "{\"type\": \"resource\", \"resource\": {\"uri\": \"%s\", \"mimeType\": \"text/plain\", \"text\": \"%s\"}}";
    private static final String MESSAGE = "{\"role\": \"user\", \"content\": %s}";

    private ProtocolContent() {}

    static List<Endpoint<?>> endpoints() {
        return List.of(
                tool("test_simple_text", "text/plain")
                        .handler(call -> Content.text("text/plain", "This is a simple text response for testing.")),
                tool("test_image_content", "image/png").handler(call -> bytes("image/png", PIXEL)),
                tool("test_audio_content", "audio/wav").handler(call -> bytes("audio/wav", SILENCE)),
                tool("test_embedded_resource", Content.MCP)
                        .handler(call -> blocks(RESOURCE.formatted(
                                "test://embedded-resource", "This is an embedded resource content."))),
                tool("test_multiple_content_types", Content.MCP)
                        .handler(call -> blocks(
                                TEXT.formatted("Multiple content types test:"),
                                IMAGE,
                                RESOURCE.formatted("test://mixed-content-resource", "Mixed."))),
                tool("test_error_handling", "text/plain")
                        .refuses(FailingError.FAILED_AS_ASKED)
                        .handler(call -> {
                            throw new Rejection(
                                    FailingError.FAILED_AS_ASKED,
                                    "This tool intentionally returns an error for testing.");
                        }),
                tool("test_tool_with_progress", "text/plain").ownTransactions().handler(call -> {
                    for (int done = 0; done <= 100; done += 50) {
                        call.progress(done, 100.0, "Completed " + done + " of 100");
                    }
                    return Content.text("text/plain", "The tool has completed.");
                }),
                tool("test_invalid_content", Content.MCP).handler(call -> blocks("{\"type\": \"unknown\"}")),
                resource("/static-text", "text/plain")
                        .handler(
                                call -> Content.text("text/plain", "This is the content of the static text resource.")),
                resource("/static-binary", "image/png").handler(call -> bytes("image/png", PIXEL)),
                resource("/template/{id}/data", "application/json")
                        .path("id", String.class, "The id.", "123")
                        .handler(call -> {
                            String id = call.path("id", String.class);
                            return Content.text(
                                    "application/json", "{\"id\": \"%s\", \"templateTest\": true}".formatted(id));
                        }),
                prompt("test_simple_prompt", "text/plain")
                        .handler(call -> Content.text("text/plain", "This is a simple prompt for testing.")),
                prompt("test_prompt_with_arguments", "text/plain")
                        .query("arg1", String.class, "The first.", "one")
                        .query("arg2", String.class, "The second.", "two")
                        .handler(call -> Content.text(
                                "text/plain",
                                "Prompt with arguments: arg1='%s', arg2='%s'"
                                        .formatted(
                                                call.query("arg1", String.class).orElse(""),
                                                call.query("arg2", String.class).orElse("")))),
                prompt("test_prompt_with_embedded_resource", Content.MCP)
                        .query("resource_uri", String.class, "The resource.", "test://example-resource")
                        .handler(call -> blocks(
                                MESSAGE.formatted(RESOURCE.formatted(
                                        call.query("resource_uri", String.class).orElse("test://none"),
                                        "Embedded resource content for testing.")),
                                MESSAGE.formatted(TEXT.formatted("Please process the embedded resource above.")))),
                prompt("test_prompt_with_image", Content.MCP)
                        .handler(call -> blocks(
                                MESSAGE.formatted(IMAGE),
                                MESSAGE.formatted(TEXT.formatted("Please analyze the image above.")))));
    }

    private static Endpoint.Builder<Void> tool(String name, String mediaType) {
        return described(Endpoint.post("/content/" + name), name)
                .answersContent(mediaType)
                .action(name)
                .tool();
    }

    private static Endpoint.Builder<Void> resource(String path, String mediaType) {
        return described(Endpoint.get(path), path).answersContent(mediaType).resource();
    }

    private static Endpoint.Builder<Void> prompt(String name, String mediaType) {
        return described(Endpoint.get("/content/" + name), name)
                .answersContent(mediaType)
                .action(name)
                .prompt();
    }

    private static Endpoint.Builder<Void> described(Endpoint.Builder<Void> endpoint, String name) {
        return endpoint.summary("Content: " + name)
                .description("Answers as the conformance suite of the protocol wants it.");
    }

    private static Content bytes(String mediaType, String base64) {
        return new Content(mediaType, Base64.getDecoder().decode(base64), Map.of());
    }

    private static Content blocks(String... blocks) {
        return new Content(
                Content.MCP, ("[" + String.join(",", blocks) + "]").getBytes(StandardCharsets.UTF_8), Map.of());
    }
}
