package io.thespace.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.identity.MembershipRole;
import io.thespace.identity.TestDatabase;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs, holds and what the core's stores hold, on a real PostgreSQL, as the application's role. */
class PrivacyDatabaseTest {

    private static final String EMAIL = "xyzzy.plugh@example.org";

    private static PrivacyBeans beans;
    private static TestDatabase database;

    private UUID org;
    private UUID subject;
    private Actor admin;
    private Actor stranger;

    @BeforeAll
    static void start() throws Exception {
        beans = new PrivacyBeans();
        database = beans.database();
    }

    @AfterAll
    static void stop() throws Exception {
        beans.close();
    }

    @BeforeEach
    void people() throws Exception {
        database.sql("truncate core.organizations, core.users cascade");
        beans.published().clear();
        org = organization();
        admin = actor(org, user(org, "admin." + org + "@example.org", "owner"));
        subject = user(org, EMAIL, "member");
        UUID elsewhere = organization();
        stranger = actor(elsewhere, user(elsewhere, "s." + elsewhere + "@example.org", "owner"));
    }

    private static UUID organization() throws Exception {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(id));
        return id;
    }

    private static UUID user(UUID orgId, String email, String role) throws Exception {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.users (id, email, name, created_at) values ('%s', '%s', 'Some Body', now())"
                .formatted(id, email));
        database.sql("insert into core.memberships (id, org_id, user_id, role, created_at)"
                + " values ('%s', '%s', '%s', '%s', now())".formatted(UUID.randomUUID(), orgId, id, role));
        return id;
    }

    private static Actor actor(UUID orgId, UUID userId) {
        return new Actor(orgId, userId, Role.USER, null, "test", null, null, false)
                .with(MembershipRole.OWNER.permissions());
    }

    // Whom a request is about, and what becomes of it
    // ---------------------------------------------------------------------------------------------

    @Test
    void exactlyOneNameIsAskedFor() {
        refused(PrivacyError.SUBJECT_AMBIGUOUS, () -> asked(admin, DataRequestKind.ACCESS, null, null));
        refused(PrivacyError.SUBJECT_AMBIGUOUS, () -> asked(admin, DataRequestKind.ACCESS, subject, EMAIL));
        refused(PrivacyError.SUBJECT_UNKNOWN, () -> asked(admin, DataRequestKind.ACCESS, UUID.randomUUID(), null));
        refused(PrivacyError.SUBJECT_UNKNOWN, () -> asked(stranger, DataRequestKind.ACCESS, subject, null));
    }

    @Test
    void aUsersAddressStandsForTheUser() {
        DataRequestView request = asked(admin, DataRequestKind.ERASURE, null, EMAIL.toUpperCase(Locale.ROOT));

        assertThat(request.userId()).isEqualTo(subject);
        assertThat(request.identifier()).isEqualTo(EMAIL);
        assertThat(request.state()).isEqualTo("queued");
        assertThat(request.dueAt()).isEqualTo(request.createdAt().plus(Duration.ofDays(28)));
    }

    @Test
    void anotherOrganizationsRequestIsNone() {
        UUID id = asked(admin, DataRequestKind.ACCESS, null, "somebody else").id();

        refused(PrivacyError.DATA_REQUEST_NOT_FOUND, () -> requests(stranger, r -> r.find(stranger, id)));
        refused(PrivacyError.DATA_REQUEST_NOT_FOUND, () -> requests(stranger, r -> r.export(stranger, id, 1)));
        assertThat(requests(stranger, r -> r.list(stranger, null, new PageRequest(10, Optional.empty())))
                        .items())
                .isEmpty();
        assertThat(requests(admin, r -> r.list(admin, null, new PageRequest(10, Optional.empty())))
                        .items())
                .hasSize(1);
        refused(PrivacyError.NO_EXPORT, () -> requests(admin, r -> r.export(admin, id, 1)));
        refused(PrivacyError.NOT_COMPLETED, () -> requests(admin, r -> r.receipt(admin, id)));
    }

    /** A node that is killed leaves its job; when it comes back after all it is too late. */
    @Test
    void aJobGoesOnElsewhereAndTheFirstNodeIsTooLate() throws Exception {
        UUID id = asked(admin, DataRequestKind.ERASURE, subject, null).id();
        UUID first = UUID.randomUUID();
        assertThat(claimed(first)).contains(new DataRequestSteps.Claim(id, org));
        assertThat(claimed(UUID.randomUUID())).isEmpty();
        Job job = steps(s -> s.begin(platform(), id, first));
        assertThat(job.subject()).isEqualTo(new PersonalData.Subject(subject, EMAIL));
        assertThat(suspended()).isTrue();
        Rows rows = new Rows(10);
        assertThat(erased(job, "rows", () -> rows, 4)).isEqualTo(4);

        database.sql(
                "update core.data_requests set leased_until = now() - interval '1 second' where id = '" + id + "'");
        UUID second = UUID.randomUUID();
        assertThat(claimed(second)).contains(new DataRequestSteps.Claim(id, org));

        refused(PrivacyError.JOB_LOST, () -> steps(s -> s.erase(job, "rows", rows, 4)));
        Job again = steps(s -> s.begin(platform(), id, second));
        steps(s -> tally(s, again, rows));
        assertThat(erased(again, "rows", () -> rows, 10)).isEqualTo(6);
        steps(s -> tally(s, again, rows));
        assertThat(finished(again)).isEqualTo(DataRequestState.COMPLETED);

        DataRequestView done = requests(admin, r -> r.find(admin, id));
        assertThat(done.identifier()).isNull();
        assertThat(done.stores()).containsExactly(new StoreView("rows", "rows.rows", 10, 10, 0L, "erased", null));
        JsonNode receipt =
                Json.MAPPER.readTree(requests(admin, r -> r.receipt(admin, id)).jws());
        assertThat(receipt.at("/stores/0/treated").asInt()).isEqualTo(10);
        assertThat(receipt.path("verified").asBoolean()).isTrue();
        assertThat(beans.published()).containsExactly(new DataRequestCompleted(id, "erasure"));
        assertThat(claimed(UUID.randomUUID())).isEmpty();
    }

    /** It cannot be told what a store has done that failed, whatever it counts afterwards. */
    @Test
    void whatFailedBlocksAlsoWhenNothingIsCounted() throws Exception {
        UUID id = asked(admin, DataRequestKind.ERASURE, null, "C-1018").id();
        Job job = begun(id);
        steps(s -> {
            s.obstruct(job, "rows", DataRequestSteps.ALL, "It failed.");
            tally(s, job, new Rows(0));
            return s.finish(job, true, "none");
        });

        DataRequestView blocked = requests(admin, r -> r.find(admin, id));
        assertThat(blocked.state()).isEqualTo("blocked");
        assertThat(blocked.reason()).contains("rows");
    }

    @Test
    void whatIsLeftBlocksAndIsTriedAgain() throws Exception {
        UUID id = asked(admin, DataRequestKind.ERASURE, null, "C-1017").id();
        Job job = begun(id);
        steps(s -> {
            s.obstruct(job, "gone", DataRequestSteps.ALL, "Install it again.");
            s.obstruct(job, DataRequestSteps.SEARCH, "core.events", "3 rows hold it.");
            tally(s, job, new Rows(3));
            return s.finish(job, true, "none");
        });

        DataRequestView blocked = requests(admin, r -> r.find(admin, id));
        assertThat(blocked.state()).isEqualTo("blocked");
        assertThat(blocked.reason()).contains("gone", "core.events", "rows.rows");
        assertThat(blocked.identifier()).isEqualTo("C-1017");
        assertThat(claimed(UUID.randomUUID())).isEmpty();
        database.sql("update core.data_requests set next_at = now() where id = '" + id + "'");
        Job again = begun(id);
        steps(s -> tally(s, again, new Rows(0)));
        assertThat(finished(again)).isEqualTo(DataRequestState.COMPLETED);
        refused(PrivacyError.IDENTIFIER_NEEDED, () -> requests(admin, r -> r.erased(admin, id, null)));
        refused(PrivacyError.IDENTIFIER_WRONG, () -> requests(admin, r -> r.erased(admin, id, "C-1018")));
        assertThat(requests(admin, r -> r.erased(admin, id, "c-1017")).identifier())
                .isEqualTo("c-1017");
    }

    @Test
    void anExportComesInPartsAndEnds() throws Exception {
        UUID id = asked(admin, DataRequestKind.ACCESS, null, "C-1017").id();
        Job job = begun(id);
        steps(s -> {
            s.export(job, "rows", new Rows(30_000));
            return s.finish(job, false, null);
        });

        int records = 0;
        JsonNode part = exported(id, 1);
        int parts = part.path("parts").asInt();
        assertThat(parts).isGreaterThan(1);
        for (int i = 1; i <= parts; i++) {
            part = exported(id, i);
            assertThat(part.path("format").asText()).isEqualTo("the-space-personal-data/1");
            records += part.path("records").size();
        }
        assertThat(records).isEqualTo(30_000);
        assertThat(part.at("/stores/0/outcome").asText()).isEqualTo("exported");
        refused(PrivacyError.EXPORT_PART_NOT_FOUND, () -> requests(admin, r -> r.export(admin, id, parts + 1)));
        refused(PrivacyError.NOT_AN_ERASURE, () -> requests(admin, r -> r.erased(admin, id, "C-1017")));
        database.sql("update core.data_requests set export_until = now() where id = '" + id + "'");
        refused(PrivacyError.NO_EXPORT, () -> requests(admin, r -> r.export(admin, id, 1)));
        long purged = beans.in(null, em -> beans.steps(em).purgeExports(100));
        assertThat(purged).isEqualTo(parts);
    }

    private JsonNode exported(UUID id, int part) throws Exception {
        return Json.MAPPER.readTree(
                requests(admin, r -> r.export(admin, id, part)).bytes());
    }

    // Legal holds
    // ---------------------------------------------------------------------------------------------

    @Test
    void aHoldKeepsWhatIsAskedForLaterAndWhatRuns() {
        UUID running = asked(admin, DataRequestKind.ERASURE, null, "C-1017").id();
        Job job = begun(running);
        UUID hold = held("c-1017").id();
        refused(PrivacyError.JOB_LOST, () -> steps(s -> s.erase(job, "rows", new Rows(1), 1)));
        UUID later = asked(admin, DataRequestKind.ERASURE, null, "C-1017").id();
        UUID other = asked(admin, DataRequestKind.ERASURE, null, "C-1018").id();
        assertThat(state(running)).isEqualTo("held");
        assertThat(state(later)).isEqualTo("held");
        assertThat(state(other)).isEqualTo("queued");
        assertThat(asked(admin, DataRequestKind.ACCESS, null, "C-1017").state()).isEqualTo("queued");
        UUID second = held("C-1017").id();

        cleared(hold);
        assertThat(state(running)).isEqualTo("held");
        cleared(second);

        assertThat(state(running)).isEqualTo("queued");
        assertThat(state(later)).isEqualTo("queued");
        refused(PrivacyError.HOLD_CLEARED, () -> cleared(second));
        refused(
                PrivacyError.LEGAL_HOLD_NOT_FOUND,
                () -> holds(stranger, h -> h.clear(stranger, hold, new ClearanceOrder("x"))));
    }

    @Test
    void aHoldOnAnAddressKeepsItsUser() {
        held(EMAIL);
        assertThat(asked(admin, DataRequestKind.ERASURE, subject, null).state()).isEqualTo("held");
    }

    private LegalHoldView held(String identifier) {
        return holds(admin, h -> h.place(admin, new LegalHoldOrder(null, identifier, "a matter")));
    }

    private LegalHoldView cleared(UUID hold) {
        return holds(admin, h -> h.clear(admin, hold, new ClearanceOrder("settled")));
    }

    // What the core holds
    // ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "'mail Ada@Example.org now', ada@example.org, true",
        "'C-10175', C-1017, false",
        "'{\"t\": \"one\\nada@example.org\"}', ada@example.org, true",
        "'xada@example.org', ada@example.org, false",
        "'(C-1017)', C-1017, true",
        "'a+b', a+b?, false",
        "'is a+b? yes', a+b?, true",
        "'', C-1017, false",
    })
    void aTextSpeaksOfSomebody(String text, String who, boolean expected) {
        boolean speaks =
                database.in(org, em -> (Boolean) em.createNativeQuery("select core.matches_person(:text, :who)")
                        .setParameter("text", text)
                        .setParameter("who", PersonIdentifier.mention(who))
                        .getSingleResult());
        assertThat(speaks).isEqualTo(expected);
    }

    /** An erasure goes on where its last batch ended; what came to lie before that is the next round's. */
    @Test
    void anEventThatABatchPassedOverIsErasedInTheNextRound() throws Exception {
        for (int i = 0; i < 3; i++) {
            event(subject, "{\"amount\": 1}");
        }
        Job job = begun(asked(admin, DataRequestKind.ERASURE, subject, null).id());
        Supplier<PersonalData> events = PrivacyBeans.core().get("event");
        assertThat(erased(job, "event", events, 2)).isEqualTo(2);
        database.sql(
                "insert into core.events (id, org_id, type, source, subject, data, actor_id, request_id, synthetic)"
                        + " values ('%s', '%s', 't', 's', 'x', '{}', '%s', 'r', false)"
                                .formatted(
                                        new UUID(0, ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)),
                                        org,
                                        subject));

        assertThat(erased(job, "event", events, 2)).isEqualTo(1);
        assertThat(erased(job, "event", events, 2)).isZero();
        assertThat(erased(job, "event", events, 2)).isEqualTo(1);
        assertThat(erased(job, "event", events, 2)).isZero();
    }

    /** So that a store which is added to the core is treated by the tests here, with the rights of the application's role. */
    @Test
    void everyStoreOfTheCoreIsTried() throws Exception {
        Path classes = Path.of(DataRequestSteps.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Set<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                Class<?> type = Class.forName(
                        classes.relativize(file)
                                .toString()
                                .replace(".class", "")
                                .replace('/', '.'),
                        false,
                        getClass().getClassLoader());
                if (PersonalData.class.isAssignableFrom(type)) {
                    there.add(type.getName());
                }
            }
        }
        assertThat(this.<List<String>>steps(s -> PrivacyBeans.core().values().stream()
                        .map(source -> source.get().getClass().getName())
                        .toList()))
                .containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void nothingOfSomebodyIsLeftInTheCore() throws Exception {
        plant();
        Map<String, Long> before = new LinkedHashMap<>();
        UUID exportId = asked(admin, DataRequestKind.ACCESS, subject, null).id();
        Job export = begun(exportId);
        steps(s -> {
            PrivacyBeans.core().forEach((source, people) -> s.export(export, source, people.get()));
            return s.finish(export, false, null);
        });
        String exported =
                new String(requests(admin, r -> r.export(admin, exportId, 1)).bytes(), StandardCharsets.UTF_8);
        assertThat(exported).contains("\"core.users\"", "\"core.events\"", "\"core.tokens\"", EMAIL);
        assertThat(dump()).contains(EMAIL);

        UUID id = asked(admin, DataRequestKind.ERASURE, subject, null).id();
        Job job = begun(id);
        PrivacyBeans.core().forEach((source, people) -> {
            before.putAll(steps(s -> s.count(job.actor(), job.subject(), people.get())));
            long treated = 1;
            for (int i = 0; i < 100 && treated > 0; i++) {
                treated = erased(job, source, people, 2);
            }
            assertThat(treated).as(source).isZero();
        });
        for (DataRequestSteps.Table table : steps(s -> s.tables(job.actor()))) {
            if (!table.name().equals("data_requests")) {
                assertThat(traced(job, table)).as("%s", table).isZero();
            }
        }
        assertThat(finished(job)).isEqualTo(DataRequestState.COMPLETED);

        assertThat(before)
                .containsEntry("core.users", 1L)
                .containsEntry("core.memberships", 1L)
                .containsEntry("core.sign_ins", 5L)
                .containsEntry("core.tokens", 2L)
                .containsEntry("core.agents", 2L)
                .containsEntry("core.events", 7L)
                .containsEntry("core.idempotency_keys", 2L)
                .containsEntry("core.data_requests", 1L)
                .containsEntry("core.legal_holds", 1L);
        assertThat(dump())
                .doesNotContainIgnoringCase(EMAIL)
                .doesNotContain(HexFormat.of().formatHex(EMAIL.getBytes(StandardCharsets.UTF_8)));
        Object account = database.in(
                org, em -> em.createNativeQuery("select status || ' ' || name from core.users where id = :id")
                        .setParameter("id", subject)
                        .getSingleResult());
        assertThat(account).isEqualTo("disabled Erased");
        assertThat(dump()).contains("another@example.org");
    }

    /** Who belongs somewhere else, too, keeps their account there. */
    @Test
    void anAccountThatIsUsedElsewhereStays() throws Exception {
        database.sql("insert into core.memberships (id, org_id, user_id, role, created_at)"
                + " values ('%s', '%s', '%s', 'member', now())"
                        .formatted(UUID.randomUUID(), stranger.orgId(), subject));
        Job job = begun(asked(admin, DataRequestKind.ERASURE, subject, null).id());
        assertThat(erased(
                        job,
                        "identity",
                        () -> PrivacyBeans.core().get("identity").get(),
                        100))
                .isEqualTo(1);
        Map<String, Long> left = steps(s -> s.count(
                job.actor(), job.subject(), PrivacyBeans.core().get("identity").get()));
        assertThat(left).isEmpty();
        assertThat(dump()).contains(EMAIL);
    }

    private void plant() throws Exception {
        for (int i = 0; i < 5; i++) {
            database.sql("insert into core.sign_ins (id, org_id, user_id, created_at, expires_at)"
                    + " values ('%s', '%s', '%s', now(), now() + interval '1 day')"
                            .formatted(UUID.randomUUID(), org, subject));
            event(subject, "{\"amount\": 1}");
        }
        event(admin.userId(), "{\"to\": \"" + EMAIL + "\", \"name\": \"Some Body\"}");
        event(null, "{\"text\": \"a\\nmail from " + EMAIL + "\"}");
        event(admin.userId(), "{\"to\": \"another@example.org\"}");
        database.sql("insert into core.tokens (id, org_id, user_id, name, hash, permissions, created_at) values"
                + " ('%s', '%s', '%s', 'mine', repeat('a', 43), 0, now()), ('%s', '%s', '%s', 'for %s', repeat('b', 43), 0, now())"
                        .formatted(UUID.randomUUID(), org, subject, UUID.randomUUID(), org, admin.userId(), EMAIL));
        database.sql("insert into core.agents (id, org_id, name, description, model, status, created_by, created_at,"
                + " changed_at) values ('%s', '%s', 'a', '', 'm', 'active', '%s', now(), now()),"
                        .formatted(UUID.randomUUID(), org, subject)
                + " ('%s', '%s', 'b', 'Ask %s.', 'm', 'active', '%s', now(), now())"
                        .formatted(UUID.randomUUID(), org, EMAIL, admin.userId()));
        database.sql("insert into core.idempotency_keys (org_id, principal, key, fingerprint, status, media_type, body)"
                + " values ('%s', '%s', 'k', '', 200, 'application/json', convert_to('{}', 'UTF8')),"
                        .formatted(org, subject)
                + " ('%s', '%s', 'k', '', 200, 'application/json', convert_to('{\"email\":\"%s\"}', 'UTF8'))"
                        .formatted(org, admin.userId(), EMAIL));
        cleared(holds(admin, h -> h.place(admin, new LegalHoldOrder(null, EMAIL, "the matter of " + EMAIL)))
                .id());
    }

    private void event(UUID actor, String data) throws Exception {
        database.sql(
                "insert into core.events (id, org_id, type, source, subject, data, actor_id, request_id, synthetic)"
                        + " values ('%s', '%s', 't', 's', 'x', '%s', %s, 'r', false)"
                                .formatted(
                                        UuidCreator.getTimeOrderedEpoch(),
                                        org,
                                        data,
                                        actor == null ? "null" : "'" + actor + "'"));
    }

    /** Every row of every table of the platform, as text. */
    private static String dump() {
        return database.in(null, em -> {
            StringBuilder all = new StringBuilder();
            try {
                database.sql("create table if not exists public.dump (line text)");
                database.sql("truncate public.dump");
                database.sql(
                        "do $$ declare t record; begin for t in select c.oid::regclass as name from pg_class c"
                                + " join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'core' and c.relkind = 'r' loop"
                                + " execute format('insert into public.dump select t::text from %s t', t.name); end loop; end $$");
                database.sql("grant select on public.dump to public; grant usage on schema public to public");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            List<?> lines = em.createNativeQuery("select line from public.dump").getResultList();
            lines.forEach(line -> all.append(line).append('\n'));
            return all.toString();
        });
    }

    // ---------------------------------------------------------------------------------------------

    private Actor platform() {
        return Actor.platform(org, "test");
    }

    private Optional<DataRequestSteps.Claim> claimed(UUID lease) {
        return beans.in(null, em -> beans.steps(em).claim(lease));
    }

    private Job begun(UUID id) {
        UUID lease = UUID.randomUUID();
        while (true) {
            Optional<DataRequestSteps.Claim> claim = claimed(lease);
            assertThat(claim).isPresent();
            if (claim.get().request().equals(id)) {
                return steps(s -> s.begin(platform(), id, lease));
            }
        }
    }

    private static Void tally(DataRequestSteps steps, Job job, PersonalData people) {
        steps.tally(job, "rows", people);
        return null;
    }

    private DataRequestView asked(Actor actor, DataRequestKind kind, UUID userId, String identifier) {
        return requests(actor, r -> r.create(actor, new DataRequestOrder(kind, userId, identifier)));
    }

    private String state(UUID id) {
        return requests(admin, r -> r.find(admin, id)).state();
    }

    private boolean suspended() {
        return beans.in(org, em -> em.createNativeQuery(
                                "select status from core.memberships where user_id = :id", String.class)
                        .setParameter("id", subject)
                        .getSingleResult())
                .equals("suspended");
    }

    private long erased(Job job, String source, Supplier<PersonalData> people, int most) {
        return steps(s -> s.erase(job, source, people.get(), most));
    }

    private DataRequestState finished(Job job) {
        return steps(s -> s.finish(job, true, "none"));
    }

    private long traced(Job job, DataRequestSteps.Table table) {
        return steps(s -> s.traces(job.actor(), table, EMAIL));
    }

    private <T> T steps(Function<DataRequestSteps, T> work) {
        return beans.in(org, em -> work.apply(beans.steps(em)));
    }

    private static <T> T requests(Actor actor, Function<DataRequests, T> work) {
        return beans.requests(actor, work);
    }

    private static <T> T holds(Actor actor, Function<LegalHolds, T> work) {
        return beans.in(actor.orgId(), em -> work.apply(PrivacyBeans.holds(em)));
    }

    private static void refused(ErrorCode code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                .isEqualTo(code));
    }

    /** So many rows about anybody. */
    private static final class Rows implements PersonalData {

        private long left;

        Rows(long left) {
            this.left = left;
        }

        @Override
        public Map<String, Long> count(Actor actor, Subject subject) {
            return left == 0 ? Map.of() : Map.of("rows", left);
        }

        @Override
        public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
            for (long i = 0; i < left; i++) {
                sink.accept("rows", Map.of("number", i, "text", "Something about them."));
            }
        }

        @Override
        public Map<String, Long> erase(Actor actor, Subject subject, int most) {
            long treated = Math.min(left, most);
            left -= treated;
            return treated == 0 ? Map.of() : Map.of("rows", treated);
        }
    }
}
