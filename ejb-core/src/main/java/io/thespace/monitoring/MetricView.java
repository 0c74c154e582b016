package io.thespace.monitoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;

/**
 * A business metric over several time windows.
 *
 * @param by the member of the events by which values are grouped; absent for a single value
 * @param values one for each window, the shortest first, and then for each {@code key}
 * @param complete whether all events in the windows were counted; otherwise the newest million, or the 50 most frequent
 *     keys
 * @param reason why there are no values; absent otherwise
 */
public record MetricView(
        String name,
        String description,
        @JsonInclude(JsonInclude.Include.NON_NULL) String by,
        List<Value> values,
        boolean complete,
        @JsonInclude(JsonInclude.Include.NON_NULL) String reason) {

    /**
     * A value of a metric.
     *
     * @param window {@code 1h}, {@code 24h}, {@code 7d} or {@code 30d}, up to now
     * @param key the value of the member {@code by} of the events; absent without it
     */
    public record Value(String window, @JsonInclude(JsonInclude.Include.NON_NULL) String key, BigDecimal value) {}
}
