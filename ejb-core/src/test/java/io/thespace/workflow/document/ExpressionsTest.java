package io.thespace.workflow.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The results of workflow expressions. */
class ExpressionsTest {

    private static JsonNode data() throws Exception {
        return Json.MAPPER.readTree(
                "{\"input\": {\"amount\": 25000, \"to\": [\"a\", \"b\"]}, \"steps\": {\"approve\": {\"decision\": \"approve\"}}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                ".input.amount > 10000 ~ true",
                ".steps.approve.decision == \"approve\" ~ true",
                ".steps.other.decision == \"approve\" ~ false",
                ".input.to | length ~ 2",
                "[.input.to[] | ascii_upcase] ~ [\"A\",\"B\"]",
                "{amount: .input.amount, input: 1, limit: .input.to[0]} ~ {\"amount\":25000,\"input\":1,\"limit\":\"a\"}",
                ".input.amount / 2 ~ 12500"
            })
    void theValueIsAsJqSays(String expression, String value) throws Exception {
        assertThat(Expressions.problem(expression)).isEmpty();
        assertThat(Expressions.value(expression, data()).toString())
                .isEqualTo(Json.MAPPER.readTree(value).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def f: f; f",
                "[range(1000000000)]",
                "[repeat(1)]",
                "last(while(true; .))",
                "env",
                "$ENV.PATH",
                "input",
                "\"x\" * 1000000000",
                ".a |",
                ""
            })
    void whatCouldComputeWithoutEndOrLookOutsideIsRefused(String expression) {
        assertThat(Expressions.problem(expression)).isPresent();
    }

    @Test
    void textInStringsCallsNothing() {
        assertThat(Expressions.problem("\"range of input * def\"")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".input.to[]", "empty", ".input + 1", "error(\"no\")"})
    void aFailureOrSeveralValuesAreRefused(String expression) {
        assertThatThrownBy(() -> Expressions.value(expression, data())).isInstanceOf(Rejection.class);
    }
}
