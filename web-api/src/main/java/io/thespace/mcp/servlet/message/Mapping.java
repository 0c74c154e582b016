package io.thespace.mcp.servlet.message;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.thespace.json.Json;
import io.thespace.json.UnstorableValueException;
import io.thespace.mcp.McpBlocks;
import io.thespace.plugin.api.Rejection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes the protocol's messages with Jackson 2, for the SDK and for us. */
public final class Mapping implements McpJsonMapper {

    /** The maximum nesting depth of a message. */
    private static final int MAX_DEPTH = 64;

    /** The maximum length of a number in a message, in characters. */
    private static final int MAX_NUMBER = 64;

    /** The mapper of the protocol's own messages; shared, and not to be configured further. */
    public static final ObjectMapper MAPPER = JsonMapper.builder(Json.foreign(new JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The only one. */
    public static final Mapping INSTANCE = new Mapping();

    private Mapping() {}

    @Override
    public <T> T readValue(String content, Class<T> type) throws IOException {
        return MAPPER.readValue(content, type);
    }

    @Override
    public <T> T readValue(byte[] content, Class<T> type) throws IOException {
        return MAPPER.readValue(content, type);
    }

    @Override
    public <T> T readValue(String content, TypeRef<T> type) throws IOException {
        return MAPPER.readValue(content, java(type));
    }

    @Override
    public <T> T readValue(byte[] content, TypeRef<T> type) throws IOException {
        return MAPPER.readValue(content, java(type));
    }

    @Override
    public <T> T convertValue(Object value, Class<T> type) {
        return MAPPER.convertValue(value, type);
    }

    @Override
    public <T> T convertValue(Object value, TypeRef<T> type) {
        return MAPPER.convertValue(value, java(type));
    }

    @Override
    public String writeValueAsString(Object value) throws IOException {
        return MAPPER.writeValueAsString(value);
    }

    @Override
    public byte[] writeValueAsBytes(Object value) throws IOException {
        return MAPPER.writeValueAsBytes(value);
    }

    /**
     * Objects of the protocol in an endpoint's answer.
     *
     * @throws Rejection {@code ANSWER_INVALID}
     */
    public static <T> List<T> content(ArrayNode blocks, Class<T> type) {
        List<T> content = new ArrayList<>();
        for (JsonNode block : blocks) {
            try {
                content.add(MAPPER.convertValue(block, type));
            } catch (IllegalArgumentException e) {
                throw McpBlocks.invalid();
            }
        }
        return content;
    }

    /**
     * Returns why a value of a client cannot be passed on to endpoints, which store it, or be read again with their mapper; empty
     * when it can.
     */
    public static Optional<String> unstorable(JsonNode value) {
        try {
            Json.MAPPER.readTree(value.toString());
            return Optional.empty();
        } catch (UnstorableValueException e) {
            return Optional.of((e.field() + " ").stripLeading() + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A value that was written as JSON can be read", e);
        }
    }

    private static JavaType java(TypeRef<?> type) {
        return MAPPER.getTypeFactory().constructType(type.getType());
    }
}
