package io.thespace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestFileTest {

    private static final String TEXT =
            """
            @currency = USD

            ### Open an account
            # expect: 201
            # keep: account = account_id
            POST {{host}}/accounts HTTP/1.1
            Authorization: Bearer {{token}}
            Content-Type: application/json

            {
              "currency": "{{currency}}"
            }

            ###
            // no name, no body
            GET {{host}}/accounts
            """;

    @Test
    void readsVariablesRequestsAndOurComments() {
        RequestFile file = RequestFile.parse(TEXT);
        assertThat(file.variables()).containsExactlyEntriesOf(Map.of("currency", "USD"));
        assertThat(file.requests()).hasSize(2);
        RequestFile.Request first = file.requests().get(0);
        assertThat(first.name()).isEqualTo("Open an account");
        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.url()).isEqualTo("{{host}}/accounts");
        assertThat(first.headers())
                .containsExactly(
                        Map.entry("Authorization", "Bearer {{token}}"), Map.entry("Content-Type", "application/json"));
        assertThat(first.body()).isEqualTo("{\n  \"currency\": \"{{currency}}\"\n}");
        assertThat(first.expect()).isEqualTo(201);
        assertThat(first.keep()).containsExactlyEntriesOf(Map.of("account", "account_id"));
        RequestFile.Request second = file.requests().get(1);
        assertThat(second.name()).isEqualTo("GET {{host}}/accounts");
        assertThat(second.body()).isEmpty();
        assertThat(second.expect()).isNull();
    }

    @Test
    void readsARequestWithoutASeparator() {
        assertThat(RequestFile.parse("GET /x").requests()).hasSize(1);
    }

    @Test
    void fillsPlaceholders() {
        assertThat(RequestFile.fill("{{a}}-{{ b }}", Map.of("a", "1", "b", "{{a}}")))
                .isEqualTo("1-1");
        assertThat(RequestFile.fill("{{$uuid}}", Map.of())).hasSize(36);
        assertThatThrownBy(() -> RequestFile.fill("{{c}}", Map.of())).hasMessage("{{c}} has no value.");
    }

    @Test
    void refusesALineThatIsNone() {
        assertThatThrownBy(() -> RequestFile.parse("### x\nfetch it"))
                .hasMessage("Not a line of a .http file: fetch it");
    }
}
