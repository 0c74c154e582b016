package io.thespace.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Data of a node about plugins that it does not run. */
class NodePluginsTest {

    private final NodePlugins plugins = new NodePlugins();

    private static DesiredPlugin desired(String id, String version, PluginState state) {
        return desired(id, version, state, null);
    }

    private static DesiredPlugin desired(String id, String version, PluginState state, PluginChange change) {
        return new DesiredPlugin(id, version, null, state, "earlier", change, Set.of(), Instant.EPOCH);
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

    @Test
    void aFailureOfAnEarlierDesiredStateIsNotReported() {
        DesiredPlugin enabled = desired("notes", "1.0.0", PluginState.ENABLED);
        plugins.setDesired(List.of(enabled));
        plugins.fail(enabled, "step start: no");

        plugins.setDesired(List.of(desired("notes", "1.0.0", PluginState.ENABLED, PluginChange.REMOVING)));
        assertThat(plugins.reports()).as("while it is removed").isEmpty();

        DesiredPlugin disabled = desired("notes", "1.0.0", PluginState.DISABLED);
        plugins.setDesired(List.of(disabled));
        assertThat(plugins.reports()).as("once it is disabled").isEmpty();
        assertThat(plugins.reason(disabled)).isEqualTo("earlier");
    }

    @Test
    void aPluginThatIsBeingStartedIsReported() {
        plugins.setDesired(List.of(desired("notes", "1.0.0", PluginState.ENABLED)));
        plugins.beginStart("notes");
        Installations.Report report = new Installations.Report("notes", "1.0.0", PluginState.ENABLED, null);
        assertThat(plugins.reports()).containsExactly(report);

        plugins.setDesired(List.of(desired("notes", "1.0.0", PluginState.ENABLED, PluginChange.REMOVING)));
        assertThat(plugins.reports()).as("while it is removed").containsExactly(report);

        plugins.endStart("notes");
        assertThat(plugins.reports()).isEmpty();
    }

    @Test
    void aPluginThatIsDrainedIsReported() {
        plugins.setDesired(List.of(desired("notes", "1.0.0", PluginState.ENABLED, PluginChange.REMOVING)));
        CountDownLatch drained = plugins.beginDrain("notes");
        assertThat(plugins.drains("notes")).isTrue();
        assertThat(plugins.idsInUse()).containsExactly("notes");
        assertThat(plugins.reports())
                .containsExactly(new Installations.Report("notes", "1.0.0", PluginState.ENABLED, null));

        plugins.endDrain(drained, id -> {});
        assertThat(plugins.drains("notes")).isFalse();
        assertThat(plugins.idsInUse()).isEmpty();
        assertThat(plugins.reports()).isEmpty();
    }

    @Test
    void theLastDrainReleasesWhatVersionsShare() {
        List<String> released = new ArrayList<>();
        CountDownLatch first = plugins.beginDrain("notes");
        CountDownLatch second = plugins.beginDrain("notes");
        CountDownLatch other = plugins.beginDrain("calendar");

        plugins.endDrain(second, released::add);
        assertThat(released).isEmpty();
        assertThat(plugins.drains("notes"::equals)).containsExactly(first);

        plugins.endDrain(first, released::add);
        assertThat(released).containsExactly("notes");
        assertThat(plugins.drains(id -> true)).containsExactly(other);
    }
}
