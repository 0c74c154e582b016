package io.thespace.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Request to create a persona.
 *
 * @param name unique in the organization
 * @param thinkFactor a factor on thinking times; 1 when null
 * @param errorRate the probability of mistyping a path before a step; 0 when null
 * @param thoroughness the probability of an optional step; 1 when null
 * @param uses path prefixes: optional steps with other paths are left out; null for all
 * @param traits attributes for eligibility rules: texts, numbers and booleans by name; null for none
 */
public record PersonaOrder(
        @NotNull @Size(min = 1, max = 100) String name,
        @DecimalMin("0") @DecimalMax("10") BigDecimal thinkFactor,
        @DecimalMin("0") @DecimalMax("1") BigDecimal errorRate,
        @DecimalMin("0") @DecimalMax("1") BigDecimal thoroughness,
        @Size(max = 50) List<@NotNull @Size(max = 500) String> uses,
        @Size(max = 50) Map<String, JsonNode> traits) {}
