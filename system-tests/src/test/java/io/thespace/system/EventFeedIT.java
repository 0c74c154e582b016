package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The feed of events, and their types. */
class EventFeedIT {

    private static final String FEED = "/api/system/events";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Stage stage = Stage.shared();
    private final UUID org = stage.fixtures().organization();
    private final Person person = stage.fixtures().admin(org);
    private final Caller admin = stage.space().as(person);
    private final Business business = new Business(admin);

    @Test
    void eventsAreReadInTheirOrderAndOn() {
        String from = business.open(person, "USD", "100");
        String to = business.open(person, "USD");
        String query = FEED + "?type=funds_transferred";
        String[] cursor = {admin.get(query).is(200).text("next_cursor")};
        List<String> moved = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            moved.add(Business.transfer(admin, from, to, "1", "USD").is(200).text("transaction_id"));
        }

        List<String> read = new ArrayList<>();
        Patience.within(SOON, () -> {
            Answer page = admin.get(query + "&limit=2&cursor=" + cursor[0]).is(200);
            cursor[0] = page.text("next_cursor");
            for (JsonNode event : page.get("items")) {
                assertThat(event.path("specversion").asText()).isEqualTo("1.0");
                assertThat(event.path("source").asText()).isEqualTo("/plugins/financial_business");
                assertThat(event.path("data").isObject()).isTrue();
                read.add(event.path("subject").asText());
            }
            assertThat(read).isEqualTo(moved);
        });
        assertThat(admin.get(query + "&subject=" + moved.get(3)).is(200).get("items"))
                .hasSize(1);
    }

    @Test
    void anotherOrganizationSeesNoneOfThem() {
        business.open(person, "USD", "100");
        Caller stranger =
                stage.space().as(stage.fixtures().admin(stage.fixtures().organization()));
        Patience.within(
                SOON, () -> assertThat(admin.get(FEED).is(200).get("items")).isNotEmpty());

        assertThat(stranger.get(FEED + "?source=/plugins/financial_business")
                        .is(200)
                        .get("items"))
                .isEmpty();
        String cursor = admin.get(FEED).text("next_cursor");
        stranger.get(FEED + "?cursor=" + cursor).refused(400);
        stage.space().as(stage.fixtures().user(org)).get(FEED).refused(403);
    }

    @Test
    void typesHaveSchemas() {
        Caller user = stage.space().as(stage.fixtures().user(org));

        JsonNode types = user.get("/api/system/event-types").is(200).json();

        JsonNode transferred = null;
        for (JsonNode type : types) {
            assertThat(type.path("description").asText()).endsWith(".");
            assertThat(type.path("schema").path("$schema").asText()).contains("2020-12");
            if (type.path("type").asText().equals("funds_transferred")) {
                transferred = type;
            }
        }
        assertThat(types)
                .extracting(type -> type.path("source").asText())
                .contains("/sessions", "/control-center/plugins");
        assertThat(transferred).isNotNull();
        assertThat(transferred.path("source").asText()).isEqualTo("/plugins/financial_business");
        assertThat(transferred.path("schema").toString()).contains("\"amount\"", "\"currency\"");
    }

    @Test
    void callersPublishEventsOfOpenTypes() {
        String body = "{\"type\": \"%s\", \"subject\": \"warehouse\", \"data\": %s}";
        String signal = body.formatted("signal_raised", "{\"name\": \"stock_low\", \"details\": {\"left\": 3}}");
        Caller once = admin.once(UUID.randomUUID().toString());

        Answer published = once.send("POST", FEED, signal).is(201);
        assertThat(published.text("source")).isEqualTo("/signals");
        assertThat(once.send("POST", FEED, signal).is(201).text("id")).isEqualTo(published.text("id"));
        Patience.within(SOON, () -> {
            JsonNode events = admin.get(FEED + "?type=signal_raised").is(200).get("items");
            assertThat(events).hasSize(1);
            assertThat(events.path(0).path("data").path("details").path("left").asInt())
                    .isEqualTo(3);
            assertThat(events.path(0).path("actorid").asText())
                    .isEqualTo(person.id().toString());
        });

        String refusal = admin.send("POST", FEED, body.formatted("signal_raised", "{\"name\": 1, \"details\": {}}"))
                .refused(400);
        assertThat(refusal).contains("data.name");
        admin.send("POST", FEED, body.formatted("signal_raised", "{\"details\": {}}"))
                .refused(400);
        admin.send("POST", FEED, body.formatted("nothing_happened", "{}")).refused(400);
        // Only its plugin publishes it.
        admin.send("POST", FEED, body.formatted("funds_transferred", "{}")).refused(403);
        stage.space().as(stage.fixtures().user(org)).send("POST", FEED, signal).refused(403);
    }
}
