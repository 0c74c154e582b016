package io.thespace.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordFileTest {

    @TempDir
    Path home;

    @Test
    void onlyItsOwnerCanReadIt() throws Exception {
        Files.writeString(home.resolve(PasswordFile.NAME), "of an earlier start");
        PasswordFile file = PasswordFile.write(home).keep();
        assertThat(file.path()).isEqualTo(home.resolve(PasswordFile.NAME));
        assertThat(file.password()).hasSize(24);
        assertThat(Files.readString(file.path())).isEqualTo(file.password() + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(file.toString()).doesNotContain(file.password());
        file.remove();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void theNodeThatMakesNoAdministratorLeavesTheOthersPassword() throws Exception {
        PasswordFile winners = PasswordFile.write(home);
        PasswordFile losers = PasswordFile.write(home);
        winners.keep();
        losers.remove();
        assertThat(Files.readString(home.resolve(PasswordFile.NAME))).isEqualTo(winners.password() + "\n");
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).hasSize(1);
        }
    }
}
