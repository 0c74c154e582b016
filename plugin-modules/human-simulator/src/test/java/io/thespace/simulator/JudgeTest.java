package io.thespace.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.thespace.plugin.api.Method;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {

    private static final Map<String, JsonNode> VARIABLES = Map.of("who", TextNode.valueOf("Ada"));

    private static Optional<String> fault(int status, String body, Step.Expectation expected) {
        Step step = new Step("s", null, Method.GET, "/api/x", null, null, null, null, null, expected);
        JsonNode tree = Json.tree(body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        return Judge.fault(step, status, tree, VARIABLES);
    }

    private static Step.Expectation check(String pointer, JsonNode equal, Boolean exists, String matches) {
        return new Step.Expectation(null, null, List.of(new Step.Check(pointer, equal, exists, matches)), null, null);
    }

    @Test
    void anySuccessWillDoUnlessAStatusIsNamed() {
        assertThat(fault(204, "{}", null)).isEmpty();
        assertThat(fault(404, "{}", new Step.Expectation(404, null, null, null, null)))
                .isEmpty();
        assertThat(fault(200, "{}", new Step.Expectation(201, null, null, null, null)))
                .contains("Status 200 instead of 201.");
        assertThat(fault(500, "{\"error\": \"It broke.\"}", null))
                .contains("Status 500 instead of 200 to 299: It broke.");
    }

    @Test
    void valuesAreCompared() {
        String body = "{\"name\": \"Ada\", \"sum\": 1.250, \"list\": [{\"a\": null}]}";
        assertThat(fault(200, body, check("/name", TextNode.valueOf("${who}"), null, null)))
                .isEmpty();
        assertThat(fault(200, body, check("/sum", DecimalNode.valueOf(new BigDecimal("1.25")), null, null)))
                .isEmpty();
        assertThat(fault(200, body, check("/name", TextNode.valueOf("Bob"), null, null)))
                .contains("/name is \"Ada\" instead of \"Bob\".");
        assertThat(fault(200, body, check("/list/0/a", null, true, null))).isEmpty();
        assertThat(fault(200, body, check("/list/1", null, true, null))).contains("/list/1 is missing.");
        assertThat(fault(200, body, check("/name", null, false, null))).contains("/name is there.");
        assertThat(fault(200, body, check("/name", null, null, "[A-Z][a-z]+"))).isEmpty();
        assertThat(fault(200, body, check("/name", null, null, "[a-z]+"))).isPresent();
    }

    @Test
    void aRegularExpressionThatNeverEndsIsEnded() {
        String body = "{\"name\": \"" + "a".repeat(60) + "!\"}";
        assertThat(fault(200, body, check("/name", null, null, "(.*a){20}b")))
                .hasValueSatisfying(fault -> assertThat(fault).contains("/name", "(.*a){20}b", "too many steps"));
    }

    /** As long as a text may be that is matched. */
    @ParameterizedTest
    @ValueSource(strings = {"[a-z ]+", ".*end", "(?i).*WORD.*", "(\\w+ )+end", "(a|word|end| )*"})
    void commonRegularExpressionsMatchLongTexts(String regex) {
        String body = "{\"name\": \"" + "word ".repeat(399) + "end\"}";
        assertThat(fault(200, body, check("/name", null, null, regex))).isEmpty();
    }
}
