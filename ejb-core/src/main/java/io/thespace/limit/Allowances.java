package io.thespace.limit;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Rejection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What came of counting a call against all its limits.
 *
 * @param all one of each, in the order in which they were asked about; empty when nothing limits the call
 */
public record Allowances(List<Allowance> all) {

    /** Those that refuse first; then those with the least left; of equal ones those that last longest. */
    private static final Comparator<Allowance> TIGHTNESS = Comparator.comparing(Allowance::allowed)
            .thenComparing(Allowance::remaining)
            .thenComparing(Allowance::seconds, Comparator.reverseOrder());

    static final Allowances NONE = new Allowances(List.of());

    /** Whether the call may be made; else it was counted by none of the limits. */
    public boolean allowed() {
        return all.stream().allMatch(Allowance::allowed);
    }

    /** The limit that a caller has to mind first. */
    public Optional<Allowance> tightest() {
        return all.stream().min(TIGHTNESS);
    }

    /** What the caller is told of a call that may not be made; it names the tightest limit. */
    public Rejection refusal(ErrorCode code) {
        Allowance none = tightest().orElseThrow();
        return Rejection.later(
                code,
                "The limit %s allows %d in %d seconds, and they are used up. Try again in %d seconds."
                        .formatted(
                                none.policy(), none.rate().calls(), none.rate().seconds(), none.seconds()),
                Duration.ofSeconds(none.seconds()));
    }
}
