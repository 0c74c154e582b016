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
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

    /** How many rows are erased in one step. */
    private static final int BATCH = 15;

    private static final String[] NAMES = {
        "zo\u00eb",
        "stra\u00dfner",
        "\u00c5sa",
        "jos\u00e9",
        "\u0141ukasz",
        "\u03bf\u03b4\u03c5\u03c3\u03c3\u03b5\u03c5\u03c2",
        "\u0438\u0432\u0430\u043d",
        "weiss",
        "anna"
    };
    private static final String[] DOMAINS = {
        "example.org", "m\u00fcnchen.example", "\u043f\u0440\u0438\u043c\u0435\u0440.example", "shop.example"
    };

    /**
     * A store with the statement that plants identifiers, of the rows {@code planted(id, text, key)}.
     *
     * @param who which of the rows about a person an erasure treats
     * @param exported whether it hands out all that it counts
     */
    private record Store(String name, Who who, boolean exported, String insert) {

        /** The column that holds a planted row's id. */
        String key() {
            return switch (name) {
                case "core.idempotency_keys" -> "key::uuid";
                case "core.channels" -> "epoch";
                default -> "id";
            };
        }
    }

    /** Whose rows a store answers for. */
    private enum Who {
        /** Those that name the person. */
        NAMED,
        /** Those that the person, who is a user, wrote. */
        AUTHOR,
        /** None: only the search finds them, and an administrator removes them. */
        NOBODY
    }

    private static final List<Store> STORES = List.of(
            new Store(
                    "core.memories",
                    Who.NAMED,
                    true,
                    "insert into core.memories (id, org_id, content, content_hash, importance, valid_from, subject, subject_key,"
                            + " created_at, changed_at) select id, :org, id::text, sha256(id::text::bytea), 0.5, now(), text, key, now(),"
                            + " now() from planted"),
            new Store(
                    "core.sessions",
                    Who.NAMED,
                    true,
                    "insert into core.sessions (id, org_id, agent_id, subject, subject_key, metadata, status, idle_seconds, idle_at,"
                            + " created_at) select id, :org, :agent, text, key, '{}', 'active', 60, now(), now() from planted"),
            new Store(
                    "core.events",
                    Who.NAMED,
                    true,
                    "insert into core.events (id, org_id, type, source, subject, data, request_id, synthetic) select id, :org, 't',"
                            + " 's', 'x', jsonb_build_object('to', e'one\\ntwo\\n' || text || ', three'), 'r', false from planted"),
            new Store(
                    "core.tokens",
                    Who.NAMED,
                    true,
                    "insert into core.tokens (id, org_id, user_id, name, hash, permissions, created_at) select id, :org, :owner,"
                            + " 'for ' || text, rpad(replace(id::text, '-', ''), 43, 'x'), 0, now() from planted"),
            new Store(
                    "core.agents",
                    Who.NAMED,
                    true,
                    "insert into core.agents (id, org_id, name, description, model, status, created_at, changed_at) select id,"
                            + " :org, id::text, 'Ask ' || text || '.', 'm', 'active', now(), now() from planted"),
            new Store(
                    "core.invitations",
                    Who.NAMED,
                    true,
                    "insert into core.invitations (id, org_id, code, pin_hash, name, role, most_uses, expires_at, created_at)"
                            + " select id, :org, translate(upper(substr(md5(id::text), 1, 20)), 'ILOU', '0000'), 'h', '(' || text || ')',"
                            + " 'member', 1, now(), now() from planted"),
            new Store(
                    "core.idempotency_keys",
                    Who.NAMED,
                    false,
                    "insert into core.idempotency_keys (org_id, principal, key, fingerprint, status, media_type, body) select :org,"
                            + " :owner, id::text, '', 200, 'application/json', convert_to('{\"email\":\"' || text || '\"}', 'UTF8')"
                            + " from planted"),
            new Store(
                    "core.legal_holds",
                    Who.NAMED,
                    false,
                    "insert into core.legal_holds (id, org_id, identifier, reason, placed_by, placed_at, cleared_by, cleared_at,"
                            + " cleared_reason) select id, :org, text, 'r', :owner, now(), :owner, now(), 'c' from planted"),
            new Store(
                    "core.data_requests",
                    Who.NAMED,
                    false,
                    "insert into core.data_requests (id, org_id, kind, identifier, state, requested_by, created_at, due_at) select"
                            + " id, :org, 'access', text, 'completed', :owner, now(), now() from planted"),
            new Store(
                    "core.channel_messages",
                    Who.AUTHOR,
                    true,
                    "insert into core.channel_messages (id, org_id, epoch, at_offset, sender_id, sent_at, data) select id, :org,"
                            + " :epoch, (select count(*) from core.channel_messages) + row_number() over (), author, now(),"
                            + " jsonb_build_object('text', 'Ask ' || text || '!')::text from planted"),
            new Store(
                    "core.channels",
                    Who.NOBODY,
                    false,
                    "insert into core.channels (epoch, org_id, id, name, visibility, created_at, changed_at) select id, :org,"
                            + " id::text, text || ' and others', 'private', now(), now() from planted"));

    private static PrivacyBeans beans;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

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
                                    + " values ('%3$s', '%1$s', 'general', 'General', 'public', now(), now())")
                            .formatted(id, agent, epoch));
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
        void plant(Store store, List<Planted> rows) {
            String sql = "with planted(id, text, key, author) as"
                    + " (select * from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[])) "
                    + store.insert()
                            .replace(":org", "'" + id + "'::uuid")
                            .replace(":owner", "'" + owner + "'::uuid")
                            .replace(":agent", "'" + agent + "'::uuid")
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

    /** @param author the user who wrote it; null for somebody whom nobody asks about */
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
            String identifier = identifier(i);
            List<String> all = new ArrayList<>(List.of(identifier));
            while (all.size() < SPELLINGS) {
                all.add(spelling(identifier));
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
        planted.forEach((organization, rows) -> STORES.forEach(store -> organization.plant(store, rows)));
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
            for (Store store : STORES) {
                boolean answers = store.who() == Who.NAMED || (store.who() == Who.AUTHOR && user != null);
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
            for (Store store : STORES) {
                boolean answers = store.who() == Who.NAMED || (store.who() == Who.AUTHOR && user != null);
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

    /** What nobody answers for is found by the look at every row, as text and in bytes. */
    @Test
    void theSearchFindsEverySpelling() throws Exception {
        Store quoting = new Store(
                "core.memories",
                Who.NOBODY,
                false,
                "insert into core.memories (id, org_id, content, content_hash, importance, valid_from, created_at,"
                        + " changed_at) select id, :org, 'Call ' || text || ', then write.', sha256(id::text::bytea), 0.5, now(),"
                        + " now(), now() from planted");
        Organization organization = null;
        for (int i = 0; i < ORGANIZATIONS * IDENTIFIERS; i++) {
            organization = i % IDENTIFIERS == 0 ? new Organization() : organization;
            Organization here = organization;
            String identifier = identifier(i);
            List<String> all = new ArrayList<>();
            for (int n = 0; n < SPELLINGS; n++) {
                all.add(spelling(identifier));
            }
            here.plant(quoting, Planted.of(all, null));
            assertThat(beans.<Map<String, Long>>in(here.id, em -> traces(em, here, new Subject(null, identifier)))
                            .get("core.memories"))
                    .as("seed %d, %s", seed, all)
                    .isEqualTo(SPELLINGS);
        }
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

    private String identifier(int i) {
        String name = NAMES[i % NAMES.length] + "-" + i;
        return switch (i % 3) {
            case 0 -> "c-" + name;
            case 1 -> name;
            default -> name + "@" + DOMAINS[i % DOMAINS.length];
        };
    }

    /** The same identifier, spelled in another way. */
    private String spelling(String identifier) {
        StringBuilder spelling = new StringBuilder();
        identifier.codePoints().forEach(point -> spelling.append(spelling(point)));
        String text = spelling.toString();
        if (identifier.contains("@") && random.nextInt(4) == 0) {
            int at = identifier.indexOf('@');
            text = identifier.substring(0, at).toUpperCase(Locale.ROOT) + "@"
                    + java.net.IDN.toASCII(identifier.substring(at + 1));
        }
        Normalizer.Form[] forms = Normalizer.Form.values();
        text = Normalizer.normalize(
                text, random.nextBoolean() ? Normalizer.Form.NFC : forms[random.nextInt(forms.length)]);
        assertThat(PersonIdentifier.same(text, identifier))
                .as("seed %d, %s and %s", seed, text, identifier)
                .isTrue();
        return text;
    }

    private String spelling(int point) {
        String one = Character.toString(point);
        String text =
                switch (random.nextInt(6)) {
                    case 0, 1 -> one.toUpperCase(Locale.ROOT);
                    case 2 -> one.toLowerCase(Locale.ROOT);
                    // Full width.
                    case 3 -> point > 0x20 && point < 0x7f ? Character.toString(point + 0xfee0) : one;
                    case 4 -> Normalizer.normalize(one, Normalizer.Form.NFD);
                    default -> one;
                };
        return random.nextInt(12) == 0 ? text + "\u200b" : text;
    }

    /** By store, the rows of these ids, in any organization. */
    private static Map<String, List<String>> rowsOf(List<UUID> ids) throws SQLException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Store store : STORES) {
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
        for (Store store : STORES) {
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
