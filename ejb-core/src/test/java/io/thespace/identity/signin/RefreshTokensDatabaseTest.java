package io.thespace.identity.signin;

import static io.thespace.identity.TestIdentity.memberships;
import static io.thespace.identity.TestIdentity.organizations;
import static io.thespace.identity.TestIdentity.users;
import static io.thespace.identity.Together.together;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.identity.AccessStatusView;
import io.thespace.identity.Fired;
import io.thespace.identity.TestDatabase;
import io.thespace.identity.TestUsers;
import io.thespace.identity.access.Grant;
import io.thespace.identity.signin.Renewal.Outcome;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Role;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sign-ins and their refresh tokens, and the tenants' isolation, on a real PostgreSQL. */
class RefreshTokensDatabaseTest {

    private static final Actor ANYBODY = Actor.anonymous("test", null, null);

    private static TestDatabase database;

    private UUID acme;
    private UUID globex;
    private UUID owner;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(TestUsers.entities(SignIn.class, RefreshToken.class));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void twoOrganizations() throws Exception {
        database.sql("truncate core.organizations, core.users cascade");
        acme = id();
        globex = id();
        database.in(acme, em -> organizations(em)
                .found(Actor.platform(acme, "test"), "Acme", "owner@acme.example", "$hash"));
        owner = database.in(null, em -> users(em)
                .candidate(ANYBODY, "owner@acme.example")
                .orElseThrow()
                .userId());
        database.sql(
                "insert into core.organizations (id, name, created_at) values ('" + globex + "', 'Globex', now())");
    }

