package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Access to the tools of remote MCP servers, their sessions and credentials. */
class McpFederationAccessIT extends McpFederationCase {

    @ParameterizedTest
    @EnumSource
    void whatIsNotAllowedIsNeitherListedNorCalled(Revision revision) {
        register(files, "url", session.url());
        read(files);
        register(virtual(member(files, "files", "echo", "wh*"), own("memory_*")));

        McpClient client = revision.client(user, path());

        assertThat(client.names())
                .contains("files-echo", "files-whoami", "memory_add")
                .doesNotContain("files-note");
        for (String tool : List.of("files-note", "echo", "directive_list", "files-nothing")) {
            assertThat(client.ask(tool, "text", "x").json().at("/error/code").asInt())
                    .as(tool)
                    .isEqualTo(-32602);
        }
    }

    @Test
    void anOrganizationThatIsNotNamedFindsNoServer() {
        register(files, "url", session.url());
        read(files);
        ObjectNode order = virtual(member(files, "files", "*"));
        order.withObject("/virtual").putArray("organizations").add(org.toString());
        register(order);
        Caller other = space.as(stage.fixtures().user(stage.fixtures().organization()));

        Revision.SESSION.client(user, path());
        McpClient.stateless(other, path())
                .ask("tools/list", Json.MAPPER.createObjectNode())
                .is(404);
        McpClient.stateless(user, path() + "x")
                .ask("tools/list", Json.MAPPER.createObjectNode())
                .is(404);
    }

    @ParameterizedTest
    @EnumSource
    void aViewerSeesAndCallsWhatReads(Revision revision) {
        register(files, "url", session.url());
        read(files);
        ObjectNode order = virtual(member(files, "files", "*"));
        order.withObject("/virtual").put("role", "guest");
        register(order);
        McpClient viewer = revision.client(space.as(stage.fixtures().member(org, "viewer")), path());

        assertThat(viewer.names()).contains("files-echo").doesNotContain("files-note", "files-erase");
        assertThat(viewer.call("files-echo", "text", "Hi.").path("isError").asBoolean())
                .isFalse();
        assertThat(viewer.ask("files-note", "text", "x")
                        .json()
                        .at("/error/code")
                        .asInt())
                .isEqualTo(-32602);
    }

    @Test
    void aPersonalAccessTokenNeedsThePermissionOfTheServer() {
        register(files, "url", session.url());
        read(files);
        ObjectNode order = virtual(member(files, "files", "*"));
        order.withObject("/virtual").put("permission", "memory_read");
        register(order);
        Caller reader = pat("memory_read");
        Caller other = pat("directive_read");

        assertThat(McpClient.stateless(reader, path()).names()).contains("files-echo");
        McpClient.stateless(other, path())
                .ask("tools/list", Json.MAPPER.createObjectNode())
                .is(404);
    }

    private Caller pat(String permission) {
        ObjectNode order = Json.MAPPER.createObjectNode().put("name", "federation");
        order.putArray("permissions").add(permission);
        Answer made =
                user.send("POST", "/management/v1/tokens", order.toString()).is(201);
        return space.anonymous().withToken(made.text("access_token"));
    }

