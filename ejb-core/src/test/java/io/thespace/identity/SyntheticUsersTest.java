package io.thespace.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Sandbox;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sandbox and who is in it, on a real PostgreSQL. */
class SyntheticUsersTest {

    private static final String EMAIL = "simulator.1@sandbox.invalid";

    private static TestDatabase database;

    private UUID sandbox;
    private Actor platform;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(
                Organization.class, User.class, Membership.class, Class.forName("io.thespace.identity.signin.SignIn"));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void open() throws Exception {
        database.sql("truncate core.organizations, core.users cascade");
        sandbox = in(null, users -> users.organization(Actor.platform(null, "test")));
        platform = Actor.platform(sandbox, "test");
    }

    private static <T> T in(UUID orgId, Function<SyntheticUsers, T> work) {
        return database.in(orgId, em -> {
            SyntheticUsers users = new SyntheticUsers();
            users.em = em;
            return work.apply(users);
        });
    }

    private UUID make(String email) {
        return in(sandbox, users -> users.make(platform, email, "Synthetic", "$hash"));
    }

    @Test
    void thereIsOneSandbox() {
        UUID again = in(null, users -> users.organization(Actor.platform(null, "test")));
        assertThat(again).isEqualTo(sandbox);
    }

    @Test
    void aUserIsMadeOnceAndFoundAgain() {
        UUID made = make(EMAIL);
        assertThat(make(EMAIL)).isEqualTo(made);
        Optional<UUID> found = in(sandbox, users -> users.find(platform, EMAIL));
        assertThat(found).contains(made);
    }

    @Test
    void theirStandingSaysThatTheyAreSynthetic() {
        UUID made = make(EMAIL);
        AccessStatusView accessStatus = database.in(sandbox, em -> TestIdentity.memberships(em)
                .accessStatus(platform, sandbox, made, null)
                .orElseThrow());
        assertThat(accessStatus.synthetic()).isTrue();
        assertThat(accessStatus.platformAdmin()).isFalse();
    }

    @Test
    void theyBelongNowhereElse() throws Exception {
        UUID made = make(EMAIL);
        UUID acme = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.organizations (id, name, created_at) values ('" + acme + "', 'Acme', now())");
        assertThatThrownBy(() -> database.sql(
                        "insert into core.memberships (id, org_id, user_id, role, created_at) values ('%s', '%s', '%s', 'member', now())"
                                .formatted(UUID.randomUUID(), acme, made)))
                .hasMessageContaining("belongs to the sandbox");
        assertThatThrownBy(() -> database.sql("update core.memberships set org_id = '" + acme + "'"))
                .hasMessageContaining("belongs to the sandbox");
    }

    @Test
    void theyAdministerNothingAndStayWhatTheyAre() {
        make(EMAIL);
        for (String change : List.of("platform_admin = true", "synthetic = false", "email = 'a@example.com'")) {
            assertThatThrownBy(() -> database.sql("update core.users set " + change))
                    .as(change)
                    .isInstanceOf(java.sql.SQLException.class);
        }
    }

    @Test
    void thereAreOnlySoMany() throws Exception {
        database.sql("insert into core.users (id, email, name, synthetic, created_at) select gen_random_uuid(),"
                + " 'x.' || n || '@sandbox.invalid', 'x', true, now() from generate_series(1, " + Sandbox.MAX_USERS
                + ") n");
        assertThatThrownBy(() -> make(EMAIL)).isInstanceOfSatisfying(Rejection.class, e -> assertThat(e.code())
                .isEqualTo(IdentityError.TOO_MANY_SYNTHETIC_USERS));
    }
}
