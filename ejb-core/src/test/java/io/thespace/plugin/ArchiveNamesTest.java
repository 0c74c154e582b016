package io.thespace.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Rejection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveNamesTest {

    private static void add(String... names) {
        ArchiveNames archive = new ArchiveNames();
        List.of(names).forEach(archive::add);
    }

    @Test
    void aFolderMayStandBeforeOrBehindWhatLiesInIt() {
        add("lib/", "lib/a.jar", "ui/a.js", "ui/", "plugin.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;a", "a;A", "a;a/", "a/;a", "a;a/b", "a/b;a", "a/b/c;a/B", "lib/;lib/"})
    void namesInEachOthersWayAreRefused(String names) {
        assertThatThrownBy(() -> add(names.split(";", -1)))
                .isInstanceOfSatisfying(
                        Rejection.class, e -> assertThat(e.code()).isEqualTo(PluginError.ARCHIVE_INVALID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/a", "a//b", "../a", "a/../b", "a/./b", "a\\b", "c:a", "a\u0000b", "\u00fc.js", "a?b"})
    void namesThatLeadOutOrCannotBeUnpackedAreRefused(String name) {
        assertThatThrownBy(() -> add(name)).isInstanceOf(Rejection.class).hasMessageContaining("would lead out");
    }
}
