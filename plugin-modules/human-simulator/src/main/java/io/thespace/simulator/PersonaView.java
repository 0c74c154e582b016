package io.thespace.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A persona, a user to simulate. */
public record PersonaView(
        UUID personaId,
        String name,
        BigDecimal thinkFactor,
        BigDecimal errorRate,
        BigDecimal thoroughness,
        List<String> uses,
        Map<String, JsonNode> traits) {

    /** The default persona: thinks as the scenario defines, makes no mistakes, and does every step. */
    static final PersonaView ANYBODY =
            new PersonaView(null, "anybody", BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ONE, List.of(), Map.of());
}
