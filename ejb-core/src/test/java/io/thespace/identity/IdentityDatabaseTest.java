package io.thespace.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.configuration.Rate;
import io.thespace.identity.Renewal.Outcome;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
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
                SignIn.class,
                RefreshToken.class,
                SigningKey.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void twoOrganizations() throws Exception {
        database.sql("truncate core.organizations, core.users, core.signing_keys cascade");
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
    void aTenantSeesItsOwnRowsOnly() {
        open("first");
        for (String entity : List.of("Membership", "SignIn", "RefreshToken")) {
            assertThat(count(acme, entity)).as(entity).isEqualTo(1);
            assertThat(count(globex, entity)).as(entity).isZero();
            assertThat(count(null, entity)).as(entity).isZero();
        }
        assertThat(rotate(globex, "first", "stolen").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(standing(globex, null)).isEmpty();
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
    void aRefreshTokenIsGoodOnce() {
        Grant grant = open("first");
        assertThat(grant).isEqualTo(new Grant(acme, owner, "owner@acme.example", Role.ADMIN, grant.signInId()));
        assertThat(standing(acme, grant.signInId()).orElseThrow().signInLives(Instant.now()))
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
        assertThat(standing(acme, grant.signInId()).orElseThrow().signInLives(Instant.now()))
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
        assertThat(standing(acme, grant.signInId()).orElseThrow().signInLives(Instant.now()))
                .isFalse();
        assertThat(rotate(acme, "first", "second").outcome()).isEqualTo(Outcome.ENDED);
    }

    @Test
    void aDisabledUserDoesNotStaySignedIn() throws Exception {
        Grant grant = open("first");
        database.sql("update core.users set status = 'disabled' where id = '" + owner + "'");
        assertThat(standing(acme, grant.signInId()).orElseThrow().active()).isFalse();
        assertThat(rotate(acme, "first", "second").outcome()).isEqualTo(Outcome.ENDED);
    }

    @Test
    void aDemotionShowsInTheStanding() throws Exception {
        open("first");
        database.sql("update core.users set platform_admin = false where id = '" + owner + "'");
        assertThat(standing(acme, null).orElseThrow().role()).isEqualTo(Role.USER);
        database.sql("update core.memberships set role = 'viewer' where user_id = '" + owner + "'");
        assertThat(standing(acme, null).orElseThrow().role()).isEqualTo(Role.GUEST);
    }

    @Test
    void anExternalUserIsMadeOnceAndNeverTakenForALocalOne() throws Exception {
        ExternalUser external = new ExternalUser(
                "https://id.example", "sub-1", globex, Role.GUEST, "owner@acme.example", "Someone Else");
        List<Optional<UUID>> ids = together(4, i -> provision(external));
        assertThat(ids).doesNotContain(Optional.empty(), Optional.of(owner));
        assertThat(ids.stream().distinct()).hasSize(1);
        UUID user = ids.get(0).orElseThrow();
        Optional<StandingView> standing =
                database.in(globex, em -> memberships(em).standing(ANYBODY, globex, user, null));
        assertThat(standing).hasValueSatisfying(s -> assertThat(s.active()).isTrue());
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

    @Test
    void keysArePublishedOnceAndLiveWhileTheyAreSeen() throws Exception {
        byte[] first = TestKeys.FIRST.publicKey().getEncoded();
        byte[] second = TestKeys.SECOND.publicKey().getEncoded();
        assertThat(publish("a", first)).isTrue();
        assertThat(publish("a", first)).isTrue();
        assertThat(publish("a", second)).isFalse();
        assertThat(publish("b", second)).isTrue();
        assertThat(living()).containsExactly("a", "b");
        database.sql("update core.signing_keys set last_seen_at = now() - interval '1 day' where kid = 'a'");
        assertThat(living()).containsExactly("b");
        assertThat(publish("a", first)).isTrue();
        assertThat(living()).containsExactly("a", "b");
    }

    @Test
    void nodesAgreeOnASecret() throws Exception {
        List<String> seen = together(
                4,
                i -> database.in(
                        null, em -> HexFormat.of().formatHex(secrets(em).obtain(ANYBODY, "test"))));
        assertThat(seen.stream().distinct()).singleElement().satisfies(s -> assertThat(s)
                .hasSize(64));
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

    private Optional<StandingView> standing(UUID orgId, UUID signInId) {
        return database.in(orgId, em -> memberships(em).standing(ANYBODY, acme, owner, signInId));
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

    private static int purge() {
        return database.in(null, em -> refreshTokens(em).purge(ANYBODY, 10));
    }

    private static boolean publish(String kid, byte[] key) {
        return database.in(null, em -> signingKeys(em).publish(ANYBODY, kid, key));
    }

    private static List<String> living() {
        return database.in(null, em -> signingKeys(em).living(ANYBODY)).stream()
                .map(SigningKeyView::kid)
                .toList();
    }

    private static long count(UUID orgId, String entity) {
        return database.in(orgId, em -> em.createQuery("select count(e) from " + entity + " e", Long.class)
                .getSingleResult());
    }

    private static String hash(String token) {
        return (token + "-".repeat(43)).substring(0, 43);
    }

    private static UUID id() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    /** Runs the same on several threads at the same moment. */
    private static <T> List<T> together(int threads, Function<Integer, T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch ready = new CountDownLatch(threads);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return work.apply(number);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no container to inject it
    private static Organizations organizations(EntityManager em) {
        Organizations organizations = new Organizations();
        organizations.em = em;
        organizations.changes = new Fired<>();
        return organizations;
    }

    private static Users users(EntityManager em) {
        Users users = new Users();
        users.em = em;
        return users;
    }

    private static Memberships memberships(EntityManager em) {
        Memberships memberships = new Memberships();
        memberships.em = em;
        return memberships;
    }

    private static RefreshTokens refreshTokens(EntityManager em) {
        RefreshTokens refreshTokens = new RefreshTokens();
        refreshTokens.tell(new Fired<>(), new Fired<>());
        refreshTokens.em = em;
        refreshTokens.memberships = memberships(em);
        return refreshTokens;
    }

    private static SigningKeys signingKeys(EntityManager em) {
        SigningKeys signingKeys = new SigningKeys();
        signingKeys.em = em;
        return signingKeys;
    }

    private static PlatformSecrets secrets(EntityManager em) {
        PlatformSecrets secrets = new PlatformSecrets();
        secrets.em = em;
        return secrets;
    }
}
