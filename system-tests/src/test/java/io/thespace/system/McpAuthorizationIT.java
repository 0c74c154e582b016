package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.options.ColorScheme;
import io.thespace.system.browser.Chromium;
import io.thespace.system.browser.Frame;
import io.thespace.system.browser.Tab;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Users authorize the platform at the authorization server of a remote MCP server. */
class McpAuthorizationIT {

    private static final String SERVERS = "/api/control-center/mcp/servers";
    private static final String BACK = "http://localhost:8080/";
    private static final String FOR_LISTS = "for-lists";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller admin = space.as(stage.fixtures().admin(org));
    private final Caller alice = space.as(stage.fixtures().user(org));
    private final Caller bob = space.as(stage.fixtures().user(org));
    private final HttpClient browser = HttpClient.newHttpClient();
    private String files;
    private String desk;
    private String mine;
    private RemoteMcp remote;
    private AuthorizationServer authorization;

    @BeforeEach
    void register() throws IOException {
        String tail = UUID.randomUUID().toString();
        files = "files-" + tail;
        desk = "desk-" + tail;
        mine = "/api/mcp/credentials/" + files;
        remote = new RemoteMcp(true);
        remote.credentials.add(FOR_LISTS);
        authorization = new AuthorizationServer(remote.url(), remote.credentials);
        admin.send("POST", SERVERS, order(authorization.endpoint("token"), AuthorizationServer.CLIENT_SECRET))
                .is(201);
        Patience.within(SOON, () -> assertThat(admin.get(SERVERS + "/" + files)
                        .is(200)
                        .json()
                        .at("/state/status")
                        .asText())
                .isEqualTo("ok"));
        admin.send(
                        "POST",
                        SERVERS,
                        """
                        {"name": "%s", "virtual": {"members": [{"server": "%s", "prefix": "files", "tools": ["*"]}]}}"""
                                .formatted(desk, files))
                .is(201);
    }

    @AfterEach
    void stop() {
        admin.call("DELETE", SERVERS + "/" + desk).is(204);
        admin.call("DELETE", SERVERS + "/" + files).is(204);
        authorization.close();
        remote.close();
    }

    private String order(String tokenUrl, String secret) {
        ObjectNode order = Json.MAPPER.createObjectNode().put("name", files);
        ObjectNode address = order.putObject("remote")
                .put("url", remote.url())
                .put("credential", FOR_LISTS)
                .put("credentials", "per_user");
        ObjectNode oauth = address.putObject("oauth")
                .put("authorization_url", authorization.endpoint("authorize"))
                .put("token_url", tokenUrl)
                .put("client_id", AuthorizationServer.CLIENT_ID)
                .put("scope", "files:read files:write");
        if (secret != null) {
            oauth.put("client_secret", secret);
        }
        return order.toString();
    }

    private McpClient client(Caller caller) {
        return McpClient.stateless(caller, "/api/mcp/servers/" + desk);
    }

    /** What the browser brings back from the authorization server. */
    private Map<String, String> sent(Caller caller) throws IOException, InterruptedException {
        String url = caller.post(mine + "/authorization", "redirect_uri", BACK)
                .is(200)
                .text("authorization_url");
        HttpResponse<String> answer =
                browser.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        URI back = URI.create(answer.headers().firstValue("Location").orElseThrow());
        assertThat(back.toString()).startsWith(BACK + "?");
        return AuthorizationServer.parameters(back.getRawQuery());
    }

    private Answer redeem(Caller caller, Map<String, String> sent) {
        return caller.post(mine + "/code", "code", sent.get("code"), "state", sent.get("state"));
    }

    private static String shown(McpClient client) {
        return client.structured("files-whoami").path("credential").asText();
    }

