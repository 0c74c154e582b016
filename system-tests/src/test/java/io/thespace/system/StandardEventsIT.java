package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The events that the platform publishes by itself. */
class StandardEventsIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller admin = space.as(stage.fixtures().admin(org));

    private static JsonNode events(Caller caller, String type, String subject) {
        return caller.get("/api/system/events?type=" + type + "&subject=" + subject)
                .is(200)
                .get("items");
    }

    private static JsonNode awaitOne(Caller caller, String type, String subject) {
        Patience.within(SOON, () -> assertThat(events(caller, type, subject)).isNotEmpty());
        JsonNode found = events(caller, type, subject);
        assertThat(found).hasSize(1);
        return found.path(0);
    }

    @Test
    void signInsAreTold() {
        Person person = stage.fixtures().user(org);
        // A network of its own, since attempts are counted for it too.
        Caller caller = space.anonymous()
                .from("2001:db8:%x:%x::1"
                        .formatted(
                                person.id().getMostSignificantBits() & 0xffff,
                                person.id().getLeastSignificantBits() & 0xffff));

        for (int i = 0; i < 12; i++) {
            caller.post("/api/auth/login", "email", person.email(), "password", "wrong");
        }
        caller.post("/api/auth/login", "email", "nobody-" + person.email(), "password", "wrong");

        // Ten are tried within the window, and the throttle refuses the others.
        Patience.within(SOON, () -> assertThat(
                        events(admin, "sign_in_refused", person.id().toString()))
                .hasSize(10));

        Person other = stage.fixtures().user(org);
        space.as(other);
        JsonNode signedIn = awaitOne(admin, "user_signed_in", other.id().toString());
        assertThat(signedIn.path("source").asText()).isEqualTo("/sign-ins");
        assertThat(signedIn.path("actorid").asText()).isEqualTo(other.id().toString());
        assertThat(signedIn.toString()).doesNotContain(other.email());
    }

    @Test
    void invitationsAreTold() {
        String invitation = admin.post("/api/control-center/invitations", "name", "Guests", "role", "member")
                .is(201)
                .get("invitation")
                .path("invitation_id")
                .asText();

        JsonNode event = awaitOne(admin, "user_invited", invitation);
        assertThat(event.path("data").path("role").asText()).isEqualTo("member");
    }

    @Test
    void aLimitIsToldOnce() {
        Person guest = stage.fixtures().guest(org);
        Caller caller = space.as(guest);
        for (int i = 0; i < 25; i++) {
            caller.get("/api/v1/gateway/echo");
        }
        caller.get("/api/v1/gateway/echo").refused(429);

        JsonNode event = awaitOne(admin, "limit_reached", guest.id().toString());
        assertThat(event.path("data").path("policy").asText()).isEqualTo("gateway-guest");
        assertThat(event.path("data").path("calls").asInt()).isEqualTo(20);
    }

    @Test
    void upstreamsAndPluginsAreToldToThePlatformsOrganization() throws IOException {
        Caller first = space.signIn(Stage.ADMIN, Fixtures.PASSWORD);
        String origin;
        try (Upstream upstream = new Upstream()) {
            origin = upstream.url().replace("/base", "");
            String route = admin.post(
                            "/api/control-center/gateway/routes",
                            "prefix",
                            "/t" + UUID.randomUUID().toString().replace("-", ""),
                            "upstreams",
                            List.of(Map.of("url", upstream.url())),
                            "health",
                            Map.of("path", "/base/empty/503", "interval_seconds", 1))
                    .is(201)
                    .text("id");
            JsonNode down = awaitOne(first, "gateway_upstream_down", origin);
            assertThat(down.path("data").path("fault").asText()).contains("503");
            assertThat(events(admin, "gateway_upstream_down", origin)).isEmpty();
            admin.call("DELETE", "/api/control-center/gateway/routes/" + route).is(204);
        }
    }

    @Test
    void aPluginThatCannotBeStartedIsTold() {
        Caller first = space.signIn(Stage.ADMIN, Fixtures.PASSWORD);
        ControlCenter center = new ControlCenter(admin);
        center.run(PluginZip.example()).is(200);
        try {
            admin.post("/api/control-center/plugins/disable", "plugin_id", "notice_board")
                    .is(200);
            stage.database()
                    .execute("update core.plugin_archives set content = convert_to('no archive', 'UTF8')"
                            + " where plugin_id = 'notice_board'");
            stage.database().execute("update core.plugins set state = 'enabled' where id = 'notice_board'");

            JsonNode failed = awaitOne(first, "plugin_failed", "notice_board");
            assertThat(failed.path("data").path("reason").asText()).contains("unpack");
        } finally {
            center.uninstall("notice_board", "purge").is(200);
        }
    }
}
