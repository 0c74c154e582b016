package io.thespace.event;

import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Role;
import java.util.Map;

/**
 * Data of a general-purpose event, for occurrences without a type of their own.
 *
 * @param name what happened, for example {@code stock_low}
 * @param details any further data
 */
public record SignalRaised(String name, Map<String, Object> details) {

    /** Open to administrators. */
    static final EventType TYPE = new EventType(
            "signal_raised",
            "An administrator, or a program of theirs, told of something; they choose the subject.",
            SignalRaised.class,
            Role.ADMIN);
}
