package io.thespace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.plugin.api.Role;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MembershipRoleTest {

    @ParameterizedTest
    @CsvSource({"owner, USER", "admin, USER", "member, USER", "viewer, GUEST", "guest, GUEST"})
    void aMemberIsUserOrGuest(String text, Role role) {
        assertThat(MembershipRole.of(text).role(false)).isEqualTo(role);
        assertThat(MembershipRole.of(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource
    void aPlatformAdministratorIsOneWhateverTheMembership(MembershipRole role) {
        assertThat(role.role(true)).isEqualTo(Role.ADMIN);
    }
}
