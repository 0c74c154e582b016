package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.plugin.api.PersonIdentifier;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Somebody is planted everywhere, sees what is held about them, and is then nowhere to be found. */
class DataRequestIT {

    private static final String REQUESTS = "/management/v1/data-requests";
    private static final String HOLDS = "/management/v1/legal-holds";
    private static final String MIRRORCORE = "/api/plugins/mirrorcore";
    private static final String SIMULATOR = "/api/plugins/human_simulator";
    private static final Duration DONE = Duration.ofSeconds(30);

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller owner = space.as(stage.fixtures().member(org, "owner"));
    private final Caller admin = space.as(stage.fixtures().admin(org));

    /** All rows of all tables, as text. */
    private List<String> rowsWith(String text) {
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        List<String> found = new ArrayList<>();
        List<String> tables = stage.database()
                .query("select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                        + " where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'");
        for (String table : tables) {
            stage.database()
                    .query(
                            "select t::text from " + table + " t where position(? in lower(t::text)) > 0"
                                    + " or position(? in t::text) > 0",
                            text,
                            hex)
                    .forEach(row -> found.add(table + ": " + row));
        }
        return found;
    }

    private String asked(String kind, String member, Object subject) {
        return owner.post(REQUESTS, "kind", kind, member, subject).is(201).text("id");
    }

    private JsonNode completed(String id) {
        reached(owner, id, "completed");
        return owner.get(REQUESTS + "/" + id).json();
    }

    private static void reached(Caller caller, String id, String state) {
        Patience.within(
                DONE, () -> assertThat(caller.get(REQUESTS + "/" + id).is(200).text("state"))
                        .as("%s", caller.get(REQUESTS + "/" + id))
                        .isEqualTo(state));
    }

    private static Map<String, Long> treated(JsonNode request, String outcome) {
        Map<String, Long> stores = new TreeMap<>();
        for (JsonNode store : request.path("stores")) {
            if (store.path("outcome").asText().equals(outcome)) {
                stores.put(store.path("store").asText(), store.path("treated").asLong());
            }
        }
        return stores;
    }

    /** Memories, speakers and texts, each in another spelling of one address. */
    @Test
    void aPersonIsFoundInEverySpelling() {
        String name = "zo\u00eb-" + UUID.randomUUID();
        String decomposed = name.replace("\u00eb", "e\u0308").toUpperCase(Locale.ROOT) + "@M\u00dcNCHEN.example";
        owner.send(
                        "POST",
                        "/management/v1/memories",
                        "{\"content\": \"Likes tea.\", \"subject\": {\"identifier\": \"%s\"}}".formatted(decomposed))
                .is(201);
        String quoting = owner.post("/management/v1/memories", "content", "Call " + decomposed + " back.")
                .is(201)
                .get("memory")
                .path("id")
                .asText();
        String asked = name + "@xn--mnchen-3ya.example";

        JsonNode access = completed(asked("access", "identifier", asked));
        assertThat(treated(access, "exported")).containsEntry("core.memories", 1L);

        String erasure = asked("erasure", "identifier", asked);
        reached(owner, erasure, "blocked");
        assertThat(owner.get(REQUESTS + "/" + erasure).is(200).text("reason")).contains("core.memories");
        owner.call("DELETE", "/management/v1/memories/" + quoting).is(204);
        completed(erasure);
        assertThat(rowsWith(decomposed)).isEmpty();
        owner.post(REQUESTS + "/" + erasure + "/verify", "identifier", decomposed)
                .is(200);
    }

    /** As a user's address, in the counters of failed sign-ins, and in the texts of channels. */
    @Test
    void aUserIsFoundByEverySpellingOfTheirAddress() {
        String name = "zo\u00eb-" + UUID.randomUUID();
        List<String> spellings = List.of(
                name + "@m\u00fcnchen.example",
                name.toUpperCase(Locale.ROOT) + "@M\u00dcNCHEN.EXAMPLE",
                Normalizer.normalize(name + "@m\u00fcnchen.example", Normalizer.Form.NFD),
                name + "@xn--mnchen-3ya.example",
                "\uff3a" + name.substring(1) + "@m\u00fcnchen.example",
                "zo\u200b" + name.substring(2) + "@m\u00fcnchen.example");
        Person person = named(spellings.get(1));
        Person colleague = named("x" + spellings.get(0));
        for (String spelling : spellings) {
            space.login(spelling, Fixtures.PASSWORD).is(200);
        }
        guessed(spellings);
        said(person, spellings);
        String channel = said(colleague, spellings);

        JsonNode access = completed(asked("access", "identifier", spellings.get(2)));
        assertThat(access.path("user_id").asText()).isEqualTo(person.id().toString());
        assertThat(treated(access, "exported"))
                .containsEntry("core.users", 1L)
                .containsEntry("core.channel_messages", (long) spellings.size())
                .containsEntry("core.sign_ins", (long) spellings.size());

        String erasure = asked("erasure", "identifier", spellings.get(3));
        reached(owner, erasure, "blocked");
        assertThat(owner.get(REQUESTS + "/" + erasure).is(200).text("reason")).contains("core.channel_messages");
        admin.call("DELETE", "/api/control-center/channels/" + channel).is(204);
        completed(erasure);

        assertThat(stage.database().query("select name from core.users where id = ?", person.id()))
                .containsExactly("Erased");
        assertThat(stage.database().query("select email from core.users where id = ?", colleague.id()))
                .containsExactly(colleague.email());
        for (String spelling : spellings) {
            // The colleague's address ends with the first.
            assertThat(rowsWith(spelling.toLowerCase(Locale.ROOT)))
                    .allMatch(row -> row.contains(colleague.id().toString()));
            assertThat(redis(new String(spelling.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)))
                    .isEmpty();
        }
    }

    private Person named(String email) {
        Person person = stage.fixtures().user(org);
        String normal = PersonIdentifier.normalForm(email);
        stage.database().execute("update core.users set email = ? where id = ?", normal, person.id());
        return new Person(person.id(), org, normal);
    }

    /** Wrong passwords count together, however the address is spelled. */
    private void guessed(List<String> spellings) {
        for (int i = 0; i < 10; i++) {
            space.anonymous()
                    .from("203.0.113." + (100 + i))
                    .post("/api/auth/login", "email", spellings.get(i % spellings.size()), "password", "wrong")
                    .refused(401);
        }
        space.anonymous()
                .from("203.0.113.120")
                .post("/api/auth/login", "email", spellings.get(4), "password", Fixtures.PASSWORD)
                .refused(429);
    }

    /** In a channel of their own, whose id is returned. */
    private String said(Person sender, List<String> texts) {
        String channel = "c-" + sender.id();
        admin.post("/api/control-center/channels", "id", channel, "name", "Channel", "visibility", "organization")
                .is(201);
        for (int i = 0; i < texts.size(); i++) {
            stage.database()
                    .execute(
                            "insert into core.channel_messages (id, org_id, epoch, at_offset, sender_id, sent_at, data)"
                                    + " select ?, org_id, epoch, ?, ?, now(), jsonb_build_object('text', ?::text)::text"
                                    + " from core.channels where org_id = ? and id = ?",
                            UUID.randomUUID(),
                            (long) i + 1,
                            sender.id(),
                            "Ask " + texts.get(i) + "!",
                            org,
                            channel);
        }
        return channel;
    }

    @Test
    void nobodyFindsWhoWasErased() throws Exception {
        Person person = stage.fixtures().user(org);
        Caller them = space.as(person);
        String email = person.email();
        plant(person, them);

        JsonNode access = completed(asked("access", "user_id", person.id()));
        assertThat(treated(access, "exported"))
                .containsKeys(
                        "core.users",
                        "core.sign_ins",
                        "core.tokens",
                        "core.agents",
                        "core.events",
                        "mirrorcore.turn",
                        "financial_business.account",
                        "human_simulator.calendar");
        assertThat(export(access.path("id").asText()))
                .contains("My number is 555.", email, "the-space-personal-data/1");
        assertThat(rowsWith(email)).isNotEmpty();

        String id = asked("erasure", "user_id", person.id());
        JsonNode erasure = completed(id);

        assertThat(treated(erasure, "erased"))
                .containsKeys(
                        "core.users",
                        "core.memberships",
                        "core.sign_ins",
                        "core.tokens",
                        "core.agents",
                        "core.events",
                        "core.idempotency_keys",
                        "core.data_exports",
                        "mirrorcore.turn",
                        "human_simulator.calendar");
        assertThat(treated(erasure, "kept")).containsKeys("core.audit_events", "financial_business.account");
        assertThat(rowsWith(email)).isEmpty();
        assertThat(redis(email)).isEmpty();
        assertThat(stage.database().query("select name from core.users where id = ?", person.id()))
                .containsExactly("Erased");
        space.login(email, Fixtures.PASSWORD).refused(401);
        them.get("/api/auth/me").refused(401);
        owner.get(REQUESTS + "/" + access.path("id").asText() + "/export").refused(409, "CONFLICT");

        String receipt = owner.get(REQUESTS + "/" + id + "/receipt").is(200).text("jws");
        assertThat(signed(receipt)).isTrue();
        assertThat(signed(receipt.replaceFirst("\\.e", ".f"))).isFalse();
        assertThat(Jwt.claims(receipt).get("sub").toString())
                .contains(person.id().toString());
        assertThat(Jwt.claims(receipt).get("verified").toString()).isEqualTo("true");
        assertThat(receipt).doesNotContain(email);
        Answer verification =
                owner.post(REQUESTS + "/" + id + "/verify", "identifier", email).is(200);
        assertThat(verification.get("absent").asBoolean())
                .as("%s", verification)
                .isTrue();
        assertThat(verification.get("searched").asInt()).isGreaterThan(20);
        assertThat(signed(verification.text("jws"))).isTrue();
        owner.post(REQUESTS + "/" + id + "/verify", "identifier", "nobody@example.org")
                .refused(400);

        event("{\"to\": \"" + email + "\"}");
        Answer again =
                owner.post(REQUESTS + "/" + id + "/verify", "identifier", email).is(200);
        assertThat(again.get("absent").asBoolean()).isFalse();
        assertThat(again.body()).contains("core.events");
    }

    private String export(String id) {
        StringBuilder whole = new StringBuilder();
        int parts = 1;
        for (int part = 1; part <= parts; part++) {
            Answer one = owner.get(REQUESTS + "/" + id + "/export?part=" + part).is(200);
            whole.append(one.body());
            parts = one.get("parts").asInt();
        }
        return whole.toString();
    }

    private void plant(Person person, Caller them) {
        String session = them.once("s-" + person.email())
                .post(MIRRORCORE + "/sessions", "title", "With " + person.email())
                .is(201)
                .text("session_id");
        them.post(
                        MIRRORCORE + "/sessions/" + session + "/turns",
                        "speaker",
                        person.email(),
                        "text",
                        "My number is 555.")
                .is(201);
        admin.once("a-" + person.id())
                .post("/api/plugins/financial_business/admin/accounts", "owner_user_id", person.id(), "currency", "USD")
                .is(201);
        planned(them);
        owner.once("g-" + person.id())
                .post("/management/v1/agents", "name", "a", "model", "m", "description", "Writes to " + person.email())
                .is(201);
        them.post("/management/v1/tokens", "name", "of " + person.email(), "permissions", List.of("agent_read"))
                .is(201);
        event("{\"to\": \"" + person.email() + "\"}");
        space.login(person.email(), "wrong").refused(401);
    }

    private static void planned(Caller them) {
        them.post(
                        SIMULATOR + "/calendar",
                        "name",
                        "monthly",
                        "scenario",
                        "login",
                        "zone",
                        "UTC",
                        "starts_at",
                        "2099-01-01T00:00:00")
                .is(201);
    }

    private void event(String data) {
        stage.database()
                .execute(
                        "insert into core.events (id, org_id, type, source, subject, data, request_id, synthetic)"
                                + " values (?, ?, 'planted', '/test', 'x', ?::jsonb, 'r', false)",
                        UUID.randomUUID(),
                        org,
                        data);
    }

    /** The keys of Redis that hold a text, in their names or values. */
    private List<String> redis(String text) {
        try (Jedis jedis = new Jedis(URI.create(stage.stores().redis().url()))) {
            List<String> found = new ArrayList<>();
            for (String key : jedis.keys("*")) {
                byte[] value = jedis.dump(key);
                if (key.contains(text)
                        || (value != null && new String(value, StandardCharsets.ISO_8859_1).contains(text))) {
                    found.add(key);
                }
            }
            return found;
        }
    }

    private boolean signed(String jws) throws Exception {
        String[] parts = jws.split("\\.", -1);
        for (JsonNode key : space.anonymous().get("/api/auth/jwks").is(200).get("keys")) {
            if (key.path("kid").asText().equals(Jwt.header(jws, "kid"))) {
                PublicKey rsa = KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(number(key.path("n")), number(key.path("e"))));
                Signature signature = Signature.getInstance("SHA256withRSA");
                signature.initVerify(rsa);
                signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
                return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
            }
        }
        return false;
    }

