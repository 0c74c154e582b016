package io.thespace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.json.Json;
import org.junit.jupiter.api.Test;

class MemberOrderTest {

    @Test
    void itsPasswordIsReadAndNeverWritten() throws Exception {
        MemberOrder order = Json.MAPPER.readValue(
                """
                {"email": "ann@example.com", "name": "Ann", "role": "member", "password": "correct horse battery"}
                """,
                MemberOrder.class);

        assertThat(order.password()).isEqualTo("correct horse battery");
        assertThat(Json.MAPPER.writeValueAsString(order))
                .contains("ann@example.com")
                .doesNotContain("horse", "password");
        assertThat(Json.MAPPER.valueToTree(order).has("password")).isFalse();
    }
}
