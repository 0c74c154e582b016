package io.thespace.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.agent.AgentPeople;
import io.thespace.audit.AuditPeople;
import io.thespace.endpoint.AnswerPeople;
import io.thespace.event.EventPeople;
import io.thespace.identity.TestDatabase;
import io.thespace.invitation.InvitationPeople;
import io.thespace.memory.MemoryPeople;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.PersonalData.Subject;
import io.thespace.session.SessionPeople;
import io.thespace.token.TokenPeople;
import jakarta.persistence.EntityManager;
import java.lang.reflect.Field;
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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Random spellings of identifiers in every store of the core, as the application's role. */
class PersonIdentifiersDatabaseTest {

    private static final int IDENTIFIERS = 50;
    private static final int SPELLINGS = 24;

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

    /** The stores that hand out all that they count. */
    private static final List<String> EXPORTED =
            List.of("core.memories", "core.sessions", "core.events", "core.tokens", "core.agents", "core.invitations");

    private static final Pattern NAMED = Pattern.compile("(?<![:\\w']):(id|org|user|agent|text|key|other)\\b");

    private static TestDatabase database;
    private static final ThreadLocal<EntityManager> CURRENT = new ThreadLocal<>();

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final UUID org = UuidCreator.getTimeOrderedEpoch();
    private final UUID agent = UUID.randomUUID();
    private final UUID user = UUID.randomUUID();
    private final Actor platform = Actor.platform(org, "test");

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(
                DataRequest.class,
                LegalHold.class,
                Class.forName("io.thespace.token.Token"),
                Class.forName("io.thespace.agent.Agent"),
                Class.forName("io.thespace.event.Event"),
                Class.forName("io.thespace.memory.Memory"),
                Class.forName("io.thespace.session.Session"),
                Class.forName("io.thespace.session.Message"));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    /** The stores, each with the statement that plants an identifier; its parameters are named. */
    private static final Map<String, String> STORES = new LinkedHashMap<>();

    static {
        STORES.put(
                "core.memories",
                "insert into core.memories (id, org_id, content, content_hash, importance, valid_from, subject, subject_key,"
                        + " created_at, changed_at) values (:id, :org, :other, sha256(:id::text::bytea), 0.5, now(), :text, :key, now(),"
                        + " now())");
        STORES.put(
                "core.sessions",
                "insert into core.sessions (id, org_id, agent_id, subject, subject_key, metadata, status, idle_seconds, idle_at,"
                        + " created_at) values (:id, :org, :agent, :text, :key, '{}', 'active', 60, now(), now())");
        STORES.put(
                "core.events",
                "insert into core.events (id, org_id, type, source, subject, data, request_id, synthetic) values (:id, :org, 't',"
                        + " 's', 'x', jsonb_build_object('to', e'one\\ntwo\\n' || :text || ', three'), 'r', false)");
        STORES.put(
                "core.tokens",
                "insert into core.tokens (id, org_id, user_id, name, hash, permissions, created_at) values (:id, :org, :user,"
                        + " 'for ' || :text, rpad(replace(:id::text, '-', ''), 43, 'x'), 0, now())");
        STORES.put(
                "core.agents",
                "insert into core.agents (id, org_id, name, description, model, status, created_at, changed_at) values (:id,"
                        + " :org, :id::text, 'Ask ' || :text || '.', 'm', 'active', now(), now())");
        STORES.put(
                "core.invitations",
                "insert into core.invitations (id, org_id, code, pin_hash, name, role, most_uses, expires_at, created_at)"
                        + " values (:id, :org, translate(upper(substr(md5(:id::text), 1, 20)), 'ILOU', '0000'), 'h', '(' || :text || ')',"
                        + " 'member', 1, now(), now())");
        STORES.put(
                "core.idempotency_keys",
                "insert into core.idempotency_keys (org_id, principal, key, fingerprint, status, media_type, body) values (:org,"
                        + " :user, :id::text, '', 200, 'application/json', convert_to('{\"email\":\"' || :text || '\"}', 'UTF8'))");
        STORES.put(
                "core.legal_holds",
                "insert into core.legal_holds (id, org_id, identifier, reason, placed_by, placed_at, cleared_by, cleared_at,"
                        + " cleared_reason) values (:id, :org, :text, 'r', :user, now(), :user, now(), 'c')");
        STORES.put(
                "core.data_requests",
                "insert into core.data_requests (id, org_id, kind, identifier, state, requested_by, created_at, due_at) values"
                        + " (:id, :org, 'access', :text, 'completed', :user, now(), now())");
    }

