package io.thespace.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.identity.MembershipRole;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.PersonalData.Subject;
import io.thespace.plugin.api.Role;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A thousand random spellings of 50 identifiers in every store of the core, as the application's role. The identifiers are
 * spread over organizations of two people, since each of the statements reads all rows of an organization; what is planted in
 * one organization is foreign to the others.
 */
class PersonIdentifiersDatabaseTest {

    private static final int ORGANIZATIONS = 25;
    private static final int IDENTIFIERS = 2;
    private static final int SPELLINGS = 20;

    /** The maximum of rows erased in one step. */
    private static final int BATCH = 15;

    private static final int FEW = 3;

    private static PrivacyBeans beans;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final PersonSpellings people = new PersonSpellings(seed);

    @BeforeAll
    static void start() throws Exception {
        beans = new PrivacyBeans();
    }

    @AfterAll
    static void stop() throws Exception {
        beans.close();
    }

    /** An organization with an owner, an agent and a channel. */
    private static final class Organization {
        final UUID id = UuidCreator.getTimeOrderedEpoch();
        final UUID owner = UUID.randomUUID();
        final UUID agent = UUID.randomUUID();
        final UUID epoch = UUID.randomUUID();
        final UUID run = UUID.randomUUID();
        final UUID webhook = UUID.randomUUID();
        final Actor platform = Actor.platform(id, "test");
        final Actor admin = new Actor(id, owner, Role.USER, null, "test", null, null, false)
                .with(MembershipRole.OWNER.permissions());

        /** By identifier, its spellings. */
        final Map<String, List<String>> people = new LinkedHashMap<>();

        /** By identifier that is an e-mail address, its user. */
        final Map<String, UUID> users = new HashMap<>();

        Organization() throws SQLException {
            beans.database()
                    .sql(("insert into core.organizations (id, name, created_at) values ('%1$s', 'O', now());"
                                    + " insert into core.agents (id, org_id, name, description, model, status, created_at, changed_at)"
                                    + " values ('%2$s', '%1$s', 'a', '', 'm', 'active', now(), now());"
                                    + " insert into core.channels (epoch, org_id, id, name, visibility, created_at, changed_at)"
                                    + " values ('%3$s', '%1$s', 'general', 'General', 'public', now(), now());"
                                    + " insert into core.workflows (org_id, id, latest, status, created_at, changed_at)"
                                    + " values ('%1$s', 'w', 1, 'active', now(), now());"
                                    + " insert into core.workflow_versions (org_id, workflow_id, number, name, format, source,"
                                    + " engine_definition, created_at) values ('%1$s', 'w', 1, 'W', 'bpmn', '', 'd', now());"
                                    + " insert into core.workflow_runs (id, org_id, workflow_id, workflow_version, state, input, started_at)"
                                    + " values ('%4$s', '%1$s', 'w', 1, 'completed', '{}', now());"
                                    + " insert into core.webhooks (id, org_id, url, secret, enabled, created_at, changed_at)"
                                    + " values ('%5$s', '%1$s', 'https://hooks.example/', '', true, now(), now())")
                            .formatted(id, agent, epoch, run, webhook));
            user(owner, owner + "@sandbox.invalid", "owner");
        }

        void user(UUID user, String email, String role) throws SQLException {
            try (Connection connection = beans.database().owner();
                    PreparedStatement insert = connection.prepareStatement(
                            "with made as (insert into core.users (id, email, name, created_at) values (?, ?, 'U', now()))"
                                    + " insert into core.memberships (id, org_id, user_id, role, created_at)"
                                    + " values (gen_random_uuid(), ?, ?, ?, now())")) {
                insert.setObject(1, user);
                insert.setString(2, PersonIdentifier.normalForm(email));
                insert.setObject(3, id);
                insert.setObject(4, user);
                insert.setString(5, role);
                insert.executeUpdate();
            }
        }