    @Test
    void whoAuthorizesThePlatformNeedsToDepositNothing() throws Exception {
        assertThat(client(alice).refused("files-whoami")).contains(mine + "/authorization");

        Answer kept = redeem(alice, sent(alice)).is(200);

        assertThat(kept.json().path("authorizes").asBoolean()).isTrue();
        String token = shown(client(alice));
        assertThat(remote.credentials).contains(token);
        assertThat(token).isNotEqualTo(FOR_LISTS);
        assertThat(kept.body() + alice.get("/api/mcp/credentials").is(200).body())
                .doesNotContain(token);
        assertThat(client(bob).refused("files-whoami")).contains(mine + "/authorization");
        // Not before it is needed.
        assertThat(authorization.renewals.get()).isZero();

        alice.call("DELETE", mine).is(204);

        assertThat(client(alice).refused("files-whoami")).contains(mine + "/authorization");
    }

    @Test
    @EnabledIf(
            value = "io.thespace.system.browser.Chromium#isInstalled",
            disabledReason = "There is no Chromium: the dashboard is not tested in a browser")
    void theDashboardLeadsThroughIt() {
        Person person = stage.fixtures().user(org);
        try (Chromium chromium = Chromium.start();
                Tab tab = chromium.open(space.base(), ColorScheme.LIGHT, Chromium.WIDE)) {
            Frame frame = tab.signIn(person.email(), Fixtures.PASSWORD).open("/credentials");

            frame.acts(files, "Begin authorization")
                    .leavesBy("Go to 127.0.0.1")
                    .notified("The platform is authorized at " + files);

            assertThat(frame.heading()).isEqualTo("My credentials");
            assertThat(tab.address()).endsWith("/#/credentials");
            assertThat(tab.problems()).isEmpty();
        }
        assertThat(remote.credentials).contains(shown(client(space.as(person))));
    }

    @Test
    void aCodeIsTakenOnceFromTheUserWhoBegan() throws Exception {
        Map<String, String> sent = sent(alice);
        Map<String, String> other = sent(bob);

        redeem(bob, sent).refused(409);
        redeem(alice, Map.of("code", sent.get("code"), "state", other.get("state")))
                .refused(409);
        redeem(alice, sent).is(200);
        redeem(alice, sent).refused(409);

        Map<String, String> replaced = sent(bob);
        redeem(bob, other).refused(409);
        assertThat(redeem(bob, Map.of("code", "invented", "state", replaced.get("state")))
                        .refused(403))
                .contains("It is not good any more")
                .doesNotContain(AuthorizationServer.CLIENT_SECRET);
    }

    @Test
    void aCodeGoesToNoOtherTokenEndpointThanTheUserAgreedTo() throws Exception {
        Map<String, String> sent = sent(alice);
        try (AuthorizationServer other = new AuthorizationServer(remote.url(), remote.credentials)) {
            admin.send("PUT", SERVERS + "/" + files, order(other.endpoint("token"), AuthorizationServer.CLIENT_SECRET))
                    .is(200);

            assertThat(redeem(alice, sent).refused(409)).contains("has changed since you began");

            admin.send(
                            "PUT",
                            SERVERS + "/" + files,
                            order(authorization.endpoint("token"), AuthorizationServer.CLIENT_SECRET))
                    .is(200);
        }
        redeem(alice, sent).is(200);
    }

