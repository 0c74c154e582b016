package io.thespace.mcp.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The one form of a definition. */
class PinTest {

    private static ObjectNode pin(String json) throws IOException {
        return Pin.of(ServerItem.TOOL, Json.MAPPER.readTree(json));
    }

    @Test
    void theOrderOfMembersAndWhatClientsDoNotActUponDoNotCount() throws IOException {
        ObjectNode one =
                pin("{\"name\": \"a\", \"inputSchema\": {\"type\": \"object\", \"x\": {\"b\": 1, \"a\": [2, 1]}}}");
        ObjectNode other =
                pin("{\"_meta\": {\"seen\": 7}, \"inputSchema\": {\"x\": {\"a\": [2, 1], \"b\": 1}, \"type\":"
                        + " \"object\"}, \"name\": \"a\"}");

        assertThat(Pin.text(one)).isEqualTo(Pin.text(other));
        assertThat(Pin.digest(one)).isEqualTo(Pin.digest(other)).hasSize(64);
    }

    @Test
    void descriptionSchemaAndAnnotationsCount() throws IOException {
        String digest = Pin.digest(pin("{\"name\": \"a\", \"description\": \"Reads.\", \"annotations\": {}}"));

        assertThat(Pin.digest(pin("{\"name\": \"a\", \"description\": \"Writes.\", \"annotations\": {}}")))
                .isNotEqualTo(digest);
        assertThat(Pin.digest(pin(
                        "{\"name\": \"a\", \"description\": \"Reads.\", \"annotations\": {\"readOnlyHint\": true}}")))
                .isNotEqualTo(digest);
        assertThat(Pin.digest(pin(
                        "{\"name\": \"a\", \"description\": \"Reads.\", \"annotations\": {}, \"inputSchema\": {}}")))
                .isNotEqualTo(digest);
    }
}