        /** In one statement. */
        void plant(PersonStore store, List<Planted> rows) {
            String sql = "with planted(id, text, key, author) as"
                    + " (select * from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[])) "
                    + store.insert()
                            .replace(":org", "'" + id + "'::uuid")
                            .replace(":owner", "'" + owner + "'::uuid")
                            .replace(":agent", "'" + agent + "'::uuid")
                            .replace(":run", "'" + run + "'::uuid")
                            .replace(":webhook", "'" + webhook + "'::uuid")
                            .replace(":epoch", "'" + epoch + "'::uuid");
            try (Connection connection = beans.database().owner();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                array(statement, 1, "uuid", rows, Planted::id);
                array(statement, 2, "text", rows, Planted::text);
                array(statement, 3, "text", rows, row -> PersonIdentifier.normalForm(row.text()));
                array(statement, 4, "uuid", rows, Planted::author);
                assertThat(statement.executeUpdate()).isEqualTo(rows.size());
            } catch (SQLException e) {
                throw new IllegalStateException(store.name(), e);
            }
        }

        private static void array(
                PreparedStatement statement, int index, String type, List<Planted> rows, Function<Planted, ?> column)
                throws SQLException {
            statement.setArray(
                    index,
                    statement
                            .getConnection()
                            .createArrayOf(type, rows.stream().map(column).toArray()));
        }
    }

    /** @param author the user who wrote it; null for a person without a data request */
    private record Planted(UUID id, String text, UUID author) {

        static List<Planted> of(List<String> texts, UUID author) {
            return texts.stream()
                    .map(text -> new Planted(UuidCreator.getTimeOrderedEpoch(), text, author))
                    .toList();
        }
    }

    @Test
    void accessFindsAllErasureLeavesNoneAndOthersStay() throws Exception {
        List<Organization> organizations = new ArrayList<>();
        List<UUID> others = new ArrayList<>();
        Map<Organization, List<Planted>> planted = new LinkedHashMap<>();
        for (int i = 0; i < ORGANIZATIONS * IDENTIFIERS; i++) {
            if (i % IDENTIFIERS == 0) {
                organizations.add(new Organization());
                planted.put(organizations.get(organizations.size() - 1), new ArrayList<>());
            }
            Organization organization = organizations.get(organizations.size() - 1);
            String identifier = PersonSpellings.identifier(i);
            List<String> all = new ArrayList<>(List.of(identifier));
            while (all.size() < SPELLINGS) {
                all.add(people.spelling(identifier));
            }
            organization.people.put(identifier, all);
            if (identifier.contains("@")) {
                UUID user = UUID.randomUUID();
                organization.users.put(identifier, user);
                organization.user(user, all.get(random.nextInt(SPELLINGS)), "member");
            }
            List<Planted> similar = Planted.of(
                    List.of(
                            "x" + identifier,
                            identifier + "x",
                            identifier.contains("@") ? "x." + identifier : "9" + identifier,
                            identifier.contains("@") ? identifier + ".au" : identifier + "\u0301"),
                    null);
            similar.forEach(one -> others.add(one.id()));
            planted.get(organization).addAll(Planted.of(all, organization.users.get(identifier)));
            planted.get(organization).addAll(similar);
            // The same person in an organization that is not asked.
            Organization elsewhere = organizations.get(random.nextInt(organizations.size()));
            if (elsewhere != organization) {
                List<Planted> there = Planted.of(List.of(identifier), null);
                others.add(there.get(0).id());
                planted.get(elsewhere).addAll(there);
            }
        }
        planted.forEach((organization, rows) -> PersonStore.ALL.forEach(store -> organization.plant(store, rows)));
        Map<String, List<String>> before = rowsOf(others);

        for (Organization organization : organizations) {
            for (String identifier : organization.people.keySet()) {
                isFoundAndErased(organization, identifier);
            }
        }
        assertThat(rowsOf(others)).as("seed %d", seed).isEqualTo(before);
    }

