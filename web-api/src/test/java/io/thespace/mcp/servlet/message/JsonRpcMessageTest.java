package io.thespace.mcp.servlet.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcMessageTest {

    private static JsonRpcMessage.Reading read(String body) {
        return JsonRpcMessage.read(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "nul",
                "{} {}",
                "{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"a\":NaN}"
            })
    void whatIsNoJsonIsAParseError(String body) {
        JsonRpcMessage.Reading reading = read(body);
        assertThat(reading.id()).isNull();
        assertThat(JsonRpcErrors.of(reading.refusal())).isEqualTo(-32700);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2147483648", "-1e2147483648", "1e-99999999999", "0e99999999999"})
    void aNumberThatCannotBeReadIsNamed(String number) {
        JsonRpcMessage.Reading reading =
                read("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":[%s]}}".formatted(number));

        assertThat(JsonRpcErrors.of(reading.refusal())).isEqualTo(-32700);
        assertThat(reading.refusal()).hasMessageStartingWith("params.a[0] must not have an exponent beyond");
    }

    @Test
    void whatIsNestedTooDeepOrIsNoUtf8IsAParseError() {
        assertThat(JsonRpcErrors.of(read("[".repeat(10_000)).refusal())).isEqualTo(-32700);
        assertThat(JsonRpcErrors.of(
                        JsonRpcMessage.read(new byte[] {'"', (byte) 0xff, '"'}).refusal()))
                .isEqualTo(-32700);
        assertThat(JsonRpcErrors.of(JsonRpcMessage.read("{}".getBytes(StandardCharsets.UTF_16))
                        .refusal()))
                .isEqualTo(-32700);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | -32600 |",
                "1 | -32600 |",
                "{} | -32600 |",
                "{\"id\":5,\"method\":\"ping\"} | -32600 | 5",
                "{\"jsonrpc\":2.0,\"id\":5,\"method\":\"ping\"} | -32600 | 5",
                "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":7} | -32600 | 5",
                "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"\"} | -32600 | 5",
                "{\"jsonrpc\":\"2.0\",\"id\":5} | -32600 | 5",
                "{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{},\"error\":{}} | -32600 | 5",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"} | -32600 |",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"} | -32600 |",
                "{\"jsonrpc\":\"2.0\",\"id\":99999999999999999999,\"method\":\"ping\"} | -32600 |",
                "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"ping\",\"params\":[]} | -32602 | x"
            })
    void whatIsNoMessageIsRefusedWithItsId(String body, int code, String id) {
        JsonRpcMessage.Reading reading = read(body);
        assertThat(reading.message()).isNull();
        assertThat(JsonRpcErrors.of(reading.refusal())).isEqualTo(code);
        assertThat(reading.id() == null ? null : reading.id().toString()).isEqualTo(id);
    }

    @Test
    void messagesAreRequestsNotificationsOrResponses() {
        JsonRpcMessage request = read("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":1}}")
                .message();
        assertThat(request.isRequest()).isTrue();
        assertThat(request.id()).isEqualTo(1L);
        assertThat(request.params().path("a").asInt()).isEqualTo(1);

        JsonRpcMessage notification = read("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                .message();
        assertThat(notification.isNotification()).isTrue();
        assertThat(notification.params().isObject()).isTrue();

        JsonRpcMessage response =
                read("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}").message();
        assertThat(response.isRequest() || response.isNotification()).isFalse();
    }
}
