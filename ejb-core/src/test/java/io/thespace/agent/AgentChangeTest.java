package io.thespace.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.json.Json;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AgentChangeTest {

    private static final Budget BUDGET = new Budget(new BigDecimal("250.00"), "EUR");

    private static Agent agent(Budget budget) {
        return new Agent(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                new AgentOrder("support", "Answers.", "m", List.of("refund"), budget),
                Instant.EPOCH);
    }

    private static AgentView changed(Budget before, String patch) throws JsonProcessingException {
        AgentChange change = Json.MAPPER.readValue(patch, AgentChange.class);
        Agent agent = agent(before);
        agent.change(change, Instant.EPOCH);
        return agent.view();
    }

    @Test
    void whatIsLeftOutStays() throws Exception {
        AgentView agent = changed(BUDGET, "{\"model\": \" n \"}");
        assertThat(agent.model()).isEqualTo("n");
        assertThat(agent.name()).isEqualTo("support");
        assertThat(agent.description()).isEqualTo("Answers.");
        assertThat(agent.tools()).containsExactly("refund");
        assertThat(agent.budget()).isEqualTo(BUDGET);
    }

    @Test
    void whatIsNullIsCleared() throws Exception {
        AgentView agent = changed(BUDGET, "{\"description\": null, \"tools\": null, \"budget\": null}");
        assertThat(agent.description()).isEmpty();
        assertThat(agent.tools()).isEmpty();
        assertThat(agent.budget()).isNull();
    }

    @Test
    void aBudgetIsMergedToo() throws Exception {
        assertThat(changed(BUDGET, "{\"budget\": {\"amount\": 5}}").budget())
                .isEqualTo(new Budget(new BigDecimal("5.00"), "EUR"));
        assertThat(changed(BUDGET, "{\"budget\": {\"currency\": \"JPY\", \"amount\": 7}}")
                        .budget())
                .isEqualTo(new Budget(new BigDecimal("7"), "JPY"));
        assertThat(changed(null, "{\"budget\": {\"currency\": \"USD\", \"amount\": 7}}")
                        .budget())
                .isEqualTo(new Budget(new BigDecimal("7.00"), "USD"));
    }

    @Test
    void aBudgetIsWholeAfterwards() {
        assertThat(refused(null, "{\"budget\": {\"amount\": 5}}")).isEqualTo("budget.currency");
        assertThat(refused(null, "{\"budget\": {\"currency\": \"EUR\"}}")).isEqualTo("budget.amount");
        assertThat(refused(BUDGET, "{\"budget\": {\"amount\": 5.005}}")).isEqualTo("budget.amount");
        assertThat(refused(BUDGET, "{\"budget\": {\"currency\": \"QQQ\"}}")).isEqualTo("budget.currency");
    }

    private static String refused(Budget before, String patch) {
        Rejection refused = catchThrowableOfType(Rejection.class, () -> changed(before, patch));
        assertThat(refused.code()).isEqualTo(AgentError.INVALID_BUDGET);
        return refused.details().stream().map(FieldError::field).findFirst().orElse("");
    }
}
