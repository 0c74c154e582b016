package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Memories over the wire; what they mean is tested at the use cases. */
class MemoriesIT {

    private static final String AGENTS = "/management/v1/agents";
    private static final String MEMORIES = "/management/v1/memories";
    private static final String SEARCH = MEMORIES + "/search";
    private static final String BULK_DELETE = MEMORIES + "/bulk-delete";

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller owner = space.as(stage.fixtures().member(org, "owner"));

    private String add(Caller caller, Object... namesAndValues) {
        return caller.post(MEMORIES, namesAndValues)
                .is(201)
                .get("memory")
                .path("id")
                .asText();
    }

    private static List<String> contents(Answer answer) {
        List<String> contents = new ArrayList<>();
        answer.is(200)
                .get("items")
                .forEach(item -> contents.add((item.has("memory") ? item.path("memory") : item)
                        .path("content")
                        .asText()));
        return contents;
    }

    @Test
    void aMemoryIsKeptOnceChangedFoundAndDeleted() {
        String id = add(owner, "content", "Ada likes green tea.", "category", "preference", "importance", 0.8);
        Answer again = owner.post(MEMORIES, "content", "ada likes  green TEA.").is(201);
        assertThat(again.get("duplicate").asBoolean()).isTrue();
        assertThat(again.get("memory").path("id").asText()).isEqualTo(id);
        String path = MEMORIES + "/" + id;

        Answer changed = owner.send(
                        "PATCH",
                        path,
                        "{\"category\": null, \"valid_to\": \"2999-01-01T00:00:00Z\", \"metadata\": {\"a\": {\"b\": 1}},"
                                + " \"subject\": {\"identifier\": \"ada@example.org\"}}")
                .is(200);
        assertThat(changed.get("category").isNull()).isTrue();
        assertThat(changed.get("importance").decimalValue()).isEqualByComparingTo("0.8");
        assertThat(changed.text("valid_to")).isEqualTo("2999-01-01T00:00:00.000Z");
        assertThat(owner.get(path).is(200).json().at("/metadata/a/b").asInt()).isEqualTo(1);
        changed = owner.send("PATCH", path, "{\"valid_to\": null, \"metadata\": {\"a\": null}}")
                .is(200);
        assertThat(changed.get("valid_to").isNull()).isTrue();
        assertThat(changed.get("metadata")).isEmpty();
        owner.send("PATCH", path, "{\"content\": null}").refused(400, "VALIDATION_ERROR");

        assertThat(contents(
                        owner.get(MEMORIES + "?subject=ada@example.org&min_importance=0.5&since=2026-01-01T00:00:00Z")))
                .containsExactly("Ada likes green tea.");
        assertThat(contents(owner.get(MEMORIES + "?as_of=2020-01-01T00:00:00Z")))
                .isEmpty();
        Answer found = owner.post(SEARCH, "query", "green tea");
        assertThat(contents(found)).containsExactly("Ada likes green tea.");
        JsonNode hit = found.get("items").get(0);
        assertThat(hit.path("contributions").findValuesAsText("ranking"))
                .containsExactly("full_text", "trigram", "importance", "recency");
        assertThat(found.get("lists").findValuesAsText("complete")).containsExactly("true", "true");

        owner.call("DELETE", path).is(204);
        owner.get(path).refused(404, "NOT_FOUND");
    }

    @Test
    void pagesAndBoundedDeletionsGoOn() {
        for (int i = 0; i < 5; i++) {
            add(owner, "content", "m" + i, "category", "walk");
        }
        Answer page = owner.get(MEMORIES + "?category=walk&limit=2");
        assertThat(contents(page)).containsExactly("m4", "m3");
        page = owner.get(MEMORIES + "?category=walk&limit=2&cursor=" + page.text("next_cursor"));
        assertThat(contents(page)).containsExactly("m2", "m1");

        String order = "{\"filter\": {\"category\": \"walk\"}, \"most\": 4, \"dry_run\": %s}";
        Answer tried = owner.send("POST", BULK_DELETE, order.formatted(true)).is(200);
        assertThat(tried.get("matched").asInt()).isEqualTo(4);
        assertThat(tried.get("deleted").asInt()).isZero();
        Answer deleted = owner.send("POST", BULK_DELETE, order.formatted(false)).is(200);
        assertThat(deleted.get("deleted").asInt()).isEqualTo(4);
        assertThat(deleted.get("more").asBoolean()).isTrue();
        assertThat(owner.send("POST", BULK_DELETE, order.formatted(false))
                        .is(200)
                        .get("more")
                        .asBoolean())
                .isFalse();
        assertThat(contents(owner.get(MEMORIES + "?category=walk"))).isEmpty();
    }

    @Test
    void anAgentsTokenSeesItsOwn() {
        String agent = owner.post(AGENTS, "name", "a", "model", "m").is(201).text("id");
        String other = owner.post(AGENTS, "name", "b", "model", "m").is(201).text("id");
        owner.call("POST", AGENTS + "/" + agent + "/activate").is(200);
        Caller acting = space.anonymous()
                .withToken(owner.post(
                                "/management/v1/tokens",
                                "name",
                                "a",
                                "permissions",
                                List.of("memory_read", "memory_write", "memory_delete"),
                                "agent_id",
                                agent)
                        .is(201)
                        .text("access_token"));
        String shared = add(owner, "content", "shared");
        String others = add(owner, "content", "other's", "agent_id", other);
        add(acting, "content", "own");

        assertThat(contents(acting.get(MEMORIES))).containsExactly("own", "shared");
        acting.get(MEMORIES + "/" + others).refused(404, "NOT_FOUND");
        acting.call("DELETE", MEMORIES + "/" + shared).refused(403, "AGENT_NOT_AUTHORIZED");
        acting.post(MEMORIES, "content", "x", "agent_id", other).refused(403, "AGENT_NOT_AUTHORIZED");

        owner.call("POST", AGENTS + "/" + other + "/archive").is(200);
        owner.call("DELETE", AGENTS + "/" + other).refused(409, "CONFLICT");
        owner.send("POST", BULK_DELETE, "{\"filter\": {\"agent_id\": \"" + other + "\"}}")
                .is(200);
        owner.call("DELETE", AGENTS + "/" + other).is(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}| content",
                "{\"content\": \" \"}| content",
                "{\"content\": \"x\", \"importance\": 1.5}| importance",
                "{\"content\": \"x\", \"category\": \"No Name\"}| category",
                "{\"content\": \"x\", \"valid_from\": \"2026-01-01T00:00:00Z\", \"valid_to\": \"2026-01-01T00:00:00Z\"}| valid_to",
                "{\"content\": \"x\", \"metadata\": {\"a\": 1e999}}| metadata.a",
                "{\"content\": \"x\", \"agent_id\": \"00000000-0000-7000-8000-000000000000\"}| agent_id",
            })
    void badMemoriesAreRefused(String body, String field) {
        Answer answer = owner.send("POST", MEMORIES, body);
        answer.refused(400, "VALIDATION_ERROR");
        assertThat(answer.json().at("/error/field_errors/0/field").asText()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "min_importance=2",
                "min_importance=x",
                "as_of=yesterday",
                "agent_id=x",
                "cursor=x",
            })
    void badQuestionsAreRefused(String query) {
        owner.get(MEMORIES + "?" + query).refused(400);
    }
}
