package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The WebSocket hub: who is let in, what its frames do, and how it ends those that misbehave. */
class HubIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    /** A revocation counts within a second; the rest is room for a busy machine. */
    private static final Duration REVOKED = Duration.ofSeconds(20);

    private static final String CHANNELS = "/api/control-center/channels";
    private static final String DENIED = "Not authorized for this channel.";

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller admin = space.as(stage.fixtures().admin(org));
    private final Person person = stage.fixtures().user(org);
    private final Caller user = space.as(person);

    private String channel(String visibility) {
        String id = "c-" + UUID.randomUUID();
        admin.post(CHANNELS, "id", id, "name", "Test", "visibility", visibility).is(201);
        return id;
    }

    @Test
    void whoBringsNoTokenThatHoldsIsRefused() {
        assertThat(Talk.refused(space, "")).isEqualTo(401);
        assertThat(Talk.refused(space, "?token=nonsense")).isEqualTo(401);
        assertThat(Talk.refused(space, "", "Authorization", "Bearer nonsense")).isEqualTo(401);
        assertThat(Talk.refused(space, "", "Authorization", "Bearer " + user.token()))
                .isEqualTo(101);
        space.anonymous().get("/api/v1/ws").refused(401);
        user.get("/api/v1/ws").refused(400);
    }

    @Test
    void aPageOfAnotherOriginIsRefused() {
        String query = "?token=" + user.token();
        assertThat(Talk.refused(space, query, "Origin", "https://elsewhere.example"))
                .isEqualTo(403);
        assertThat(Talk.refused(space, query, "Origin", "null")).isEqualTo(403);
        assertThat(Talk.refused(space, query, "Origin", space.base().toString()))
                .isEqualTo(101);
    }

    @Test
    void aCsrfTokenMustBeTheCookies() {
        String query = "?token=" + user.token() + "&csrf_token=";
        try (Talk wrong = Talk.open(space, query + "a", "Cookie", "csrftoken=b");
                Talk without = Talk.open(space, query + "a");
                Talk right = Talk.open(space, query + "a", "Cookie", "csrftoken=a")) {
            wrong.closedWith(4401, SOON);
            without.closedWith(4401, SOON);
            assertThat(right.say("type", "ping", "id", "7").next().toString())
                    .isEqualTo("{\"type\":\"pong\",\"id\":\"7\"}");
        }
    }

    @Test
    void channelsLetInWhomTheyShould() {
        String open = channel("organization");
        String closed = channel("private");
        Caller guest = space.as(stage.fixtures().guest(org));
        try (Talk mine = Talk.open(space, user);
                Talk theirs = Talk.open(space, guest);
                Talk strangers = Talk.open(
                        space, space.as(stage.fixtures().admin(stage.fixtures().organization())))) {
            mine.join(open);
            for (Talk talk : List.of(theirs, strangers)) {
                assertThat(talk.say("type", "join_channel", "channel_id", open)
                                .next()
                                .toString())
                        .isEqualTo("{\"type\":\"error\",\"error\":\"" + DENIED + "\"}");
            }
            for (String id : List.of(closed, "no-such-channel", "events", "plugin:mirrorcore")) {
                assertThat(mine.say("type", "join_channel", "channel_id", id)
                                .next()
                                .path("error")
                                .asText())
                        .isEqualTo(DENIED);
                assertThat(mine.say("type", "message", "channel_id", id, "data", 1)
                                .next()
                                .path("error")
                                .asText())
                        .isEqualTo(DENIED);
                assertThat(mine.say("type", "presence", "channel_id", id)
                                .next()
                                .path("error")
                                .asText())
                        .isEqualTo(DENIED);
                assertThat(mine.say("type", "history", "channel_id", id, "since", 0)
                                .next()
                                .path("error")
                                .asText())
                        .isEqualTo(DENIED);
            }

            // A member is let in, hears what is said, and leaves when they are a member no more.
            String member = CHANNELS + "/" + closed + "/members/" + person.id();
            admin.send("PUT", member, "{\"role\": \"reader\"}").is(200);
            mine.join(closed);
            assertThat(mine.say("type", "message", "channel_id", closed, "data", 1)
                            .next()
                            .path("error")
                            .asText())
                    .isEqualTo("You may read this channel but not write to it.");
            admin.call("DELETE", member).is(204);
            assertThat(mine.next("left").path("error").asText()).isEqualTo(DENIED);
        }
    }

    @Test
    void everyOrganizationHasAGeneralChannelFromTheStart() {
        Caller newUser = space.as(stage.fixtures().user(stage.organization()));
        Caller first = space.signIn(Stage.ADMIN, Fixtures.PASSWORD);
        for (Caller caller : List.of(newUser, first)) {
            try (Talk talk = Talk.open(space, caller)) {
                talk.join("general");
                talk.say("type", "message", "channel_id", "general", "data", 1).next("sent");
            }
        }
    }

    @Test
    void aMessageReachesEverybodyAndIsFoundAgain() {
        String id = channel("public");
        try (Talk one = Talk.open(space, user);
                Talk other = Talk.open(space, admin)) {
            JsonNode joined = one.join(id);
            other.join(id);
            List<String> here = new ArrayList<>();
            for (JsonNode present : one.say("type", "presence", "channel_id", id)
                    .next("presence")
                    .path("users")) {
                here.add(present.asText());
            }
            assertThat(here).hasSize(2).contains(person.id().toString());

            JsonNode sent = one.say("type", "message", "channel_id", id, "data", List.of("ä", 1))
                    .next("sent");
            JsonNode heard = other.next("message");
            assertThat(sent.path("offset").asLong()).isEqualTo(1);
            assertThat(heard.path("offset").asLong()).isEqualTo(1);
            assertThat(heard.path("epoch").asText())
                    .isEqualTo(joined.path("epoch").asText());
            assertThat(heard.path("sender_id").asText()).isEqualTo(person.id().toString());
            assertThat(heard.path("data").toString()).isEqualTo("[\"ä\",1]");

            // A client that was away gets all missed messages by the offset, or an error.
            other.say("type", "leave_channel", "channel_id", id).next("left");
            for (int i = 0; i < 3; i++) {
                one.say("type", "message", "channel_id", id, "data", i).next("sent");
            }
            JsonNode missed = other.say(
                            "type",
                            "history",
                            "channel_id",
                            id,
                            "since",
                            1,
                            "epoch",
                            joined.path("epoch").asText())
                    .next();
            assertThat(missed.path("recovered").asBoolean()).isTrue();
            assertThat(missed.path("complete").asBoolean()).isTrue();
            assertThat(missed.path("messages")).hasSize(3);
            JsonNode lost = other.say("type", "history", "channel_id", id, "since", 1, "epoch", UUID.randomUUID())
                    .next();
            assertThat(lost.path("recovered").asBoolean()).isFalse();
            assertThat(lost.path("messages")).isEmpty();
        }
    }

    @Test
    void administratorsHearEvents() {
        try (Talk talk = Talk.open(space, admin)) {
            talk.join("plugin:mirrorcore");
            talk.join("events");
            String session = admin.post("/api/plugins/mirrorcore/sessions", "title", "T")
                    .is(201)
                    .text("session_id");
            admin.post("/api/plugins/mirrorcore/sessions/" + session + "/turns", "speaker", "A", "text", "Hello you.")
                    .is(201);
            admin.get("/api/plugins/mirrorcore/metrics?session_id=" + session).is(200);
            Business business = new Business(admin);
            String from = business.open(person, "USD", "100");
            Business.transfer(user, from, business.open(person, "USD"), "1", "USD")
                    .is(200);

            JsonNode event = talk.next("event");
            while (!event.path("event").path("source").asText().startsWith("/plugins/")) {
                event = talk.next("event");
            }
            assertThat(event.path("channel_id").asText()).isIn("events", "plugin:mirrorcore");
        }
    }

    @Test
    void eventsAreCaughtUpFromTheirLog() {
        try (Talk talk = Talk.open(space, admin)) {
            JsonNode joined = talk.join("events");
            JsonNode ofWorkflow = talk.join("workflow:greeting");
            assertThat(ofWorkflow.path("epoch")).isEqualTo(joined.path("epoch"));
            for (int i = 1; i <= 3; i++) {
                signal(i);
            }
            long last = joined.path("offset").asLong();
            for (int i = 1; i <= 3; i++) {
                JsonNode event = nextSignal(talk);
                assertThat(event.path("epoch")).isEqualTo(joined.path("epoch"));
                assertThat(event.path("offset").asLong()).isGreaterThan(last);
                assertThat(event.path("event")
                                .path("data")
                                .path("details")
                                .path("n")
                                .asInt())
                        .isEqualTo(i);
                last = event.path("offset").asLong();
            }

            // Who was away reads what came meanwhile.
            talk.say("type", "leave_channel", "channel_id", "events").next("left");
            signal(4);
            long since = last;
            Patience.within(SOON, () -> {
                JsonNode history = talk.say(
                                "type",
                                "history",
                                "channel_id",
                                "events",
                                "since",
                                since,
                                "epoch",
                                joined.path("epoch").asText())
                        .next("history");
                assertThat(history.path("recovered").asBoolean()).isTrue();
                assertThat(history.path("complete").asBoolean()).isTrue();
                assertThat(history.path("events")).anySatisfy(entry -> assertThat(entry.path("event")
                                .path("data")
                                .path("details")
                                .path("n")
                                .asInt())
                        .isEqualTo(4));
            });
            JsonNode lost = talk.say("type", "history", "channel_id", "events", "since", 1, "epoch", UUID.randomUUID())
                    .next("history");
            assertThat(lost.path("recovered").asBoolean()).isFalse();
            assertThat(lost.path("events")).isEmpty();

            // A workflow's channel has the events of its runs only.
            stage.database()
                    .execute(
                            "insert into core.events (id, org_id, type, source, subject, data, request_id, synthetic)"
                                    + " values (?, ?, 'workflow_started', '/workflows', 'greeting', '{}', 'test', false)",
                            UUID.randomUUID(),
                            person.orgId());
            JsonNode started = talk.next("event");
            assertThat(started.path("channel_id").asText()).isEqualTo("workflow:greeting");
            assertThat(started.path("event").path("subject").asText()).isEqualTo("greeting");
        }
    }

    /** More than a client may have waiting, who therefore would be closed. */
    @Test
    void aLongHistoryOfEventsComesInParts() {
        try (Talk talk = Talk.open(space, admin)) {
            JsonNode joined = talk.join("events");
            talk.say("type", "leave_channel", "channel_id", "events").next("left");
            for (int i = 0; i < 45; i++) {
                signal("\"aLongHistory\": \"%s\"".formatted("x".repeat(50_000)));
            }
            AtomicLong since = new AtomicLong(joined.path("offset").asLong());
            AtomicInteger seen = new AtomicInteger();
            Patience.within(Duration.ofSeconds(30), () -> {
                JsonNode history;
                do {
                    history = talk.say(
                                    "type",
                                    "history",
                                    "channel_id",
                                    "events",
                                    "since",
                                    since.get(),
                                    "epoch",
                                    joined.path("epoch").asText())
                            .next("history");
                    assertThat(history.path("recovered").asBoolean()).isTrue();
                    assertThat(history.toString()).hasSizeLessThan(400_000);
                    since.set(history.path("offset").asLong());
                    history.path("events")
                            .forEach(event -> seen.addAndGet(
                                    event.at("/event/data/details").has("aLongHistory") ? 1 : 0));
                } while (!history.path("complete").asBoolean());
                assertThat(seen).hasValue(45);
            });
        }
    }

    private void signal(int number) {
        signal("\"n\": " + number);
    }

    private void signal(String details) {
        admin.send(
                        "POST",
                        "/api/system/events",
                        "{\"type\": \"signal_raised\", \"subject\": \"s\", \"data\": {\"name\": \"n\", \"details\": {%s}}}"
                                .formatted(details))
                .is(201);
    }

    private static JsonNode nextSignal(Talk talk) {
        JsonNode event = talk.next("event");
        while (!event.path("event").path("type").asText().equals("signal_raised")) {
            event = talk.next("event");
        }
        return event;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | The frame is not well-formed JSON.",
                "{\"type\":\"dance\"} | type must be one of",
                "{\"type\":\"message\",\"channel_id\":\"c\"} | A frame of type message needs data.",
                "{\"type\":\"ping\",\"colour\":1} | A frame of type ping has no member of the name colour.",
            })
    void whatIsWrongWithAFrameIsSaid(String frame, String expected) {
        try (Talk talk = Talk.open(space, user)) {
            JsonNode answer = talk.send(frame).next();
            assertThat(answer.path("type").asText()).isEqualTo("error");
            assertThat(answer.path("error").asText()).startsWith(expected);
            assertThat(talk.say("type", "ping").next().path("type").asText()).isEqualTo("pong");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {70_000, 250_000})
    void aFrameThatIsTooLargeEndsIt(int bytes) {
        try (Talk talk = Talk.open(space, user)) {
            talk.say("type", "ping", "id", "x".repeat(bytes)).closedWith(4413, SOON);
        }
    }

    @Test
    void whoNeverGetsAFrameRightIsEnded() {
        try (Talk talk = Talk.open(space, user)) {
            for (int i = 0; i < 6; i++) {
                talk.send("{");
            }
            talk.closedWith(4400, SOON);
        }
        try (Talk talk = Talk.open(space, user)) {
            for (int i = 0; i < 6; i++) {
                talk.sendBytes(new byte[] {1});
            }
            talk.closedWith(4400, SOON);
        }
    }

    @Test
    void whoIsTooFastIsEnded() {
        try (Talk talk = Talk.open(space, user)) {
            talk.closedAfterPingsWith(4429, SOON);
        }
    }

    @Test
    void whoDoesNotReadHoldsNobodyUp() {
        String id = channel("public");
        try (Talk deaf = Talk.deaf(space, admin);
                Talk watcher = Talk.open(space, user)) {
            deaf.say("type", "join_channel", "channel_id", id);
            Patience.within(SOON, () -> assertThat(present(watcher, id)).isEqualTo(1));
            // Until TCP, the server and the queue take no more; each sender stays below what one may send at once.
            String data = "x".repeat(60_000);
            for (int sender = 0; sender < 10 && present(watcher, id) > 0; sender++) {
                try (Talk talk = Talk.open(space, user)) {
                    for (int i = 0; i < 70; i++) {
                        talk.say("type", "message", "channel_id", id, "data", data)
                                .next("sent");
                    }
                }
            }
            Patience.within(SOON, () -> assertThat(present(watcher, id)).isZero());
            deaf.listen().closedWith(4429, SOON);
        }
    }

    private static int present(Talk talk, String channelId) {
        return talk.say("type", "presence", "channel_id", channelId)
                .next("presence")
                .path("users")
                .size();
    }

    @Test
    void aTokenThatIsRevokedEndsIt() {
        Caller leaving = space.signIn(person.email(), Fixtures.PASSWORD);
        try (Talk talk = Talk.open(space, leaving);
                Talk stays = Talk.open(space, user)) {
            talk.say("type", "ping").next("pong");
            leaving.call("POST", "/api/auth/logout").is(204);
            talk.closedWith(4401, REVOKED);
            stays.say("type", "ping").next("pong");
        }
    }

    /** Within a moment of its token's expiry; a socket that presented a newer one in time continues. */
    @Test
    void aTokenThatExpiresEndsItUnlessItIsRefreshed() {
        String brief = Jwt.rs256(
                Jwt.key(stage.instance()),
                Jwt.keyId(stage.instance()),
                Jwt.changed(user.token(), "exp", Instant.now().plusSeconds(15).getEpochSecond()));
        try (Talk ends = Talk.open(space, "?token=" + brief);
                Talk goesOn = Talk.open(space, "?token=" + brief)) {
            goesOn.say("type", "refresh", "token", user.token()).next("refreshed");
            ends.closedWith(4401, Duration.ofSeconds(45));
            assertThat(goesOn.say("type", "presence", "channel_id", channel("public"))
                            .next()
                            .path("type")
                            .asText())
                    .isEqualTo("presence");
        }
    }

    @Test
    void whoHasTooManyIsRefused() {
        Caller crowd = space.as(stage.fixtures().user(org));
        List<Talk> talks = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                talks.add(Talk.open(space, crowd));
            }
            // A handshake is answered before its socket is open.
            talks.forEach(talk -> talk.say("type", "ping").next("pong"));
            assertThat(Talk.refused(space, "?token=" + crowd.token())).isEqualTo(429);
            talks.remove(0).close();
            Patience.within(SOON, () -> assertThat(Talk.refused(space, "?token=" + crowd.token()))
                    .isEqualTo(101));
        } finally {
            talks.forEach(Talk::close);
        }
    }

    /** Whatever is missing in between, nothing is told as if it were all. */
    @Test
    void aHistoryIsNeverPartial() {
        String id = channel("public");
        try (Talk talk = Talk.open(space, user)) {
            String epoch = talk.join(id).path("epoch").asText();
            for (int i = 1; i <= 4; i++) {
                talk.say("type", "message", "channel_id", id, "data", i).next("sent");
            }
            // As time does, with the oldest ones.
            stage.database()
                    .execute(
                            "delete from core.channel_messages where epoch = ? and at_offset <= 2",
                            UUID.fromString(epoch));
            JsonNode gone = talk.say("type", "history", "channel_id", id, "since", 1, "epoch", epoch)
                    .next("history");
            assertThat(gone.path("recovered").asBoolean()).isFalse();
            assertThat(gone.path("messages")).isEmpty();
            assertThat(gone.path("first").asLong()).isEqualTo(3);
            JsonNode rest = talk.say("type", "history", "channel_id", id, "since", 2, "epoch", epoch)
                    .next("history");
            assertThat(rest.path("recovered").asBoolean()).isTrue();
            assertThat(rest.path("complete").asBoolean()).isTrue();
            assertThat(rest.path("messages")).hasSize(2);
            // An offset that was never given out cannot be one's last.
            assertThat(talk.say("type", "history", "channel_id", id, "since", 9, "epoch", epoch)
                            .next("history")
                            .path("recovered")
                            .asBoolean())
                    .isFalse();
        }
    }

    /** Also when a frame of theirs reaches the hub before the notification of the change. */
    @Test
    void whoMayDoLessLeavesWhatIsNotTheirsAnyMore() {
        Person demoted = stage.fixtures().user(org);
        String id = channel("organization");
        try (Talk talk = Talk.open(space, space.as(demoted))) {
            talk.join(id);
            space.as(stage.fixtures().member(org, "owner"))
                    .send("PATCH", "/management/v1/users/" + demoted.id(), "{\"role\": \"viewer\"}")
                    .is(200);
            for (int i = 0; i < 5; i++) {
                talk.say("type", "presence", "channel_id", id);
            }
            assertThat(talk.next("left").path("channel_id").asText()).isEqualTo(id);
        }
    }

    /** Nobody tells of this one, as when Redis loses the message. */
    @Test
    void whoWasDismissedUnheardLeavesInTime() {
        Person dismissed = stage.fixtures().user(org);
        String id = channel("private");
        admin.send("PUT", CHANNELS + "/" + id + "/members/" + dismissed.id(), "{\"role\": \"reader\"}")
                .is(200);
        try (Talk talk = Talk.open(space, space.as(dismissed))) {
            talk.join(id);
            stage.database().execute("delete from core.channel_members where user_id = ?", dismissed.id());
            Patience.within(Duration.ofSeconds(90), () -> assertThat(
                            talk.say("type", "ping").next().path("type").asText())
                    .isEqualTo("left"));
        }
    }

    @Test
    void whoIsSuspendedIsOut() {
        Person suspended = stage.fixtures().user(org);
        try (Talk talk = Talk.open(space, space.as(suspended))) {
            talk.say("type", "ping").next("pong");
            space.as(stage.fixtures().member(org, "owner"))
                    .send("PATCH", "/management/v1/users/" + suspended.id(), "{\"status\": \"suspended\"}")
                    .is(200);
            talk.closedWith(4401, REVOKED);
        }
    }

    @Test
    void aNewerTokenOfTheSameUserIsTaken() {
        Caller again = space.signIn(person.email(), Fixtures.PASSWORD);
        try (Talk talk = Talk.open(space, user)) {
            assertThat(talk.say("type", "refresh", "token", admin.token())
                            .next()
                            .path("error")
                            .asText())
                    .startsWith("The token is for another user");
            assertThat(talk.say("type", "refresh", "token", "nonsense")
                            .next()
                            .path("type")
                            .asText())
                    .isEqualTo("error");
            assertThat(talk.say("type", "refresh", "token", again.token())
                            .next()
                            .path("type")
                            .asText())
                    .isEqualTo("refreshed");
        }
    }

    @Test
    void theDocumentTellsTheFrames() {
        JsonNode document = space.anonymous().get("/api/asyncapi").is(200).json();
        assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
        assertThat(document.at("/channels/hub/address").asText()).isEqualTo("/api/v1/ws");
    }
}
