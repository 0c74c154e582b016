package io.thespace.mcp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.gateway.generation.ChatView;
import io.thespace.gateway.generation.FunctionCall;
import io.thespace.gateway.model.ModelUsage;
import io.thespace.json.Json;
import io.thespace.session.MessageView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConversationTest {

    private final Conversation conversation = new Conversation();

    private static MessageView message(int position, String role, String content) {
        return new MessageView(
                UUID.randomUUID(), UUID.randomUUID(), position, role, content, Map.of(), null, Instant.EPOCH);
    }

    private List<String> contents() {
        return conversation.messages().stream()
                .map(one -> one.path("content").asText())
                .toList();
    }

    @Test
    void theContextIsDataBehindTheInput() {
        ObjectNode context =
                Json.MAPPER.createObjectNode().put("session_id", "7").put("user_id", "abc123");
        conversation.asked("Hello", context);
        conversation.asked("Hello", null);
        assertThat(contents().get(0)).startsWith("Hello\n").endsWith("\n{\"user_id\":\"abc123\"}");
        assertThat(contents().get(1)).isEqualTo("Hello");
        assertThat(context.has("session_id")).isTrue();
    }

    @Test
    void theNewestTextsOfASessionAreContinued() {
        conversation.continued(List.of(
                message(1, "user", "x".repeat(Conversation.MAX_HISTORY_CHARACTERS)),
                message(2, "tool", "found"),
                message(3, "assistant", "One"),
                message(4, "user", "Two")));
        assertThat(contents()).containsExactly("One", "Two");
    }

    @Test
    void callsAndTheirOutcomesBelongTogether() {
        FunctionCall call = new FunctionCall("a", "pay", "{}");
        conversation.called(new ChatView("", "m", null, ModelUsage.UNKNOWN, List.of(call)));
        conversation.answered(call, "Done.");
        assertThat(conversation.messages().toString())
                .isEqualTo(
                        "[{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"pay\",\"arguments\":\"{}\"}}]}, {\"role\":\"tool\",\"content\":\"Done.\",\"tool_call_id\":\"a\"}]");
    }

    @Test
    void whatCannotBeStoredIsReplaced() {
        assertThat(Conversation.storable("a\0b\ud800c")).isEqualTo("a\uFFFDb?c");
    }
}
