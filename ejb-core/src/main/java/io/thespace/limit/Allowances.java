package io.thespace.limit;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Rejection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The result of counting a call against all its limits.
 *
 * @param all one per limit, in the order of the request; empty without limits
 */
public record Allowances(List<Allowance> all) {

    /** Limits that refuse first; then the least remaining; of equal ones the longest. */
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

    /** Returns the rejection of a call over its limits; it names the tightest limit. */
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
