package io.thespace.mcp.servlet.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.thespace.plugin.api.client.LogLevel;
import java.util.Locale;

/**
 * The parameters of {@code notifications/message}.
 *
 * @param level as the protocol spells it
 * @param logger null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogMessage(String level, String logger, String data) {

    public static LogMessage of(LogLevel level, String logger, String message) {
        return new LogMessage(level.name().toLowerCase(Locale.ROOT), logger, message);
    }

    /** The level that a client names; null for anything else. */
    public static LogLevel level(Object name) {
        for (LogLevel level : LogLevel.values()) {
            if (level.name().toLowerCase(Locale.ROOT).equals(name)) {
                return level;
            }
        }
        return null;
    }
}
