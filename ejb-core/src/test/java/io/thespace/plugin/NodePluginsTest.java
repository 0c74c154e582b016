package io.thespace.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Data of a node about plugins that it does not run. */
class NodePluginsTest {

    private final NodePlugins plugins = new NodePlugins();

    private static DesiredPlugin desired(String id, String version, PluginState state) {
        return new DesiredPlugin(id, version, null, state, "earlier", null, Set.of(), Instant.EPOCH);
    }

    @Test
    void anEnabledPluginThatDoesNotRunHasFailed() {
        assertThat(plugins.state(desired("notes", "1.0.0", PluginState.ENABLED)))
                .isEqualTo(PluginState.FAILED);
        assertThat(plugins.state(desired("notes", "1.0.0", PluginState.DISABLED)))
                .isEqualTo(PluginState.DISABLED);
    }

    @Test
    void aFailureCountsUntilTheWishChanges() {
        DesiredPlugin first = desired("notes", "1.0.0", PluginState.ENABLED);
        plugins.setDesired(List.of(first));
        assertThat(plugins.reports()).isEmpty();

        plugins.fail(first, "step start: no");
        assertThat(plugins.failed(first)).isTrue();
        assertThat(plugins.failed(desired("notes", "1.0.1", PluginState.ENABLED)))
                .isFalse();
        assertThat(plugins.reason(first)).isEqualTo("step start: no");
        assertThat(plugins.reports())
                .containsExactly(new Installations.Report("notes", "1.0.0", PluginState.FAILED, "step start: no"));

        plugins.forgetFailuresBut(Set.of("notes"));
        assertThat(plugins.failed(first)).isTrue();
        plugins.forgetFailuresBut(Set.of("calendar"));
        assertThat(plugins.failed(first)).isFalse();
        assertThat(plugins.reason(first)).isEqualTo("earlier");
        assertThat(plugins.reports()).isEmpty();
    }
}
