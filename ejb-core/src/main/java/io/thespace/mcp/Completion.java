package io.thespace.mcp;

import java.util.Collection;
import java.util.List;

/**
 * Values that an argument may have.
 *
 * @param values at most {@value #MAX_VALUES}
 * @param more whether there are, or may be, further ones
 */
public record Completion(List<String> values, boolean more) {

    /** As the protocol has it. */
    static final int MAX_VALUES = 100;

    public static final Completion NONE = new Completion(List.of(), false);

    /** Returns the values that begin with a text. */
    static Completion of(Collection<String> all, String beginning, boolean more) {
        List<String> fitting =
                all.stream().filter(value -> value.startsWith(beginning)).toList();
        return fitting.size() <= MAX_VALUES
                ? new Completion(fitting, more)
                : new Completion(fitting.subList(0, MAX_VALUES), true);
    }
}
