package io.thespace.monitoring;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The result of a count.
 *
 * @param rows one for each key
 * @param complete whether everything was counted
 */
public record Tally(List<Row> rows, boolean complete) {

    /**
     * The numbers of one key.
     *
     * @param values one for each window
     */
    public record Row(String key, Map<Window, BigDecimal> values) {}
}
