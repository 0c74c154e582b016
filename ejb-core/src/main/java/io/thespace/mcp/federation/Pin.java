package io.thespace.mcp.federation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Definitions of tools and prompts in one form, so that two that mean the same are the same text. */
public final class Pin {

    private static final List<String> TOOL_MEMBERS =
            List.of("name", "title", "description", "inputSchema", "outputSchema", "annotations");
    private static final List<String> PROMPT_MEMBERS = List.of("name", "title", "description", "arguments");

    private static final ObjectMapper SORTED = Json.separate().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private Pin() {}

    /** The members of a definition that clients act upon; what else a server sends is dropped. */
    public static ObjectNode of(String kind, JsonNode sent) {
        ObjectNode pinned = Json.MAPPER.createObjectNode();
        for (String member : kind.equals(ServerItem.TOOL) ? TOOL_MEMBERS : PROMPT_MEMBERS) {
            if (sent.hasNonNull(member)) {
                pinned.set(member, sent.get(member));
            }
        }
        return pinned;
    }

    /** As JSON whose members are in the order of their names. */
    public static String text(ObjectNode definition) {
        try {
            return SORTED.writeValueAsString(SORTED.treeToValue(definition, Map.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can be written as JSON", e);
        }
    }

    /** The SHA-256 of {@link #text}, in hexadecimal. */
    static String digest(ObjectNode definition) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(text(definition).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
