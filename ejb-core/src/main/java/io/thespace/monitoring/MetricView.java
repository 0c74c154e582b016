package io.thespace.monitoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;

/**
 * A business number over several windows of time.
 *
 * @param by the member of the events that tells the values apart; absent for one value
 * @param values one for each window, the shortest first, and then for each {@code key}
 * @param complete whether all that lies in the windows was counted; else the newest million, or the 50 most frequent keys
 * @param reason why there are no values; absent when there are
 */
public record MetricView(
        String name,
        String description,
        @JsonInclude(JsonInclude.Include.NON_NULL) String by,
        List<Value> values,
        boolean complete,
        @JsonInclude(JsonInclude.Include.NON_NULL) String reason) {

    /**
     * A number.
     *
     * @param window {@code 1h}, {@code 24h}, {@code 7d} or {@code 30d}, up to now
     * @param key what the events say where {@code by} is; absent without it
     */
    public record Value(String window, @JsonInclude(JsonInclude.Include.NON_NULL) String key, BigDecimal value) {}
}