    @ParameterizedTest
    @EnumSource
    void aDestructiveToolIsCalledOnceForItsKey(Revision revision) {
        combined();
        McpClient client = revision.client(user, path());

        assertThat(client.refused("files-erase", "text", "x")).contains("idempotency_key");
        assertThat(session.erasures).hasValue(0);
        String key = UUID.randomUUID().toString();
        JsonNode first = client.call("files-erase", "text", "x", "idempotency_key", key);
        JsonNode again = client.call("files-erase", "text", "x", "idempotency_key", key);

        assertThat(again).isEqualTo(first);
        assertThat(session.erasures).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void aCallIsExplainedAndAuditedLikeAnyOther(Revision revision) {
        combined();
        String id = "federation-" + UUID.randomUUID();

        revision.client(user, path()).with("X-Request-Id", id).call("files-note", "text", "x");

        Patience.within(SOON, () -> {
            JsonNode explained =
                    admin.get("/api/control-center/requests/" + id).is(200).json();
            assertThat(explained.path("audit_records")).as("%s", explained).hasSize(1);
            assertThat(explained.at("/calls/0/route").asText()).isEqualTo(path() + "/tools/files-note");
            assertThat(explained.at("/calls/0/identity/user_id").asText())
                    .isEqualTo(alice.id().toString());
        });
    }

    @Test
    void aDisabledServerTakesItsToolsOutOfService() {
        combined();
        McpClient client = Revision.STATELESS.client(user, path());
        assertThat(client.names()).contains("files-echo", "notes-echo");

        ObjectNode order = Json.MAPPER.createObjectNode().put("name", files).put("enabled", false);
        order.putObject("remote").put("url", session.url());
        admin.send("PUT", SERVERS + "/" + files, order.toString()).is(200);

        assertThat(client.names()).contains("notes-echo").doesNotContain("files-echo");
        assertThat(client.ask("files-echo", "text", "x")
                        .json()
                        .at("/error/code")
                        .asInt())
                .isEqualTo(-32602);
    }

    @ParameterizedTest
    @EnumSource
    void eachCallerHasASessionOfItsOwn(Revision revision) {
        combined();
        Caller bob = space.as(stage.fixtures().user(org));
        Set<String> ofAlice = new HashSet<>();
        Set<String> ofBob = new HashSet<>();

        for (int i = 0; i < 3; i++) {
            ofAlice.add(whoami(revision, user));
            ofBob.add(whoami(revision, bob));
        }

        assertThat(ofAlice).hasSize(1).doesNotContainAnyElementsOf(ofBob);
        assertThat(ofBob).hasSize(1);
    }

    private String whoami(Revision revision, Caller caller) {
        return revision.client(caller, path())
                .structured("files-whoami")
                .path("session")
                .asText();
    }

    @Test
    void aSessionThatTheServerEndedIsOpenedAgain() {
        combined();
        McpClient client = Revision.STATELESS.client(user, path());
        String before = client.structured("files-whoami").path("session").asText();

        session.sessions.clear();
        String after = client.structured("files-whoami").path("session").asText();

        assertThat(after).isNotEqualTo(before);
        assertThat(client.structured("files-whoami").path("session").asText()).isEqualTo(after);
    }

    @Test
    void callersShowTheirOwnCredentialsAndARefusedOneConcernsNobodyElse() {
        session.credentials.addAll(Set.of("for-lists", "of-alice"));
        register(files, "url", session.url(), "credential", "for-lists", "credentials", "per_user");
        read(files);
        register(virtual(member(files, "files", "*")));
        Caller bob = space.as(stage.fixtures().user(org));
        String mine = "/api/mcp/credentials/" + files;
        McpClient ofAlice = Revision.STATELESS.client(user, path());
        McpClient ofBob = Revision.STATELESS.client(bob, path());

        assertThat(ofAlice.refused("files-whoami")).contains(mine);
        Answer put = user.send("PUT", mine, "{\"credential\": \"of-alice\"}").is(200);
        assertThat(put.body()).doesNotContain("of-alice");
        bob.send("PUT", mine, "{\"credential\": \"of-bob\"}").is(200);

        assertThat(ofAlice.structured("files-whoami").path("credential").asText())
                .isEqualTo("of-alice");
        for (int i = 0; i < 15; i++) {
            assertThat(ofBob.refused("files-whoami")).contains("401");
        }
        assertThat(ofAlice.structured("files-whoami").path("credential").asText())
                .isEqualTo("of-alice");
        assertThat(admin.get(SERVERS + "/" + files)
                        .is(200)
                        .json()
                        .at("/state/status")
                        .asText())
                .isEqualTo("ok");
        assertThat(user.get("/api/mcp/credentials").is(200).body())
                .contains(files)
                .doesNotContain("of-alice");
        user.call("DELETE", mine).is(204);
        user.call("DELETE", mine).refused(404);
        assertThat(ofAlice.refused("files-whoami")).contains(mine);
    }
}