    @Test
    void anAccessTokenIsRenewedByOneCallAtATime() throws Exception {
        authorization.lifeSeconds = 1;
        redeem(alice, sent(alice)).is(200);
        String first = shown(client(alice));
        assertThat(authorization.renewals.get()).isEqualTo(1);
        authorization.lifeSeconds = 3600;
        assertThat(shown(client(alice))).isNotEqualTo(first);
        int before = authorization.renewals.get();

        // The tokens of the next renewal last: all calls at once share one.
        authorization.lifeSeconds = 1;
        redeem(alice, sent(alice)).is(200);
        authorization.lifeSeconds = 3600;
        ExecutorService threads = Executors.newFixedThreadPool(6);
        Set<String> shown = new HashSet<>();
        try {
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                calls.add(threads.submit(() -> shown(client(alice))));
            }
            for (Future<String> call : calls) {
                shown.add(call.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(shown).hasSize(1);
        assertThat(authorization.renewals.get()).isEqualTo(before + 1);
    }

    @Test
    void callsThatWaitForARenewalLeaveTheDatabaseToOthers() throws Exception {
        authorization.lifeSeconds = 1;
        redeem(alice, sent(alice)).is(200);
        authorization.lifeSeconds = 3600;
        int renewals = authorization.renewals.get();
        int requests = authorization.requests.get();
        CountDownLatch answering = new CountDownLatch(1);
        authorization.holding = answering;
        ExecutorService threads = Executors.newFixedThreadPool(40);
        try {
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                calls.add(threads.submit(() -> client(alice).ask("files-whoami").body()));
            }
            Patience.within(SOON, () -> assertThat(authorization.requests.get()).isGreaterThan(requests));

            for (int i = 0; i < 5; i++) {
                bob.get("/api/mcp/credentials").is(200);
            }

            answering.countDown();
            for (Future<String> call : calls) {
                assertThat(call.get()).doesNotContain("INTERNAL");
            }
        } finally {
            answering.countDown();
            threads.shutdownNow();
        }
        assertThat(authorization.renewals.get()).isEqualTo(renewals + 1);
    }

    @Test
    void whoseRefreshTokenIsRejectedIsToldToAuthorizeAgain() throws Exception {
        authorization.lifeSeconds = 1;
        redeem(alice, sent(alice)).is(200);
        authorization.revoke();
        remote.credentials.add(FOR_LISTS);

        for (int i = 0; i < 2; i++) {
            assertThat(client(alice).refused("files-whoami")).contains(mine + "/authorization");
        }

        redeem(alice, sent(alice)).is(200);
        assertThat(remote.credentials).contains(shown(client(alice)));
    }

    @Test
    void whileTheAuthorizationServerIsAwayTheCredentialStays() throws Exception {
        authorization.lifeSeconds = 1;
        redeem(alice, sent(alice)).is(200);
        authorization.close();

        assertThat(client(alice).refused("files-whoami")).contains("authorization server");

        JsonNode listed = alice.get("/api/mcp/credentials").is(200).json();
        assertThat(listed.findValuesAsText("server")).contains(files);
        alice.call("DELETE", mine).is(204);
    }

    @Test
    void theClientSecretIsForItsTokenEndpointAlone() {
        JsonNode server = admin.get(SERVERS + "/" + files).is(200).json();
        assertThat(server.path("has_client_secret").asBoolean()).isTrue();
        assertThat(server.toString()).doesNotContain(AuthorizationServer.CLIENT_SECRET);

        admin.send("PUT", SERVERS + "/" + files, order(authorization.endpoint("token"), null))
                .is(200);
        assertThat(admin.send("PUT", SERVERS + "/" + files, order("http://127.0.0.1:9/token", null))
                        .refused(400))
                .contains("remote.oauth.client_secret");
        admin.send("PUT", SERVERS + "/" + files, order("http://127.0.0.1:9/token", ""))
                .is(200);
        assertThat(admin.get(SERVERS + "/" + files)
                        .is(200)
                        .json()
                        .path("has_client_secret")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void whatNoBrowserMayBeSentToIsRefused() {
        for (String uri : List.of("javascript:alert(1)", "http://example.org/", "https://example.org/#a", "nothing")) {
            alice.post(mine + "/authorization", "redirect_uri", uri).refused(400);
        }
        assertThat(admin.send(
                                "POST",
                                SERVERS,
                                order(authorization.endpoint("token") + "?a=b", null)
                                        .replace(files, "other-" + files)
                                        .replace("per_user", "shared")
                                        .replace("http://127.0.0.1", "ftp://127.0.0.1"))
                        .refused(400))
                .contains("remote.oauth.token_url", "remote.oauth.authorization_url", "remote.credentials");
        alice.post("/api/mcp/credentials/none-" + files + "/authorization", "redirect_uri", BACK)
                .refused(404);
        alice.post("/api/mcp/credentials/" + desk + "/authorization", "redirect_uri", BACK)
                .refused(400);
    }
}
