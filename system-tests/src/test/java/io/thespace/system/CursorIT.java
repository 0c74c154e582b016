package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of unbounded lists: each row once, whatever is added meanwhile. */
class CursorIT {

    private static final String TRANSACTIONS = Business.PATH + "/transactions";
    private static final String EVENTS = "/api/control-center/events";

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Person person = stage.fixtures().admin(org);
    private final Caller caller = space.as(person);
    private final Business business = new Business(caller);

    private String from;
    private String to;

    @BeforeAll
    void moveSomeMoney() {
        from = business.open(person, "USD", "1000");
        to = business.open(person, "USD");
        for (int i = 0; i < 12; i++) {
            Business.transfer(caller, from, to, "1", "USD").is(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TRANSACTIONS, EVENTS})
    void aPageIsWhatTheContractSays(String path) {
        Answer page = caller.get(path + "?limit=5").is(200);

        assertThat(page.json().size()).isEqualTo(3);
        assertThat(page.get("items")).hasSize(5);
        assertThat(page.get("next_cursor").isTextual()).isTrue();
        assertThat(page.get("total").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        Business.PATH + "/transactions, transaction_id, 1",
        Business.PATH + "/transactions, transaction_id, 5",
        Business.PATH + "/transactions, transaction_id, 100",
        "/api/control-center/events, id, 1",
        "/api/control-center/events, id, 7",
        "/api/control-center/events, id, 100",
    })
    void pagesNeitherRepeatNorLose(String path, String id, int limit) {
        List<String> all = walk(caller, path + "?limit=100", id, () -> {});
        List<String> before = List.copyOf(all);

        List<String> walked = walk(
                caller,
                path + "?limit=" + limit,
                id,
                // What is added in between appears in a later walk, and moves nothing in this one.
                () -> Business.transfer(caller, from, to, "0.01", "USD").is(200));

        assertThat(walked).doesNotHaveDuplicates().containsExactlyElementsOf(before);
    }

    private static List<String> walk(Caller caller, String path, String id, Runnable between) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        for (int pages = 0; pages < 200; pages++) {
            JsonNode page = caller.get(path + (cursor == null ? "" : "&cursor=" + cursor))
                    .is(200)
                    .json();
            page.path("items").forEach(item -> ids.add(item.path(id).asText()));
            if (page.path("next_cursor").isNull()) {
                return ids;
            }
            cursor = page.path("next_cursor").asText();
            between.run();
        }
        throw new AssertionError("The pages of " + path + " do not end");
    }

    @Test
    void theNewestComeFirst() {
        String newest =
                Business.transfer(caller, from, to, "0.02", "USD").is(200).text("transaction_id");

        assertThat(caller.get(TRANSACTIONS + "?limit=1")
                        .get("items")
                        .get(0)
                        .path("transaction_id")
                        .asText())
                .isEqualTo(newest);
        assertThat(caller.get(EVENTS + "?limit=1")
                        .get("items")
                        .get(0)
                        .path("subject")
                        .asText())
                .isEqualTo(newest);
    }

    @Test
    void filtersHold() {
        assertThat(caller.get(EVENTS + "?type=funds_transferred&limit=100")
                        .get("items")
                        .findValuesAsText("type"))
                .isNotEmpty()
                .containsOnly("funds_transferred");
        assertThat(caller.get(EVENTS + "?plugin=financial-business&limit=100")
                        .get("items")
                        .findValuesAsText("source"))
                .isNotEmpty()
                .containsOnly("/plugins/financial_business");
        assertThat(caller.get(EVENTS + "?type=nothing").get("items")).isEmpty();
        assertThat(caller.get(EVENTS + "?since=2999-01-01T00:00:00Z").get("items"))
                .isEmpty();
        assertThat(caller.get(EVENTS + "?since=2000-01-01T00:00:00Z").get("items"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101", "1000000000000", "x", "", "1.0", "%2B1", "01"})
    void limitsAreChecked(String limit) {
        caller.get(TRANSACTIONS + "?limit=" + limit).refusedFor(400, "limit");
        caller.get(EVENTS + "?limit=" + limit).refusedFor(400, "limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "AAAA", "%00", "..", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void forgedCursorsAreRefused(String cursor) {
        caller.get(TRANSACTIONS + "?cursor=" + cursor).refusedFor(400, "cursor");
        caller.get(EVENTS + "?cursor=" + cursor).refusedFor(400, "cursor");
    }

    @Test
    void foreignCursorsAreRefused() {
        String ofTransactions = cursor(TRANSACTIONS + "?limit=1");
        String ofEvents = cursor(EVENTS + "?limit=1");
        String ofFiltered = cursor(EVENTS + "?limit=1&type=funds_transferred");
        UUID elsewhere = stage.fixtures().organization();
        Caller stranger = space.as(stage.fixtures().admin(elsewhere));

        // Of another endpoint, of another query, of another tenant, and spoiled by a bit.
        caller.get(EVENTS + "?cursor=" + ofTransactions).refusedFor(400, "cursor");
        caller.get(TRANSACTIONS + "?cursor=" + ofEvents).refusedFor(400, "cursor");
        caller.get(EVENTS + "?cursor=" + ofFiltered).refusedFor(400, "cursor");
        caller.get(EVENTS + "?type=other&cursor=" + ofFiltered).refusedFor(400, "cursor");
        stranger.get(EVENTS + "?cursor=" + ofEvents).refusedFor(400, "cursor");
        String spoiled = (ofEvents.startsWith("A") ? "B" : "A") + ofEvents.substring(1);
        caller.get(EVENTS + "?cursor=" + spoiled).refusedFor(400, "cursor");
        // The limit may change from page to page.
        caller.get(EVENTS + "?limit=2&cursor=" + ofEvents).is(200);
        caller.get(EVENTS + "?limit=3&type=funds_transferred&cursor=" + ofFiltered)
                .is(200);
    }

    private String cursor(String path) {
        return caller.get(path).is(200).text("next_cursor");
    }
}
