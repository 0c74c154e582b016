package io.thespace.mirrorcore;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Parameter;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.Role;
import io.thespace.plugin.contract.PluginContract;
import io.thespace.plugin.contract.PluginStage;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MirrorCoreTest extends PluginContract {

    @Override
    protected Plugin plugin() {
        return new MirrorCore(new Platform(), new Models(Thread::new));
    }

    /** There is a persistence unit of its own, which {@link Conversations} sets up and the other tests try. */
    @Override
    protected PluginStage prepare(Plugin plugin) {
        return PluginStage.prepare(plugin, new Conversations().context);
    }

    private final List<Endpoint<?>> endpoints = new MirrorCore().endpoints();

    @Test
    void declaresTheEndpointsOfTheContract() {
        assertThat(endpoints)
                .extracting(e -> e.method() + " " + e.path() + " " + e.role() + " "
                        + e.answer().status())
                .containsExactlyInAnyOrder(
                        "POST /measure USER 200",
                        "GET /sessions USER 200",
                        "POST /sessions USER 201",
                        "GET /sessions/{id} USER 200",
                        "PUT /sessions/{id} USER 200",
                        "DELETE /sessions/{id} USER 204",
                        "POST /sessions/{id}/turns USER 201",
                        "GET /sessions/{id}/turns USER 200",
                        "POST /sessions/{id}/complete USER 200",
                        "GET /metrics USER 200",
                        "GET /settings USER 200",
                        "PUT /settings ADMIN 200");
    }

    @Test
    void declaresItsActions() {
        assertThat(endpoints)
                .extracting(Endpoint::action)
                .filteredOn(Objects::nonNull)
                .containsExactlyInAnyOrder(
                        "measure_text", "open_session", "add_turn", "complete_session", "session_metrics");
    }

    @Test
    void namesRefusalsInTheOrderOfTheChecks() {
        assertThat(endpoints).allSatisfy(e -> assertThat(e.refusals().stream()
                        .map(ErrorCode::name)
                        .map(MirrorError::valueOf)
                        .toList())
                .isSorted());
    }

    @Test
    void canBeRehearsed() {
        assertThat(endpoints).allSatisfy(e -> {
            assertThat(e.rehearsed()).isEqualTo(e.method() != Method.GET);
            assertThat(e.parameters())
                    .filteredOn(p -> p.in() == Parameter.In.PATH)
                    .allSatisfy(p -> assertThat(p.example()).isInstanceOf(p.type()));
        });
    }

    @Test
    void measuresATextAndKeepsNothing() {
        TextView view = stage().call(
                        stage().member(Role.USER),
                        "POST /measure",
                        new MeasureRequest("I think that was a good idea. Do you agree?"))
                .as(TextView.class);

        assertThat(view.measures().words()).isEqualTo(10);
        assertThat(view.measures().sentences()).isEqualTo(2);
        assertThat(view.measures().questionRatio()).isEqualTo(0.5);
        assertThat(view.keyPhrases()).extracting(KeyPhraseView::phrase).contains("good idea");
        // The example in the documentation is what comes out.
        Endpoint<?> declared = endpoints.get(0);
        assertThat(declared.path()).isEqualTo("/measure");
        assertThat(view.measures()).isEqualTo(((TextView) declared.answer().example()).measures());
    }
}
