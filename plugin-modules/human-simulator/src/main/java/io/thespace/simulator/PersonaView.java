package io.thespace.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Somebody to simulate. */
public record PersonaView(
        UUID personaId,
        String name,
        BigDecimal thinkFactor,
        BigDecimal errorRate,
        BigDecimal thoroughness,
        List<String> uses,
        Map<String, JsonNode> traits) {

    /** Who walks when nobody was named: thinks as the scenario says, makes no mistakes, does everything. */
    static final PersonaView ANYBODY =
            new PersonaView(null, "anybody", BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ONE, List.of(), Map.of());
}
