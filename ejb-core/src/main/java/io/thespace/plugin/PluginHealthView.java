package io.thespace.plugin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * The health of a plugin.
 *
 * @param status {@code ok} or {@code failing}; of a plugin that does not run on this node and has not failed, its state: {@code
 *     installed}, {@code enabled} or {@code disabled}
 * @param uptime seconds since it started; 0 when it does not run
 * @param reason why it is failing; absent when there is none
 * @param endpointImplementationStatus the numbers of implemented, mocked and pending endpoints
 */
public record PluginHealthView(
        String status,
        long uptime,
        @JsonInclude(JsonInclude.Include.NON_NULL) String reason,
        Map<String, Integer> endpointImplementationStatus) {

    /** For the documentation. */
    public static final PluginHealthView EXAMPLE =
            new PluginHealthView("ok", 12345, null, Map.of("implemented", 10, "mocked", 0, "pending", 0));
}