    private void isFoundAndErased(Organization organization, String identifier) {
        List<String> spellings = organization.people.get(identifier);
        String asked = spellings.get(random.nextInt(SPELLINGS));
        String as = "seed %d, %s as %s".formatted(seed, identifier, asked);
        UUID user = organization.users.get(identifier);
        // One transaction, since a new connection compiles the expressions anew.
        beans.in(organization.id, em -> {
            Subject subject = PrivacyBeans.subjects(em).find(organization.admin, null, asked);
            assertThat(subject.userId()).as(as).isEqualTo(user);
            Map<String, Long> counted = new HashMap<>();
            Map<String, Long> exported = new HashMap<>();
            PrivacyBeans.core().values().forEach(source -> {
                counted.putAll(source.get().count(organization.platform, subject));
                source.get()
                        .export(organization.platform, subject, (store, row) -> exported.merge(store, 1L, Long::sum));
            });
            Map<String, Long> found = traces(em, organization, subject);
            for (PersonStore store : PersonStore.ALL) {
                boolean answers =
                        store.who() == PersonStore.Who.NAMED || (store.who() == PersonStore.Who.AUTHOR && user != null);
                long expected = answers ? SPELLINGS : 0;
                assertThat(counted.getOrDefault(store.name(), 0L))
                        .as(as + " " + store.name())
                        .isEqualTo(expected);
                if (store.exported()) {
                    assertThat(exported.getOrDefault(store.name(), 0L))
                            .as(as + " " + store.name())
                            .isEqualTo(expected);
                }
                assertThat(found.get(store.name())).as(as + " " + store.name()).isGreaterThanOrEqualTo(SPELLINGS);
            }
            if (user != null) {
                assertThat(counted).as(as).containsEntry("core.users", 1L).containsEntry("core.memberships", 1L);
                assertThat(exported).as(as).containsEntry("core.users", 1L);
            }
            for (Supplier<PersonalData> source : PrivacyBeans.core().values()) {
                while (!source.get()
                        .erase(organization.platform, subject, BATCH)
                        .isEmpty()) {
                    // A batch at a time.
                }
                assertThat(source.get().count(organization.platform, subject))
                        .as(as)
                        .isEmpty();
            }
            Map<String, Long> left = traces(em, organization, subject);
            for (PersonStore store : PersonStore.ALL) {
                boolean answers =
                        store.who() == PersonStore.Who.NAMED || (store.who() == PersonStore.Who.AUTHOR && user != null);
                assertThat(left.get(store.name())).as(as + " " + store.name()).isEqualTo(answers ? 0L : SPELLINGS);
            }
            if (user != null) {
                assertThat(em.createNativeQuery("select name from core.users where id = :id")
                                .setParameter("id", user)
                                .getSingleResult())
                        .as(as)
                        .isEqualTo("Erased");
            }
            return null;
        });
    }

    /** Under plans that look a subquery up again for each row, too. */
    @Test
    void noMoreIsErasedAtOnceThanAsked() throws Exception {
        Organization organization = new Organization();
        String identifier = PersonSpellings.identifier(0);
        List<Planted> rows = Planted.of(Collections.nCopies(SPELLINGS, identifier), organization.owner);
        PersonStore.ALL.forEach(store -> organization.plant(store, rows));
        beans.in(organization.id, em -> {
            Subject subject = new Subject(organization.owner, identifier);
            for (String plan : List.of("hashjoin", "mergejoin", "hashagg", "sort", "material", "memoize")) {
                em.createNativeQuery("set local enable_" + plan + " = off").executeUpdate();
            }
            PrivacyBeans.core().forEach((capability, source) -> {
                Map<String, Long> erased;
                do {
                    erased = source.get().erase(organization.platform, subject, FEW);
                    assertThat(erased.values()).as(capability).allMatch(count -> count <= FEW);
                } while (!erased.isEmpty());
            });
            return null;
        });
    }

    /** Data without a responsible store is found by the search of every row, as text and in bytes. */
    @Test
    void theSearchFindsEverySpelling() throws Exception {
        PersonStore quoting = new PersonStore(
                "core.memories",
                PersonStore.Who.NOBODY,
                false,
                "insert into core.memories (id, org_id, content, content_hash, importance, valid_from, created_at,"
                        + " changed_at) select id, :org, 'Call ' || text || ', then write.', sha256(id::text::bytea), 0.5, now(),"
                        + " now(), now() from planted");
        Organization organization = null;
        for (int i = 0; i < ORGANIZATIONS * IDENTIFIERS; i++) {
            organization = i % IDENTIFIERS == 0 ? new Organization() : organization;
            Organization here = organization;
            String identifier = PersonSpellings.identifier(i);
            List<String> all = new ArrayList<>();
            for (int n = 0; n < SPELLINGS; n++) {
                all.add(people.spelling(identifier));
            }
            here.plant(quoting, Planted.of(all, null));
            assertThat(beans.<Map<String, Long>>in(here.id, em -> traces(em, here, new Subject(null, identifier)))
                            .get("core.memories"))
                    .as("seed %d, %s", seed, all)
                    .isEqualTo(SPELLINGS);
        }
    }

