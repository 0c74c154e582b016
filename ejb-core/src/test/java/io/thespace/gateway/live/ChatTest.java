package io.thespace.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.generation.ChatRequest;
import io.thespace.gateway.generation.ChatView;
import io.thespace.gateway.generation.FinishReason;
import io.thespace.gateway.generation.FunctionCall;
import io.thespace.gateway.generation.GenerateRequest;
import io.thespace.json.Json;
import io.thespace.plugin.api.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Conversations with models over real sockets. */
class ChatTest extends GenerationCase {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static ObjectNode object(String json) throws Exception {
        return (ObjectNode) Json.MAPPER.readTree(json);
    }

    private static ChatRequest request(boolean mayCall) throws Exception {
        return new ChatRequest(
                new GenerateRequest(null, "sea", null, null, "Be kind", false),
                List.of(object("{\"role\": \"user\", \"content\": \"Pay\"}")),
                List.of(object("{\"type\": \"function\", \"function\": {\"name\": \"pay\"}}")),
                mayCall);
    }

    @Test
    void functionsAreOfferedAndTheirCallsReturned() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        model("sea", (head, in, out, socket) -> {
            bodies.add(readBody(head, in));
            answer(
                    out,
                    "200 OK",
                    "application/json",
                    """
                    {"choices": [{"finish_reason": "tool_calls", "message": {"content": null, "tool_calls": [
                    {"id": "a", "type": "function", "function": {"name": "pay", "arguments": "{\\"n\\": 1}"}},
                    {"function": {"name": "look", "arguments": {"n": 2}}}]}}],
                    "usage": {"prompt_tokens": 4, "completion_tokens": 3}}""");
        });
        ChatView turn = new AwaitedModels(gateway).chat(ADA, request(true), MINUTE);
        assertThat(turn.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(turn.result()).isEmpty();
        assertThat(turn.calls())
                .containsExactly(
                        new FunctionCall("a", "pay", "{\"n\": 1}"), new FunctionCall("call_1", "look", "{\"n\":2}"));
        assertThat(ended).hasSize(1);
        assertThat(ended.get(0).inputTokens()).isEqualTo(4);
        assertThat(bodies.get(0))
                .isEqualTo(
                        "{\"model\":\"upstream-sea\",\"messages\":[{\"role\":\"system\",\"content\":\"Be kind\"},{\"role\":\"user\",\"content\":\"Pay\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"pay\"}}],\"max_tokens\":100,\"stream\":false}");
    }

    @Test
    void inTheLastRoundNothingMayBeCalled() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        model("sea", (head, in, out, socket) -> {
            bodies.add(readBody(head, in));
            answer(out, "200 OK", "application/json", "{\"choices\": [{\"message\": {\"content\": \"a\\u0000b\"}}]}");
        });
        ChatView turn = new AwaitedModels(gateway).chat(ADA, request(false), MINUTE);
        assertThat(turn.result()).isEqualTo("a\0b");
        assertThat(turn.calls()).isEmpty();
        assertThat(bodies.get(0)).contains("\"tool_choice\":\"none\"");
    }

    @Test
    void aConversationFailsAsAnyOtherRequest() {
        assertThatThrownBy(() -> new AwaitedModels(gateway).chat(ADA, request(true), MINUTE))
                .isInstanceOfSatisfying(
                        Rejection.class, one -> assertThat(one.code()).isEqualTo(GatewayError.PROVIDER_NOT_CONFIGURED));
    }
}
