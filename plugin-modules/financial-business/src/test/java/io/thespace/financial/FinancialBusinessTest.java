package io.thespace.financial;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Parameter;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.contract.PluginContract;
import io.thespace.plugin.contract.PluginStage;
import java.util.List;
import org.junit.jupiter.api.Test;

class FinancialBusinessTest extends PluginContract {

    @Override
    protected Plugin plugin() {
        return new FinancialBusiness(new Platform());
    }

    /** The ledger has a persistence unit of its own, which {@link Ledger} sets up and the other tests try. */
    @Override
    protected PluginStage prepare(Plugin plugin) {
        return PluginStage.prepare(plugin, new Ledger().context);
    }

    private final List<Endpoint<?>> endpoints = new FinancialBusiness().endpoints();

    @Test
    void declaresTheEndpointsOfTheContract() {
        assertThat(endpoints)
                .extracting(e -> e.method() + " " + e.path() + " " + e.role() + " "
                        + e.answer().status())
                .containsExactlyInAnyOrder(
                        "GET /account USER 200",
                        "GET /accounts USER 200",
                        "POST /transfer USER 200",
                        "GET /transactions USER 200",
                        "GET /transactions/{id} USER 200",
                        "POST /transactions/{id}/reverse ADMIN 200",
                        "GET /admin/users ADMIN 200",
                        "POST /admin/accounts ADMIN 201",
                        "POST /admin/deposit ADMIN 200",
                        "GET /admin/invariants ADMIN 200");
    }

    @Test
    void whatMovesMoneyIsDoneOnce() {
        assertThat(endpoints).allSatisfy(e -> {
            assertThat(e.idempotent()).isEqualTo(e.method() == Method.POST);
        });
    }

    @Test
    void namesRefusalsInTheOrderOfTheChecks() {
        assertThat(endpoints).allSatisfy(e -> assertThat(e.refusals().stream()
                        .map(ErrorCode::name)
                        .map(FinancialError::valueOf)
                        .toList())
                .isSorted());
    }

    /** Each can be tried by the platform itself: whatever it writes is in the database, and what it needs has an example. */
    @Test
    void canBeRehearsed() {
        assertThat(endpoints).allSatisfy(e -> {
            assertThat(e.rehearsed()).isEqualTo(e.method() != Method.GET);
            assertThat(e.parameters())
                    .filteredOn(p -> p.in() == Parameter.In.PATH)
                    .allSatisfy(p -> assertThat(p.example()).isInstanceOf(p.type()));
        });
    }
}