    @Test
    void accessFindsAllErasureLeavesNoneAndOthersStay() throws Exception {
        organization();
        Map<String, List<String>> spellings = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < IDENTIFIERS; i++) {
            String identifier = identifier(i);
            List<String> all = new ArrayList<>(List.of(identifier));
            while (all.size() < SPELLINGS) {
                all.add(spelling(identifier));
            }
            spellings.put(identifier, all);
            others.add("x" + identifier);
            others.add(identifier + "x");
            others.add(identifier.contains("@") ? "x." + identifier : "9" + identifier);
            others.add(identifier.contains("@") ? identifier + ".au" : identifier + "\u0301");
        }
        List<String> planted = new ArrayList<>(others);
        spellings.values().forEach(planted::addAll);
        STORES.forEach((store, insert) -> plant(insert, planted));
        Map<String, List<String>> before = rowsOf(others);

        for (Map.Entry<String, List<String>> each : spellings.entrySet()) {
            Subject subject = new Subject(null, each.getValue().get(random.nextInt(SPELLINGS)));
            String as = "seed %d, %s in %s".formatted(seed, each.getKey(), subject);
            Map<String, Long> counted = new HashMap<>();
            Map<String, Long> exported = new HashMap<>();
            in(em -> {
                for (Supplier<PersonalData> source : sources()) {
                    counted.putAll(source.get().count(platform, subject));
                    source.get().export(platform, subject, (store, row) -> exported.merge(store, 1L, Long::sum));
                }
                return null;
            });
            Map<String, Long> found = traces(subject);
            for (String store : STORES.keySet()) {
                assertThat(counted).as(as).containsEntry(store, (long) SPELLINGS);
                assertThat(found.get(store)).as(as + " " + store).isGreaterThanOrEqualTo(SPELLINGS);
            }
            for (String store : EXPORTED) {
                assertThat(exported).as(as).containsEntry(store, (long) SPELLINGS);
            }
            in(em -> {
                for (Supplier<PersonalData> source : sources()) {
                    while (!source.get().erase(platform, subject, SPELLINGS).isEmpty()) {
                        // A batch at a time.
                    }
                    assertThat(source.get().count(platform, subject)).as(as).isEmpty();
                }
                return null;
            });
            assertThat(traces(subject).values()).as(as).containsOnly(0L);
        }
        assertThat(rowsOf(others)).as("seed %d", seed).isEqualTo(before);
    }

    /** What nobody answers for is found by the look at every row, as text and in bytes. */
    @Test
    void theSearchFindsEverySpelling() throws Exception {
        organization();
        for (int i = 0; i < IDENTIFIERS; i++) {
            String identifier = identifier(i);
            List<String> all = new ArrayList<>();
            for (int n = 0; n < SPELLINGS; n++) {
                all.add(spelling(identifier));
            }
            plant(
                    "insert into core.memories (id, org_id, content, content_hash, importance, valid_from, created_at,"
                            + " changed_at) values (:id, :org, 'Call ' || :text || ', then write.', sha256(:id::text::bytea), 0.5, now(),"
                            + " now(), now())",
                    all);
            assertThat(traces(new Subject(null, identifier)).get("core.memories"))
                    .as("seed %d, %s", seed, all)
                    .isEqualTo(SPELLINGS);
        }
    }

    /** Every character. */
    @Test
    void theDatabaseMakesTextsPlainAsJavaDoes() throws SQLException {
        try (Connection owner = database.owner();
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

    private void organization() throws SQLException {
        database.sql("insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(org));
        database.sql(
                "insert into core.users (id, email, name, created_at) values ('%s', '%s@sandbox.invalid', 'U', now())"
                        .formatted(user, user));
        database.sql(
                "insert into core.memberships (id, org_id, user_id, role, created_at) values ('%s', '%s', '%s', 'owner', now())"
                        .formatted(UUID.randomUUID(), org, user));
        database.sql(
                "insert into core.agents (id, org_id, name, description, model, status, created_at, changed_at) values"
                        + " ('%s', '%s', 'a', '', 'm', 'active', now(), now())".formatted(agent, org));
    }

    private void plant(String insert, List<String> identifiers) {
        List<String> parameters =
                NAMED.matcher(insert).results().map(found -> found.group(1)).toList();
        String sql = NAMED.matcher(insert)
                .replaceAll(found -> found.group(1).matches("text|key|other") ? "?::text" : "?::uuid");
        try (Connection owner = database.owner();
                PreparedStatement statement = owner.prepareStatement(sql)) {
            for (String identifier : identifiers) {
                UUID id = UuidCreator.getTimeOrderedEpoch();
                Map<String, Object> values = Map.of(
                        "id", id,
                        "org", org,
                        "user", user,
                        "agent", agent,
                        "text", identifier,
                        "key", PersonIdentifier.normalForm(identifier),
                        "other", id.toString());
                for (int i = 0; i < parameters.size(); i++) {
                    statement.setObject(i + 1, values.get(parameters.get(i)));
                }
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(insert, e);
        }
    }

    /** By store, the rows that hold one of the texts as it is. */
    private Map<String, List<String>> rowsOf(List<String> texts) throws SQLException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (String store : STORES.keySet()) {
            String text = store.equals("core.idempotency_keys") ? "convert_from(t.body, 'UTF8')" : "t::text";
            try (Connection owner = database.owner();
                    PreparedStatement query = owner.prepareStatement("select " + text + " from " + store
                            + " t where org_id = ? and exists (select from unnest(?::text[]) o where position(o in "
                            + text
                            + ") > 0) order by 1")) {
                query.setObject(1, org);
                query.setArray(2, owner.createArrayOf("text", texts.toArray()));
                List<String> found = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        found.add(row.getString(1));
                    }
                }
                rows.put(store, found);
            }
        }
        return rows;
    }

    /** By store. */
    private Map<String, Long> traces(Subject subject) {
        return in(em -> {
            DataRequestSteps steps = with(new DataRequestSteps(), "em", em);
            Map<String, Long> traces = new LinkedHashMap<>();
            for (String store : STORES.keySet()) {
                String[] name = store.split("\\.", 2);
                traces.put(
                        store,
                        steps.traces(
                                platform, new DataRequestSteps.Table(name[0], name[1], false), subject.identifier()));
            }
            return traces;
        });
    }

    private static List<Supplier<PersonalData>> sources() {
        return List.of(
                () -> wired(new AgentPeople()),
                () -> wired(new AuditPeople()),
                () -> wired(new AnswerPeople()),
                () -> wired(new EventPeople()),
                () -> wired(new InvitationPeople()),
                () -> wired(new MemoryPeople()),
                () -> wired(new PrivacyPeople()),
                () -> wired(new SessionPeople()),
                () -> wired(new TokenPeople()));
    }

    private <T> T in(Function<EntityManager, T> work) {
        return database.in(org, em -> {
            CURRENT.set(em);
            try {
                return work.apply(em);
            } finally {
                CURRENT.remove();
            }
        });
    }

    private static <T> T wired(T bean) {
        return with(bean, "em", CURRENT.get());
    }

    private static <T> T with(T bean, String name, Object part) {
        try {
            Field field = bean.getClass().getDeclaredField(name);
            field.setAccessible(true);
            field.set(bean, part);
            return bean;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