    @Test
    void aTenantSeesItsOwnRowsOnly() {
        open("first");
        for (String entity : List.of("Membership", "SignIn", "RefreshToken")) {
            assertThat(count(acme, entity)).as(entity).isEqualTo(1);
            assertThat(count(globex, entity)).as(entity).isZero();
            assertThat(count(null, entity)).as(entity).isZero();
        }
        assertThat(rotate(globex, "first", "stolen").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(accessStatus(globex, null)).isEmpty();
    }

    @Test
    void aRefreshTokenIsGoodOnce() {
        Grant grant = open("first");
        assertThat(grant).isEqualTo(new Grant(acme, owner, "owner@acme.example", Role.ADMIN, grant.signInId()));
        assertThat(accessStatus(acme, grant.signInId()).orElseThrow().signInLives(Instant.now()))
                .isTrue();
        assertThat(rotate(acme, "first", "second")).isEqualTo(new Renewal(Outcome.RENEWED, grant, null));
        assertThat(rotate(acme, "second", "third").outcome()).isEqualTo(Outcome.RENEWED);
    }

    @Test
    void aTokenThatItsClientRepeatsAtOnceGetsTheSameSuccessor() throws Exception {
        Grant grant = open("first");
        rotate(acme, "first", "second");
        assertThat(rotate(acme, "first", "another")).isEqualTo(new Renewal(Outcome.RENEWED, grant, hash("second")));
        assertThat(rotate(acme, "second", "third").outcome()).isEqualTo(Outcome.RENEWED);

        assertThat(rotate(acme, "first", "stolen").outcome())
                .as("its successor is used")
                .isEqualTo(Outcome.REUSED);
        assertThat(rotate(acme, "third", "fourth").outcome()).isEqualTo(Outcome.ENDED);
    }

    @Test
    void aTokenThatAnotherClientRepeatsEndsItsWholeFamily() {
        open("first");
        rotate(acme, "first", "second");
        Actor another = Actor.anonymous("test", null, "198.51.100.7");
        Renewal stolen = database.in(
                acme, em -> refreshTokens(em).rotate(another, acme, hash("first"), hash("stolen"), hash("stolen")));
        assertThat(stolen.outcome()).isEqualTo(Outcome.REUSED);
        assertThat(rotate(acme, "second", "third").outcome()).isEqualTo(Outcome.ENDED);
    }

    @Test
    void aUsedTokenEndsItsWholeFamily() throws Exception {
        Grant grant = open("first");
        rotate(acme, "first", "second");
        database.sql(
                "update core.refresh_tokens set used_at = used_at - interval '11 seconds' where used_at is not null");
        assertThat(rotate(acme, "first", "stolen").outcome()).isEqualTo(Outcome.REUSED);
        assertThat(accessStatus(acme, grant.signInId()).orElseThrow().signInLives(Instant.now()))
                .isFalse();
        assertThat(rotate(acme, "second", "third").outcome()).isEqualTo(Outcome.ENDED);
    }

    @Test
    void ofManyWithTheSameTokenAllGetTheSameSuccessor() throws Exception {
        open("first");
        List<Outcome> outcomes =
                together(8, i -> rotate(acme, "first", "next-" + i).outcome());
        assertThat(outcomes).as("all at once, from one network").containsOnly(Outcome.RENEWED);
        assertThat(count(acme, "RefreshToken")).isEqualTo(2);
    }

    @Test
    void signingOutTwiceIsSigningOut() {
        Grant grant = open("first");
        Actor actor = new Actor(acme, owner, Role.ADMIN, grant.signInId(), "test", null, null, false);
        for (int i = 0; i < 2; i++) {
            database.in(acme, em -> {
                refreshTokens(em).revoke(actor);
                return null;
            });
        }
        assertThat(accessStatus(acme, grant.signInId()).orElseThrow().signInLives(Instant.now()))
                .isFalse();
        assertThat(rotate(acme, "first", "second").outcome()).isEqualTo(Outcome.ENDED);
    }

    @Test
    void aDisabledUserDoesNotStaySignedIn() throws Exception {
        Grant grant = open("first");
        database.sql("update core.users set status = 'disabled' where id = '" + owner + "'");
        assertThat(accessStatus(acme, grant.signInId()).orElseThrow().active()).isFalse();
        assertThat(rotate(acme, "first", "second").outcome()).isEqualTo(Outcome.ENDED);
    }

    @Test
    void aDemotionShowsInTheStanding() throws Exception {
        open("first");
        database.sql("update core.users set platform_admin = false where id = '" + owner + "'");
        assertThat(accessStatus(acme, null).orElseThrow().role()).isEqualTo(Role.USER);
        database.sql("update core.memberships set role = 'viewer' where user_id = '" + owner + "'");
        assertThat(accessStatus(acme, null).orElseThrow().role()).isEqualTo(Role.GUEST);
    }

    @Test
    void whatIsLongOverIsPurgedOfAllTenants() throws Exception {
        open("first");
        open("second");
        database.sql("update core.sign_ins set expires_at = now() - interval '3 days' where id ="
                + " (select sign_in_id from core.refresh_tokens where hash = '" + hash("first") + "')");
        assertThat(purge()).isEqualTo(1);
        assertThat(purge()).isZero();
        assertThat(count(acme, "SignIn")).isEqualTo(1);
        assertThat(count(acme, "RefreshToken")).isEqualTo(1);
    }

    private Grant open(String token) {
        return database.in(acme, em -> refreshTokens(em)
                .open(ANYBODY, acme, owner, "owner@acme.example", Role.ADMIN, hash(token)));
    }

    private static Renewal rotate(UUID orgId, String presented, String next) {
        return database.in(
                orgId, em -> refreshTokens(em).rotate(ANYBODY, orgId, hash(presented), hash(next), hash(next)));
    }

    private Optional<AccessStatusView> accessStatus(UUID orgId, UUID signInId) {
        return database.in(orgId, em -> memberships(em).accessStatus(ANYBODY, acme, owner, signInId));
    }

    private static int purge() {
        return database.in(null, em -> refreshTokens(em).purge(ANYBODY, 10));
    }

    private static String hash(String token) {
        return (token + "-".repeat(43)).substring(0, 43);
    }

    private static long count(UUID orgId, String entity) {
        return database.in(orgId, em -> em.createQuery("select count(e) from " + entity + " e", Long.class)
                .getSingleResult());
    }

    private static UUID id() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    private static RefreshTokens refreshTokens(EntityManager em) {
        RefreshTokens refreshTokens = new RefreshTokens();
        refreshTokens.tell(new Fired<>(), new Fired<>());
        refreshTokens.em = em;
        refreshTokens.memberships = memberships(em);
        return refreshTokens;
    }
}