    private static BigInteger number(JsonNode base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64.asText()));
    }

    @Test
    void aHoldKeepsAnErasureUntilItIsCleared() {
        String somebody = "C-" + UUID.randomUUID();
        event("{\"customer\": \"" + somebody + "\"}");
        String hold = owner.post(HOLDS, "identifier", somebody, "reason", "Matter 17")
                .is(201)
                .text("id");
        String id = asked("erasure", "identifier", somebody);

        assertThat(owner.get(REQUESTS + "/" + id).is(200).text("state")).isEqualTo("held");
        owner.get(REQUESTS + "/" + id + "/receipt").refused(409, "CONFLICT");
        assertThat(rowsWith(somebody.toLowerCase(Locale.ROOT))).isNotEmpty();
        owner.post(HOLDS + "/" + hold + "/clear", "reason", "Settled").is(200);

        completed(id);
        assertThat(rowsWith(somebody.toLowerCase(Locale.ROOT))).isEmpty();
        owner.post(HOLDS + "/" + hold + "/clear", "reason", "Settled").refused(409, "CONFLICT");
    }

    /** Data of a disabled plugin cannot be erased; the request reports that, and completes once the plugin is back. */
    @Test
    void aDisabledPluginBlocksUntilItIsBack() {
        UUID elsewhere = stage.fixtures().organization();
        Caller there = space.as(stage.fixtures().member(elsewhere, "owner"));
        Person person = stage.fixtures().user(elsewhere);
        planned(space.as(person));
        ControlCenter plugins = new ControlCenter(admin);
        String id;
        plugins.disable("human_simulator").is(200);
        try {
            id = there.post(REQUESTS, "kind", "erasure", "user_id", person.id())
                    .is(201)
                    .text("id");
            reached(there, id, "blocked");
            Answer blocked = there.get(REQUESTS + "/" + id).is(200);
            assertThat(blocked.text("reason")).contains("human_simulator");
            assertThat(blocked.body()).contains("Enable it.");
        } finally {
            plugins.enable("human_simulator").is(200);
        }

        reached(there, id, "completed");
        assertThat(treated(there.get(REQUESTS + "/" + id).json(), "erased"))
                .containsEntry("human_simulator.calendar", 1L);
    }

    @Test
    void whoMayNotBeRemovedIsNotErased() {
        UUID alone = stage.fixtures().organization();
        Person person = stage.fixtures().member(alone, "owner");
        Caller caller = space.as(person);
        caller.post(REQUESTS, "kind", "erasure", "user_id", person.id()).refused(409, "CONFLICT");
        space.as(stage.fixtures().member(alone, "admin"))
                .post(REQUESTS, "kind", "erasure", "user_id", person.id())
                .refused(403, "INSUFFICIENT_PERMISSIONS");
        caller.post(REQUESTS, "kind", "erasure").refused(400, "VALIDATION_ERROR");
        caller.post(REQUESTS, "kind", "erasure", "identifier", "abc").refused(400, "VALIDATION_ERROR");
        caller.post(REQUESTS, "kind", "access", "user_id", UUID.randomUUID()).refused(400, "VALIDATION_ERROR");
    }
}
