package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Coming in by an invitation, and what a frontend shows, over the wire; what they mean is tested at the use cases. */
class MembershipIT {

    private static final String INVITATIONS = "/api/control-center/invitations";
    private static final String VALIDATE = "/api/frontend/membership/validate-invitation";
    private static final String ACCEPT = "/api/frontend/membership/accept-invitation";
    private static final String PREFERENCES = "/api/frontend/preferences";

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller admin = space.as(stage.fixtures().admin(org));

    @Test
    void whoIsInvitedComesInAndSignsIn() {
        Answer made = admin.post(INVITATIONS, "name", "Test", "role", "member").is(201);
        String id = made.get("invitation").path("invitation_id").asText();
        String code = made.get("invitation").path("code").asText();
        String pin = made.text("pin");
        Caller stranger = space.anonymous().from("192.0.2.77");

        JsonNode offer =
                stranger.post(VALIDATE, "code", code, "pin", pin).is(200).get("membership");
        assertThat(offer.path("org_id").asText()).isEqualTo(org.toString());
        assertThat(offer.path("role").asText()).isEqualTo("member");
        assertThat(stranger.post(VALIDATE, "code", code, "pin", "1").is(200).body())
                .isEqualTo("{\"valid\":false,\"membership\":null}")
                .isEqualTo(stranger.post(VALIDATE, "code", "ABCDE", "pin", pin)
                        .is(200)
                        .body());
        stranger.post("/api/membership/validate-invitation", "code", code, "pin", pin)
                .refused(401);

        String email = UUID.randomUUID() + "@example.org";
        String first = accept(stranger, code, pin, email).is(201).body();
        assertThat(accept(stranger, code, pin, email).is(201).body()).isEqualTo(first);
        accept(stranger, code, pin, UUID.randomUUID() + "@example.org").refused(409);
        Caller member = space.signIn(email, Fixtures.PASSWORD);
        assertThat(member.get("/api/auth/me").is(200).text("org_id")).isEqualTo(org.toString());

        assertThat(admin.get(INVITATIONS + "/" + id).is(200).text("state")).isEqualTo("used_up");
        assertThat(admin.get(INVITATIONS + "/" + id + "/qr.svg").is(200).body()).startsWith("<svg");
        assertThat(admin.get(INVITATIONS + "/" + id + "/qr.png").is(200).header("Content-Type"))
                .contains("image/png");
        admin.call("DELETE", INVITATIONS + "/" + id).is(204);
        assertThat(admin.get(INVITATIONS)
                        .is(200)
                        .get("items")
                        .get(0)
                        .path("state")
                        .asText())
                .isEqualTo("revoked");

        // What happened is told to the administrator, until they have read it.
        JsonNode told = admin.get("/api/frontend/dashboard").is(200).get("recent");
        assertThat(told.findValuesAsText("type")).contains("invitation_accepted");
        assertThat(member.get("/api/frontend/notifications").is(200).get("items"))
                .isEmpty();
        assertThat(admin.send("POST", "/api/frontend/notifications/read", "{}")
                        .is(200)
                        .get("unread")
                        .path("count")
                        .asInt())
                .isZero();
        assertThat(admin.get("/api/frontend/notifications?unread=true").is(200).get("items"))
                .isEmpty();
    }

    private static Answer accept(Caller caller, String code, String pin, String email) {
        return caller.post(
                ACCEPT, "code", code, "pin", pin, "email", email, "name", "Ada", "password", Fixtures.PASSWORD);
    }

    @Test
    void ofTwoChangesFromTheSameStateOneIsLost() {
        Caller user = space.as(stage.fixtures().user(org));
        String tag = user.get(PREFERENCES).is(200).header("ETag").orElseThrow();
        String change =
                "{\"theme\": \"dark\", \"locale\": \"de-AT\", \"time_zone\": \"Europe/Vienna\", \"notifications\": {\"own_events\": false, \"muted_types\": []}}";
        user.send("PUT", PREFERENCES, change).refused(400);
        user.with("If-Match", tag).send("PUT", PREFERENCES, change).is(200);
        user.with("If-Match", tag).send("PUT", PREFERENCES, change).refused(412);
        user.with("If-Match", "\"no\"").send("PUT", PREFERENCES, change).refused(412);
        String next = user.with("If-Match", "*")
                .send("PUT", PREFERENCES, change)
                .is(200)
                .header("ETag")
                .orElseThrow();
        user.with("If-Match", tag + ", " + next)
                .send("PUT", PREFERENCES, change)
                .is(200);
        assertThat(user.get(PREFERENCES).is(200).text("theme")).isEqualTo("dark");
        JsonNode dashboard = user.get("/api/frontend/dashboard").is(200).json();
        assertThat(dashboard.path("organization").path("id").asText()).isEqualTo(org.toString());
        assertThat(dashboard.path("plugins").findValuesAsText("plugin")).contains("financial_business");
    }
}
