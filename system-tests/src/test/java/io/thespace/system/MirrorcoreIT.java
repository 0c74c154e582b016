package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations and their metrics, by both paths of the plugin. */
class MirrorcoreIT {

    private static final String API = "/api/plugins/mirrorcore";
    private static final String SERVICES = "/services/mirrorcore";

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller user = space.as(stage.fixtures().user(org));
    private final Caller colleague = space.as(stage.fixtures().user(org));
    private final Caller admin = space.as(stage.fixtures().admin(org));

    private String open() {
        return user.post(API + "/sessions").is(201).text("session_id");
    }

    private static Answer say(Caller caller, String session, String speaker, String text) {
        return caller.post(API + "/sessions/" + session + "/turns", "speaker", speaker, "text", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {API, SERVICES})
    void aConversationIsMeasuredByEitherPath(String root) {
        String session =
                user.post(root + "/sessions", "title", "Planning").is(201).text("session_id");
        String turns = root + "/sessions/" + session + "/turns";
        JsonNode first = user.post(turns, "speaker", "Alice", "text", "The cat sat on the mat.")
                .is(201)
                .json();
        colleague
                .post(turns, "speaker", "Bob", "text", "Did the dog sit on it too? Perhaps.")
                .is(201);

        assertThat(first.at("/measures/flesch_reading_ease").asDouble()).isEqualTo(116.145);
        assertThat(first.at("/measures/language").asText()).isEqualTo("en");
        assertThat(user.get(turns + "?limit=1").is(200).get("items").get(0)).isEqualTo(first);
        JsonNode metrics =
                colleague.get(root + "/metrics?session_id=" + session).is(200).json();
        assertThat(metrics.path("turns").asInt()).isEqualTo(2);
        assertThat(metrics.path("speakers").findValuesAsText("speaker")).containsExactly("Alice", "Bob");
        assertThat(metrics.at("/measures/question_ratio").asDouble()).isEqualTo(0.3333);
        assertThat(metrics.path("style_match").asDouble()).isBetween(0.0, 1.0);
        assertThat(metrics.path("windows")).hasSize(2);
        JsonNode completed = user.call("POST", root + "/sessions/" + session + "/complete")
                .is(200)
                .json();
        assertThat(completed).isEqualTo(metrics);
        user.call("POST", root + "/sessions/" + session + "/complete").refused(409);
        user.post(turns, "speaker", "Alice", "text", "More.").refused(409);
        user.send("PUT", root + "/sessions/" + session, "{\"title\":\"Other\"}").is(200);
        user.call("DELETE", root + "/sessions/" + session).is(204);
        user.get(root + "/sessions/" + session).refused(404);
    }

    @Test
    void aCompletedSessionIsPublishedInNumbers() {
        String session = open();
        say(user, session, "Ophelia", "There is rosemary, that is for remembrance.")
                .is(201);
        user.get(API + "/metrics?session_id=" + session).is(200);
        String events = "/api/control-center/events?type=session_measured&limit=100";
        assertThat(admin.get(events).is(200).body()).as("not for a look").doesNotContain(session);

        user.call("POST", API + "/sessions/" + session + "/complete").is(200);

        String published = admin.get(events).is(200).body();
        assertThat(published).contains(session, "/plugins/mirrorcore").doesNotContain("Ophelia", "rosemary");
    }

    @Test
    void aTurnIsAddedOnceForItsKey() {
        String session = open();
        Caller once = user.once("turn-" + UUID.randomUUID());
        Answer first = say(once, session, "Alice", "Hello.").is(201);
        Answer again = say(once, session, "Alice", "Hello.").is(201);

        assertThat(again.json()).isEqualTo(first.json());
        // The two paths are one endpoint, so the key stands for the same call by the other one.
        assertThat(once.post(SERVICES + "/sessions/" + session + "/turns", "speaker", "Alice", "text", "Hello.")
                        .is(201)
                        .json())
                .isEqualTo(first.json());
        assertThat(user.get(API + "/sessions/" + session).is(200).get("turns").asInt())
                .isEqualTo(1);
    }

    @Test
    void otherLanguagesGetOnlyWhatMakesSense() {
        JsonNode measures = user.post(
                        API + "/measure", "text", "Ich weiß nicht, was soll es bedeuten, dass ich so traurig bin.")
                .is(200)
                .get("measures");

        assertThat(measures.path("language").asText()).isEqualTo("de");
        assertThat(measures.path("note").asText()).contains("German");
        assertThat(measures.path("words").asInt()).isEqualTo(12);
        assertThat(measures.path("sentiment").isNull()).isTrue();
    }

    @Test
    void badInputIsRefusedWithoutADefect() {
        String session = open();
        assertThat(user.get(API + "/metrics").refused(400)).contains("session_id");
        say(user, session, "", "Hello.").refused(400);
        say(user, session, "Alice", " ").refused(400);
        say(user, session, "Alice", "x".repeat(50_001)).refused(400);
        say(user, session, "a".repeat(101), "Hello.").refused(400);
        say(user, session, "Alice", "a\0b").refused(400);
        user.post(API + "/measure", "text", "x".repeat(200_001)).refused(400);
        user.post(API + "/measure", "text", "?!.\uD800 <b>&</b>'; drop table turn; --")
                .is(200);
        user.post(API + "/measure", "text", "word ".repeat(40_000)).is(200);
        say(user, session, "Alice", "\uD83D\uDE00 \u0301\u0301 ...").is(201);
        user.get(API + "/metrics?session_id=" + session).is(200);
    }

    @Test
    void administratorsSetTheRetention() throws SQLException {
        user.send("PUT", API + "/settings", "{\"retention_days\":7}").refused(403);
        admin.send("PUT", API + "/settings", "{\"retention_days\":0}").refused(400);
        admin.send("PUT", API + "/settings", "{\"retention_days\":7}").is(200);
        assertThat(user.get(API + "/settings").is(200).get("retention_days").asInt())
                .isEqualTo(7);
        String old = open();
        say(user, old, "Alice", "Hello.").is(201);
        String young = open();
        stage.database()
                .execute(
                        "update mirrorcore.session set active_at = now() - interval '8 days' where id = ?",
                        UUID.fromString(old));

        // As the application's role and without a tenant, as the timer does it.
        stage.database()
                .asTenant(null, connection -> Database.query(connection, "select mirrorcore.purge_expired(10000)"));

        user.get(API + "/sessions/" + old).refused(404);
        user.get(API + "/sessions/" + young).is(200);
    }

    @Test
    void isWellWithItsModels() {
        assertThat(user.get(API + "/health").is(200).text("status")).isEqualTo("ok");
        assertThat(user.get(SERVICES + "/health").is(200).text("status")).isEqualTo("ok");
    }

    /** The other path is there for every plugin, with the platform's manners and errors. */
    @Test
    void everyPluginAnswersUnderServices() {
        assertThat(user.get("/services/financial_business/accounts")
                        .is(200)
                        .hasManners()
                        .json())
                .isEqualTo(user.get("/api/plugins/financial_business/accounts")
                        .is(200)
                        .json());
        user.get("/services/financial-business/endpoints").is(200);
        space.anonymous().get("/services/financial-business/accounts").refused(401);
        user.get("/services/financial_business/admin/users").refused(403);
        assertThat(user.call("DELETE", "/services/financial-business/transfer")
                        .is(405)
                        .header("Allow"))
                .contains("OPTIONS, POST");
        for (String nowhere : new String[] {
            "/services",
            "/services/",
            "/services/nobody",
            "/services/nobody/at-all",
            "/services/financial_business",
            "/services/financial_business/nothing",
            "/services/plugins/financial_business/accounts",
            "/services/health",
        }) {
            assertThat(user.get(nowhere).refused(404)).as(nowhere).contains("GET /api/openapi");
        }
    }
}
