package io.thespace.mcp.federation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A wire of the Model Context Protocol over Streamable HTTP. */
public enum McpWire {
    /** 2025-11-25 or 2025-06-18. */
    @JsonProperty("session")
    SESSION,
    /** 2026-07-28. */
    @JsonProperty("stateless")
    STATELESS;

    /** As the database has it. */
    public String text() {
        return this == SESSION ? "session" : "stateless";
    }

    /** The opposite of {@link #text}; null for null. */
    static McpWire of(String text) {
        return text == null ? null : text.equals("session") ? SESSION : STATELESS;
    }
}