    /** A customer's number of digits is in no id, position or time, which no erasure could ever take it from. */
    @Test
    void aNumberIsFoundInTextsOnly() throws Exception {
        Organization organization = new Organization();
        UUID amid = UUID.fromString("018f0000-2091-7000-8000-%012d".formatted(random.nextInt(1_000_000)));
        beans.database()
                .sql(("insert into core.event_log (position, event_id, org_id) values (209101, '%1$s', '%2$s');"
                                + " insert into core.events (id, org_id, type, source, subject, data, request_id, synthetic) values"
                                + " ('%1$s', '%2$s', 't', 's', '%1$s', '{\"of\": \"%1$s\"}', 'run-%1$s', false);"
                                + " insert into core.memories (id, org_id, content, content_hash, importance, valid_from, created_at,"
                                + " changed_at) values ('%1$s', '%2$s', 'x', sha256('x'), 0.5, '2091-01-01 00:00:00.209101+00', now(), now());"
                                + " update core.memory_embeddings set embedding = array[2091, 209101] where memory_id = '%1$s'")
                        .formatted(amid, organization.id));

        for (String number : List.of("209101", "2091")) {
            Subject subject = new Subject(null, number);
            beans.in(organization.id, em -> {
                for (String table : List.of("event_log", "events", "memories", "memory_embeddings")) {
                    assertThat(traces(em, organization, subject, table))
                            .as(table)
                            .isZero();
                }
                assertThat(PrivacyBeans.core().get("event").get().erase(organization.platform, subject, BATCH))
                        .isEmpty();
                return null;
            });
        }
        beans.database().sql("update core.events set data = '{\"customer\": 2091}' where id = '%s'".formatted(amid));
        Subject customer = new Subject(null, "2091");
        assertThat(beans.<Long>in(organization.id, em -> traces(em, organization, customer, "events")))
                .isEqualTo(1);
    }

    private static long traces(EntityManager em, Organization organization, Subject subject, String table) {
        return beans.steps(em)
                .traces(organization.platform, new DataRequestSteps.Table("core", table, false), subject.identifier());
    }

    /** Every character. */
    @Test
    void theDatabaseMakesTextsPlainAsJavaDoes() throws SQLException {
        try (Connection owner = beans.database().owner();
                PreparedStatement query = owner.prepareStatement("select core.plain(?)")) {
            for (int from = 1; from <= Character.MAX_CODE_POINT; from += 256) {
                StringBuilder text = new StringBuilder();
                for (int point = from; point < from + 256 && point <= Character.MAX_CODE_POINT; point++) {
                    if (Character.isDefined(point) && Character.getType(point) != Character.SURROGATE) {
                        text.appendCodePoint(point).append('|');
                    }
                }
                query.setString(1, text.toString());
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    assertThat(row.getString(1)).isEqualTo(PersonIdentifier.plain(text.toString()));
                }
            }
        }
    }

    /** By store, the rows of these ids, in any organization. */
    private static Map<String, List<String>> rowsOf(List<UUID> ids) throws SQLException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (PersonStore store : PersonStore.ALL) {
            try (Connection owner = beans.database().owner();
                    PreparedStatement query = owner.prepareStatement("select t::text from " + store.name() + " t where "
                            + store.key() + " = any (?::uuid[]) order by 1")) {
                query.setArray(1, owner.createArrayOf("uuid", ids.toArray()));
                List<String> found = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        found.add(row.getString(1));
                    }
                }
                assertThat(found).as(store.name()).hasSize(ids.size());
                rows.put(store.name(), found);
            }
        }
        return rows;
    }

    /** By store. */
    private static Map<String, Long> traces(EntityManager em, Organization organization, Subject subject) {
        DataRequestSteps steps = beans.steps(em);
        Map<String, Long> traces = new LinkedHashMap<>();
        for (PersonStore store : PersonStore.ALL) {
            String[] name = store.name().split("\\.", 2);
            traces.put(
                    store.name(),
                    steps.traces(
                            organization.platform,
                            new DataRequestSteps.Table(name[0], name[1], false),
                            subject.identifier()));
        }
        return traces;
    }
}
