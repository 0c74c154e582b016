package io.thespace.mcp.federation.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.gateway.outbound.OutboundReader.Reading;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Responses in bodies and on streams. */
class RpcReaderTest {

    private static final String RESPONSE = "{\"jsonrpc\": \"2.0\", \"id\": \"1\", \"result\": {\"a\": 1}}";

    private final RpcReader reader = new RpcReader("1", 200);

    private Reading take(String text) {
        return reader.take(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void begin(String type) {
        reader.begin(200, List.of(Map.entry("content-type", type)));
    }

    @Test
    void aBodyIsReadToItsEnd() {
        begin("application/json");
        assertThat(take(RESPONSE.substring(0, 20))).isEqualTo(Reading.MORE);
        assertThat(take(RESPONSE.substring(20))).isEqualTo(Reading.MORE);
        assertThat(reader.response().at("/result/a").asInt()).isEqualTo(1);
    }

    @Test
    void aStreamIsReadToTheResponse() {
        begin("text/event-stream;charset=utf-8");
        assertThat(take("data: {\"jsonrpc\": \"2.0\", \"method\": \"x\", \"id\": \"1\"}\n\ndata: {\"id\": \"2\","))
                .isEqualTo(Reading.MORE);
        assertThat(take(" \"result\": {}}\n\n")).isEqualTo(Reading.MORE);
        assertThat(take("data: " + RESPONSE + "\n\n")).isEqualTo(Reading.ENOUGH);
        assertThat(reader.response().at("/result/a").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsTooLargeIsNotRead() {
        begin("text/event-stream");
        assertThat(take("x".repeat(200))).isEqualTo(Reading.MORE);
        assertThat(take("x")).isEqualTo(Reading.REFUSED);
        assertThat(reader.tooLarge()).isTrue();
        assertThat(reader.response()).isNull();
    }

    @Test
    void anErrorMayLackTheId() {
        reader.begin(400, List.of());
        take("{\"jsonrpc\": \"2.0\", \"id\": null, \"error\": {\"code\": -32700, \"message\": \"No.\"}}");
        assertThat(reader.response()).isNull();
        assertThat(reader.error().at("/error/message").asText()).isEqualTo("No.");
    }

    @Test
    void whatIsNoJsonIsNoResponse() {
        begin("application/json");
        take("<html>");
        assertThat(reader.response()).isNull();
        assertThat(reader.error()).isNull();
    }
}
