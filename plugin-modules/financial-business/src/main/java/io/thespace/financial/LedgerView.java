package io.thespace.financial;

import java.time.Instant;
import java.util.List;

/**
 * The state of the organization's ledger.
 *
 * @param clean whether every invariant holds
 */
public record LedgerView(boolean clean, Instant checkedAt, List<InvariantView> invariants, List<TotalView> totals) {

    public LedgerView {
        invariants = List.copyOf(invariants);
        totals = List.copyOf(totals);
    }
}
