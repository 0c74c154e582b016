package io.thespace.identity;

import static io.thespace.identity.TestIdentity.memberships;
import static io.thespace.identity.TestIdentity.organizations;
import static io.thespace.identity.TestIdentity.users;
import static io.thespace.identity.Together.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.configuration.Rate;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The use cases' SQL, their rights and the tenants' isolation, on a real PostgreSQL. */
class IdentityDatabaseTest {

    private static final Actor ANYBODY = Actor.anonymous("test", null, null);

    private static TestDatabase database;

    private UUID acme;
    private UUID globex;
    private UUID owner;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(
                Organization.class,
                OrganizationLimits.class,
                User.class,
                Membership.class,
                Class.forName("io.thespace.identity.signin.SignIn"));
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
        assertThat(found(acme, "owner@acme.example")).isTrue();
        owner = database.in(null, em -> users(em)
                .candidate(ANYBODY, "owner@acme.example")
                .orElseThrow()
                .userId());
        database.sql(
                "insert into core.organizations (id, name, created_at) values ('" + globex + "', 'Globex', now())");
    }

    private static boolean found(UUID orgId, String email) {
        return database.in(orgId, em -> organizations(em).found(Actor.platform(orgId, "test"), "Acme", email, "$hash"));
    }

    @Test
    void theFirstStartHappensOnce() {
        assertThat(found(id(), "another@acme.example")).isFalse();
        assertThat(untouched()).isFalse();
    }

    @Test
    void ofTwoNodesThatStartFirstOneFounds() throws Exception {
        database.sql("truncate core.organizations, core.users cascade");
        List<Boolean> outcomes = together(4, i -> found(id(), "a" + i + "@acme.example"));
        assertThat(outcomes).containsOnlyOnce(true);
    }

    @Test
    void membershipsAreKnownBeforeTheTenantIs() {
        assertThat(placesOf(owner)).containsExactly(new MembershipView(acme, "owner"));
        assertThat(placesOf(id())).isEmpty();
    }

    @Test
    void aSuspendedOrganizationIsNoPlaceToSignIn() throws Exception {
        database.sql("update core.organizations set status = 'suspended' where id = '" + acme + "'");
        assertThat(placesOf(owner)).isEmpty();
    }

    @Test
    void aQueryWithoutItsPredicateSeesTheTenantsOwnOrganization() {
        for (UUID org : List.of(acme, globex)) {
            List<?> seen = database.in(org, em -> em.createNativeQuery("select id from core.organizations")
                    .getResultList());
            assertThat(seen).isEqualTo(List.of(org));
        }
        assertThat(count(null, "Organization")).isZero();
        int renamed = database.in(acme, em -> em.createNativeQuery("update core.organizations set name = 'ours'")
                .executeUpdate());
        assertThat(renamed).isEqualTo(1);
    }

    @Test
    void aPlatformAdministratorSuspendsTheOrganizationTheyName() {
        Actor admin = Actor.platform(acme, "test");
        assertThat(suspended(admin, globex).status()).isEqualTo("suspended");
        assertThatThrownBy(() -> suspended(admin, id())).isInstanceOf(Rejection.class);
        assertThatThrownBy(() -> database.in(acme, em -> organizations(em).find(admin, globex)))
                .isInstanceOf(Rejection.class);
    }

    @Test
    void aLimitIsSetKeptAndCleared() {
        assertThat(limited("{\"requests_per_minute\": 600, \"requests_per_day\": 9000}"))
                .isEqualTo(new RateLimits(600, 9000L, null));
        assertThat(limited("{\"model_tokens_per_day\": 7}")).isEqualTo(new RateLimits(600, 9000L, 7L));
        assertThat(limited("{\"requests_per_minute\": null}")).isEqualTo(new RateLimits(null, 9000L, 7L));
        Actor admin = Actor.platform(acme, "test");
        RateLimits kept = database.in(acme, em -> organizations(em).limits(admin, acme));
        assertThat(kept).isEqualTo(new RateLimits(null, 9000L, 7L));
        assertThat(database.<RateLimits>in(acme, em -> organizations(em).quota(admin)))
                .isEqualTo(kept);
        assertThat(database.<RateLimits>in(globex, em -> organizations(em).quota(admin)))
                .as("another tenant's")
                .isEqualTo(new RateLimits(null, null, null));
    }

    private RateLimits limited(String patch) {
        Actor admin = Actor.platform(acme, "test");
        return database.in(acme, em -> {
            try {
                return organizations(em)
                        .changeLimits(admin, acme, Json.MAPPER.readValue(patch, RateLimitsChange.class));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(patch, e);
            }
        });
    }

    private static OrganizationView suspended(Actor admin, UUID id) {
        return database.in(admin.orgId(), em -> organizations(em).suspend(admin, id));
    }

    @Test
    void nobodyWritesIntoAnotherTenant() {
        assertThatThrownBy(() -> database.in(globex, em -> {
                    em.persist(new Membership(id(), acme, owner, MembershipRole.GUEST, Instant.now()));
                    em.flush();
                    return null;
                }))
                .rootCause()
                .hasMessageContaining("row-level security");
    }

    @Test
    void theApplicationMayNotDeleteOrRewrite() {
        for (String statement : List.of(
                "delete from core.sign_ins",
                "update core.users set platform_admin = true",
                "update core.platform_secrets set value = '\\x00'",
                "delete from core.signing_keys")) {
            assertThatThrownBy(() -> database.in(
                            acme, em -> em.createNativeQuery(statement).executeUpdate()))
                    .as(statement)
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void anExternalUserIsMadeOnceAndNeverTakenForALocalOne() throws Exception {
        ExternalUser external = new ExternalUser(
                "https://id.example", "sub-1", globex, Role.GUEST, "owner@acme.example", "Someone Else");
        List<Optional<UUID>> ids = together(4, i -> provision(external));
        assertThat(ids).doesNotContain(Optional.empty(), Optional.of(owner));
        assertThat(ids.stream().distinct()).hasSize(1);
        UUID user = ids.get(0).orElseThrow();
        Optional<AccessStatusView> accessStatus =
                database.in(globex, em -> memberships(em).accessStatus(ANYBODY, globex, user, null));
        assertThat(accessStatus).hasValueSatisfying(s -> assertThat(s.active()).isTrue());
        assertThat(database.in(null, em -> users(em).candidate(ANYBODY, "owner@acme.example"))
                        .orElseThrow()
                        .userId())
                .isEqualTo(owner);
        ExternalUser shy = new ExternalUser("https://id.example", "sub-2", globex, Role.USER, null, "sub-2");
        assertThat(provision(shy)).isPresent();
        assertThat(provision(new ExternalUser("https://id.example", "sub-3", id(), Role.USER, null, "x")))
                .isEmpty();
    }

    @Test
    void anExternalUserWhoWasRemovedStaysOut() throws Exception {
        ExternalUser external = external(Role.USER);
        UUID user = provision(external).orElseThrow();
        Actor admin = ownerOfGlobex();
        change(admin, user, MembershipRole.VIEWER, null);

        remove(admin, user);

        assertThat(provision(external)).contains(user);
        assertThat(accessStatus(user)).isEmpty();

        assertThatThrownBy(() -> change(admin, user, MembershipRole.MEMBER, null))
                .isInstanceOf(Rejection.class);
        assertThat(change(admin, user, null, MemberChange.Status.ACTIVE).role()).isEqualTo("viewer");
        assertThat(provision(external)).contains(user);
        assertThat(accessStatus(user))
                .hasValueSatisfying(s -> assertThat(s.active()).isTrue());
    }

    @Test
    void aRemovalUnderWayIsNotUndoneByAToken() throws Exception {
        ExternalUser external = external(Role.USER);
        UUID user = provision(external).orElseThrow();
        Actor admin = ownerOfGlobex();

        together(
                4,
                i -> i == 0
                        ? database.in(globex, em -> {
                            memberships(em).remove(admin, user);
                            return Optional.of(user);
                        })
                        : provision(external));

        assertThat(accessStatus(user)).isEmpty();
    }

    @Test
    void anExternalUserHasTheTokensRoleUntilOneIsGivenHere() throws Exception {
        UUID user = provision(external(Role.GUEST)).orElseThrow();
        Actor admin = ownerOfGlobex();

        provision(external(Role.USER));
        AccessStatusView followed = accessStatus(user).orElseThrow();
        assertThat(followed.membershipRole()).isEqualTo("member");
        assertThat(followed.lagsBehind(Role.USER)).isFalse();
        assertThat(followed.lagsBehind(Role.GUEST)).isTrue();
        assertThat(followed.role(Role.USER)).isEqualTo(Role.USER);
        assertThat(followed.role(Role.GUEST)).isEqualTo(Role.GUEST);
        assertThat(followed.permissions(Role.USER)).isEqualTo(MembershipRole.MEMBER.permissions());
        assertThat(followed.permissions(Role.GUEST)).isEmpty();

        change(admin, user, MembershipRole.VIEWER, null);
        provision(external(Role.USER));
        AccessStatusView demoted = accessStatus(user).orElseThrow();
        assertThat(demoted.membershipRole()).isEqualTo("viewer");
        assertThat(demoted.lagsBehind(Role.USER)).isFalse();
        assertThat(demoted.role(Role.USER)).isEqualTo(Role.GUEST);
        assertThat(demoted.permissions(Role.USER)).isEqualTo(MembershipRole.VIEWER.permissions());
        assertThat(demoted.role(Role.ADMIN)).isEqualTo(Role.ADMIN);

        change(admin, user, MembershipRole.ADMIN, null);
        AccessStatusView promoted = accessStatus(user).orElseThrow();
        assertThat(promoted.role(Role.USER)).isEqualTo(Role.USER);
        assertThat(promoted.permissions(Role.USER)).isEqualTo(MembershipRole.ADMIN.permissions());
        assertThat(promoted.role(Role.GUEST)).isEqualTo(Role.GUEST);
        assertThat(promoted.permissions(Role.GUEST)).isEmpty();
    }

    @Test
    void aRemovalKeepsThatTheRoleFollowsTheTokens() throws Exception {
        UUID user = provision(external(Role.GUEST)).orElseThrow();
        Actor admin = ownerOfGlobex();
        remove(admin, user);

        change(admin, user, null, MemberChange.Status.ACTIVE);
        provision(external(Role.USER));

        assertThat(accessStatus(user).orElseThrow().membershipRole()).isEqualTo("member");
    }

    @Test
    void aPlatformAdministratorByTokenIsChangedByPlatformAdministratorsOnly() throws Exception {
        UUID user = provision(external(Role.USER)).orElseThrow();
        Actor every = ownerOfGlobex();
        Actor admin = every.with(MembershipRole.OWNER.permissions());
        database.sql("update core.users set platform_admin = false");
        change(admin, user, MembershipRole.MEMBER, null);
        assertThat(accessStatus(user).orElseThrow().lagsBehind(Role.USER)).isFalse();
        assertThat(accessStatus(user).orElseThrow().lagsBehind(Role.ADMIN)).isTrue();
        provision(external(Role.ADMIN));
        assertThat(accessStatus(user).orElseThrow().lagsBehind(Role.ADMIN)).isFalse();

        exceeded(() -> change(admin, user, MembershipRole.GUEST, null));
        exceeded(() -> change(admin, user, null, MemberChange.Status.SUSPENDED));
        exceeded(() -> remove(admin, user));
        exceeded(() -> deleteGlobex(admin));
        assertThat(change(every, user, null, MemberChange.Status.SUSPENDED).status())
                .isEqualTo("suspended");

        provision(external(Role.USER));
        assertThat(change(admin, user, null, MemberChange.Status.ACTIVE).status())
                .isEqualTo("active");
        provision(external(Role.ADMIN));
        database.sql("update core.memberships set issuer_admin_at = now() - interval '31 days'");
        remove(admin, user);
        deleteGlobex(admin);
    }

    private static void exceeded(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                .isEqualTo(IdentityError.ROLE_EXCEEDED));
    }

    private void remove(Actor admin, UUID user) {
        database.in(globex, em -> {
            memberships(em).remove(admin, user);
            return null;
        });
    }

    private void deleteGlobex(Actor admin) {
        database.in(globex, em -> {
            organizations(em).delete(admin, globex);
            return null;
        });
    }

    /** The two write one membership. */
    @Test
    void aTokenAndAnAdministratorChangeARoleAtOnce() throws Exception {
        UUID user = provision(external(Role.USER)).orElseThrow();
        Actor admin = ownerOfGlobex();
        for (int round = 0; round < 10; round++) {
            database.sql("update core.memberships set follows_issuer = true, role = 'member' where user_id = '" + user
                    + "'");
            together(
                    2,
                    i -> i == 0
                            ? provision(external(Role.GUEST)).orElseThrow()
                            : change(admin, user, MembershipRole.VIEWER, null).id());
            assertThat(accessStatus(user).orElseThrow().membershipRole()).isEqualTo("viewer");
        }
    }

    private Actor ownerOfGlobex() throws Exception {
        database.sql("insert into core.memberships (id, org_id, user_id, role, created_at) values ('" + id() + "', '"
                + globex + "', '" + owner + "', 'owner', now())");
        return new Actor(
                globex,
                owner,
                Role.ADMIN,
                null,
                "test",
                null,
                null,
                false,
                null,
                EnumSet.allOf(Permission.class),
                null);
    }

    private ExternalUser external(Role role) {
        return new ExternalUser("https://id.example", "sub-9", globex, role, null, "sub-9");
    }

    private Optional<AccessStatusView> accessStatus(UUID user) {
        return database.in(globex, em -> memberships(em).accessStatus(ANYBODY, globex, user, null));
    }

    private MemberView change(Actor admin, UUID user, MembershipRole role, MemberChange.Status status) {
        return database.in(globex, em -> memberships(em).change(admin, user, new MemberChange(role, status)));
    }

    @Test
    void theDirectoryKnowsTheActorsOwnOrganization() {
        Actor here = new Actor(acme, owner, Role.ADMIN, null, "test", null, null, false);
        Actor there = new Actor(globex, owner, Role.ADMIN, null, "test", null, null, false);
        assertThat(administrators(here)).containsExactly(new PersonView(owner, "Administrator"));
        assertThat(person(here, owner)).isPresent();
        assertThat(administrators(there)).isEmpty();
        assertThat(person(there, owner)).isEmpty();
        ProfileView me = database.in(acme, em -> users(em).me(here, Map.of("gateway", new Rate(500, 30))));
        assertThat(me)
                .extracting(
                        ProfileView::email, ProfileView::roles, p -> p.limits().requestsPerMinute())
                .containsExactly("owner@acme.example", List.of("admin"), 1000);
    }

    private static Optional<UUID> provision(ExternalUser user) {
        return database.in(user.orgId(), em -> users(em).provision(ANYBODY, user));
    }

    private static boolean untouched() {
        return database.in(null, em -> organizations(em).untouched(ANYBODY));
    }

    private static List<MembershipView> placesOf(UUID userId) {
        return database.in(null, em -> memberships(em).of(ANYBODY, userId));
    }

    private static List<PersonView> administrators(Actor actor) {
        return database.in(actor.orgId(), em -> memberships(em).administrators(actor));
    }

    private static Optional<PersonView> person(Actor actor, UUID userId) {
        return database.in(actor.orgId(), em -> memberships(em).find(actor, userId));
    }

    private static long count(UUID orgId, String entity) {
        return database.in(orgId, em -> em.createQuery("select count(e) from " + entity + " e", Long.class)
                .getSingleResult());
    }

    private static UUID id() {
        return UuidCreator.getTimeOrderedEpoch();
    }
}
