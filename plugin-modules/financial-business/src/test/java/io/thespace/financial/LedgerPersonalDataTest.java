package io.thespace.financial;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the ledger holds about somebody is told, and stays. */
class LedgerPersonalDataTest {

    private final Ledger ledger = new Ledger();

    @Test
    void tellsWhoseAccountItIsAndWhoMovedMoney() {
        UUID alices = ledger.open(ledger.alice, "100.00", "USD");
        UUID bobs = ledger.open(ledger.bob, "USD");
        ledger.transfer(ledger.alice, alices, bobs, "40.00", "USD");

        assertThat(count(ledger.admin, ledger.alice.userId()))
                .containsOnly(
                        Map.entry("financial_business.account", 1L),
                        Map.entry("financial_business.entry", 2L),
                        Map.entry("financial_business.transaction", 1L));
        assertThat(count(new Ledger().admin, ledger.alice.userId())).isEmpty();
        assertThat(count(ledger.admin, null)).isEmpty();
        assertThat(LedgerPersonalData.kept().keySet())
                .containsAll(count(ledger.admin, ledger.alice.userId()).keySet());

        List<Object> rows = new ArrayList<>();
        ledger.in(ledger.admin, entities -> {
            new LedgerPersonalData(entities)
                    .export(ledger.admin, new Subject(ledger.alice.userId(), null), (store, row) -> rows.add(row));
            return null;
        });
        assertThat(rows).hasSize(4);
        assertThat(rows).filteredOn(AccountView.class::isInstance).hasSize(1);
    }

    private Map<String, Long> count(Actor actor, UUID userId) {
        return ledger.in(
                actor, entities -> new LedgerPersonalData(entities).count(actor, new Subject(userId, "Alice")));
    }
}
