package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Signing in, staying signed in, and being put out. */
class IdentityIT {

    /** The maximum time for a revocation to take effect on all nodes, with a margin for a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final Caller nobody = space.anonymous();
    private final UUID org = stage.fixtures().organization();
    private final Person alice = stage.fixtures().user(org);

    @Test
    void aReceiptIsWhatTheContractSays() {
        Answer receipt = space.login(alice.email(), Fixtures.PASSWORD).is(200);

        assertThat(receipt.json().properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "refresh_token");
        assertThat(receipt.text("token_type")).isEqualTo("Bearer");
        assertThat(receipt.get("expires_in").asInt()).isPositive();
        assertThat(receipt.header("Cache-Control").orElse("")).contains("no-store");
        String token = receipt.text("access_token");
        assertThat(Jwt.header(token, "alg")).isEqualTo("RS256");
        assertThat(Jwt.claims(token)).containsKeys("sub", "upn", "org_id", "jti", "iss", "aud", "exp", "groups");
        assertThat(Jwt.claims(token).get("sub")).hasToString("\"" + alice.id() + "\"");
        assertThat(Jwt.claims(token).get("groups")).hasToString("[\"user\"]");
    }

    @Test
    void theFirstAdministratorIsMadeByTheFirstStart() {
        Caller admin = space.signIn(Stage.ADMIN, Fixtures.PASSWORD);

        assertThat(admin.get("/api/auth/me").get("roles").toString()).isEqualTo("[\"admin\"]");
        admin.get("/api/control-center/events").is(200);
    }

    @Test
    void meSaysWhoIAm() {
        Answer me = space.as(alice).get("/api/auth/me").is(200);

        assertThat(me.text("user_id")).isEqualTo(alice.id().toString());
        assertThat(me.text("email")).isEqualTo(alice.email());
        assertThat(me.text("org_id")).isEqualTo(org.toString());
        assertThat(me.get("roles").toString()).isEqualTo("[\"user\"]");
        assertThat(me.get("limits").isObject()).isTrue();
        assertThat(me.text("name")).isNotBlank();
    }

    @Test
    void meSaysWhatIMayDo() {
        assertThat(permissions(stage.fixtures().member(org, "viewer")))
                .contains("memory_read", "agent_read")
                .doesNotContain("memory_write", "user_manage");
        assertThat(permissions(stage.fixtures().member(org, "owner")))
                .contains("user_manage", "organization_delete")
                .doesNotContain("organization_create");
        assertThat(permissions(stage.fixtures().guest(org))).isEmpty();
    }

    private List<String> permissions(Person person) {
        List<String> permissions = new ArrayList<>();
        space.as(person).get("/api/auth/me").is(200).get("permissions").forEach(each -> permissions.add(each.asText()));
        return permissions;
    }

    @Test
    void emailsAreTheSameInCapitals() {
        space.login("  " + alice.email().toUpperCase(java.util.Locale.ROOT), Fixtures.PASSWORD)
                .is(200);
    }

    @Test
    void wrongPasswordAndUnknownEmailAnswerAlike() {
        Caller stranger = nobody.from("198.51.100.1");
        String wrong = stranger.post("/api/auth/login", "email", alice.email(), "password", "wrong password 1")
                .refused(401);
        String unknown = stranger.post(
                        "/api/auth/login", "email", "nobody-" + UUID.randomUUID() + "@example.com", "password", "x")
                .refused(401);

        assertThat(wrong).isEqualTo(unknown);
    }

    @Test
    void tenFailuresShutTheDoorForTheAccount() {
        Person person = stage.fixtures().user(org);
        for (int i = 0; i < 10; i++) {
            attempt(person, "wrong", "198.51.100." + (10 + i)).refused(401);
        }

        Answer shut = attempt(person, Fixtures.PASSWORD, "198.51.100.30");

        shut.refused(429);
        assertThat(Integer.parseInt(shut.header("Retry-After").orElse("0"))).isBetween(1, 900);
        // Nobody else suffers.
        attempt(alice, Fixtures.PASSWORD, "198.51.100.30").is(200);
    }

    @Test
    void tenFailuresShutTheDoorForTheAddress() {
        for (int i = 0; i < 10; i++) {
            attempt(new Person(UUID.randomUUID(), org, "x" + i + "@example.com"), "wrong", "198.51.100.40")
                    .refused(401);
        }

        attempt(alice, Fixtures.PASSWORD, "198.51.100.40").refused(429);
        attempt(alice, Fixtures.PASSWORD, "198.51.100.41").is(200);
    }

    /** Guesses made in parallel do not outrun the count. */
    @Test
    void guessesAtOnceAreCounted() {
        Person person = stage.fixtures().user(org);
        List<java.util.concurrent.Callable<Answer>> guesses = new java.util.ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String address = "198.51.100." + (50 + i);
            guesses.add(() -> attempt(person, "wrong", address));
        }

        List<Answer> answers = new ArrayList<>(Crowd.all(guesses));
        // A server that takes long for each guess refuses those that wait with 503, and counts none of them.
        Patience.within(Duration.ofSeconds(60), () -> {
            Answer next = attempt(person, "wrong", "198.51.100.80");
            answers.add(next);
            next.refused(429);
        });

        assertThat(answers).extracting(Answer::status).isSubsetOf(401, 429, 503);
        assertThat(answers).filteredOn(answer -> answer.status() == 401).hasSizeLessThanOrEqualTo(10);
    }

    /** What succeeds does not count, however often. */
    @Test
    void successesAreNotCounted() {
        Person person = stage.fixtures().user(org);
        for (int i = 0; i < 12; i++) {
            attempt(person, Fixtures.PASSWORD, "198.51.100.90").is(200);
        }
    }

    private Answer attempt(Person person, String password, String address) {
        return nobody.from(address).post("/api/auth/login", "email", person.email(), "password", password);
    }

    @Test
    void refreshTokensRotate() {
        Answer first = space.login(alice.email(), Fixtures.PASSWORD).is(200);

        Answer second = refresh(first.text("refresh_token")).is(200);
        Answer third = refresh(second.text("refresh_token")).is(200);

        assertThat(second.text("refresh_token")).isNotEqualTo(first.text("refresh_token"));
        assertThat(third.text("access_token")).isNotEqualTo(second.text("access_token"));
        for (Answer receipt : List.of(first, second, third)) {
            me(receipt).is(200);
        }
    }

    @Test
    void aReusedRefreshTokenEndsTheWholeSignIn() {
        Answer first = space.login(alice.email(), Fixtures.PASSWORD).is(200);
        Answer second = refresh(first.text("refresh_token")).is(200);
        Answer other = space.login(alice.email(), Fixtures.PASSWORD).is(200);
        me(second).is(200);
        Answer third = refresh(second.text("refresh_token")).is(200);

        refresh(first.text("refresh_token")).refused(401);

        refresh(third.text("refresh_token")).refused(401);
        Patience.within(SOON, () -> {
            me(first).refused(401);
            me(second).refused(401);
        });
        me(other).is(200);
        refresh(other.text("refresh_token")).is(200);
    }

    @Test
    void aClientThatAsksManyTimesAtOnceGetsOneRefreshToken() {
        String token = space.login(alice.email(), Fixtures.PASSWORD).is(200).text("refresh_token");
        List<java.util.concurrent.Callable<Answer>> calls = new java.util.ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(() -> refresh(token));
        }

        List<Answer> answers = Crowd.all(calls);

        assertThat(answers).allSatisfy(answer -> answer.is(200));
        assertThat(answers)
                .extracting(answer -> answer.text("refresh_token"))
                .containsOnly(answers.get(0).text("refresh_token"));
        refresh(answers.get(0).text("refresh_token")).is(200);
    }

    @Test
    void badRefreshTokens() {
        String good = space.login(alice.email(), Fixtures.PASSWORD).is(200).text("refresh_token");
        for (String bad :
                List.of("x", "x.y", good + "x", good.substring(1), good.replace('.', '-'), "../..", "a".repeat(200))) {
            refresh(bad).refused(401);
        }
        refresh(space.as(alice).token().substring(0, 199)).refused(401);
        refresh(good).is(200);
    }

    @Test
    void logoutEndsTheSignIn() {
        Answer receipt = space.login(alice.email(), Fixtures.PASSWORD).is(200);
        Caller caller = nobody.withToken(receipt.text("access_token"));

        caller.call("POST", "/api/auth/logout").is(204);

        Patience.within(SOON, () -> me(receipt).refused(401));
        refresh(receipt.text("refresh_token")).refused(401);
        nobody.call("POST", "/api/auth/logout").refused(401);
    }

    @Test
    void aDisabledUserIsPutOut() {
        Person person = stage.fixtures().user(org);
        Answer receipt = space.login(person.email(), Fixtures.PASSWORD).is(200);
        me(receipt).is(200);

        stage.database().execute("update core.users set status = 'disabled' where id = ?", person.id());

        Patience.within(SOON, () -> me(receipt).refused(401));
        refresh(receipt.text("refresh_token")).refused(401);
        attempt(person, Fixtures.PASSWORD, "198.51.100.91").refused(401);
    }

    @Test
    void aSuspendedOrganizationIsPutOut() {
        UUID other = stage.fixtures().organization();
        Person person = stage.fixtures().admin(other);
        Answer receipt = space.login(person.email(), Fixtures.PASSWORD).is(200);
        me(receipt).is(200);

        stage.database().execute("update core.organizations set status = 'suspended' where id = ?", other);

        Patience.within(SOON, () -> me(receipt).refused(401));
        attempt(person, Fixtures.PASSWORD, "198.51.100.92").refused(401);

        stage.database().execute("update core.organizations set status = 'active' where id = ?", other);

        Patience.within(SOON, () -> me(receipt).is(200));
    }

    @Test
    void aDemotedAdministratorIsOne() {
        Person person = stage.fixtures().admin(org);
        Caller caller = space.as(person);
        caller.get("/api/control-center/events").is(200);

        stage.database().execute("update core.users set platform_admin = false where id = ?", person.id());

        Patience.within(SOON, () -> caller.get("/api/control-center/events").refused(403));
        caller.get("/api/auth/me").is(200);
    }

    @Test
    void keysArePublished() {
        Answer jwks = nobody.get("/api/auth/jwks").is(200);

        assertThat(jwks.get("keys").findValuesAsText("kid"))
                .contains(Jwt.header(space.as(alice).token(), "kid"));
        assertThat(jwks.get("keys")).allSatisfy(key -> {
            assertThat(key.path("kty").asText()).isEqualTo("RSA");
            assertThat(key.properties().stream().map(Map.Entry::getKey))
                    .containsExactlyInAnyOrder("kty", "use", "alg", "kid", "n", "e");
        });
    }

    /** A node looks for new keys every half minute. */
    @Test
    void keysRotateWithoutDowntime() {
        String before = space.signIn(alice.email(), Fixtures.PASSWORD).token();
        String old = Jwt.header(before, "kid");

        String fresh = stage.instance().keys().rotate();

        assertThat(fresh).isNotEqualTo(old);
        Patience.within(Duration.ofSeconds(60), () -> {
            String token = space.signIn(alice.email(), Fixtures.PASSWORD).token();
            nobody.withToken(token).get("/api/auth/me").is(200);
            nobody.withToken(before).get("/api/auth/me").is(200);
            assertThat(Jwt.header(token, "kid")).isEqualTo(fresh);
        });
        assertThat(nobody.get("/api/auth/jwks").is(200).get("keys").findValuesAsText("kid"))
                .contains(old, fresh);
        nobody.withToken(before).get("/api/auth/me").is(200);
    }

    // Tokens of an external issuer
    // --------------------------------------------------------------------------------------

    @Test
    void anExternalIssuersTokenLetsItsUserIn() {
        String subject = "ext-" + UUID.randomUUID();
        String token = stage.issuer().sign(Jwt.external(subject, org, "user"));

        Answer me = nobody.withToken(token).get("/api/auth/me").is(200);
        assertThat(me.text("org_id")).isEqualTo(org.toString());
        assertThat(me.text("email")).isEqualTo(subject + "@elsewhere.example");
        assertThat(me.get("roles").toString()).isEqualTo("[\"user\"]");
        // The same person the next time.
        String again = stage.issuer().sign(Jwt.external(subject, org, "user"));
        assertThat(nobody.withToken(again).get("/api/auth/me").is(200).text("user_id"))
                .isEqualTo(me.text("user_id"));
        nobody.withToken(token).get("/api/control-center/events").refused(403);
    }

    @Test
    void anExternalAdministratorAdministers() {
        String token = stage.issuer().sign(Jwt.external("ext-" + UUID.randomUUID(), org, "admin"));

        nobody.withToken(token).get("/api/control-center/events").is(200);
    }

    @Test
    void whatIsDecidedHereAboutAnExternalUserHolds() {
        UUID own = stage.fixtures().organization();
        Caller owner = space.as(stage.fixtures().member(own, "owner"));
        String subject = "ext-" + UUID.randomUUID();
        Caller external = nobody.withToken(stage.issuer().sign(Jwt.external(subject, own, "user")));
        String path =
                "/management/v1/users/" + external.get("/api/auth/me").is(200).text("user_id");
        external.get("/management/v1/users").is(200);

        owner.send("PATCH", path, "{\"role\": \"guest\"}").is(200);
        Patience.within(SOON, () -> assertThat(
                        external.get("/api/auth/me").is(200).get("roles").toString())
                .isEqualTo("[\"guest\"]"));
        external.get("/management/v1/users").refused(403);

        owner.call("DELETE", path).is(204);
        Patience.within(SOON, () -> external.get("/api/auth/me").refused(401));
        // A role that the token did not have makes every node look the user up again.
        nobody.withToken(stage.issuer().sign(Jwt.external(subject, own, "guest")))
                .get("/api/auth/me")
                .refused(401);

        owner.send("PATCH", path, "{\"status\": \"active\"}").is(200);
        Patience.within(SOON, () -> external.get("/api/auth/me").is(200));
    }

    /** Personal access tokens have the rights of the stored role. */
    @Test
    void theStoredRoleOfAnExternalUserFollowsTheLastToken() {
        UUID own = stage.fixtures().organization();
        String subject = "ext-" + UUID.randomUUID();
        Caller user = nobody.withToken(stage.issuer().sign(Jwt.external(subject, own, "user")));
        Caller guest = nobody.withToken(stage.issuer().sign(Jwt.external(subject, own, "guest")));
        Caller personal = nobody.withToken(
                user.post("/management/v1/tokens", "name", "reader", "permissions", List.of("user_read"))
                        .is(201)
                        .text("access_token"));
        personal.get("/management/v1/users").is(200);

        for (int i = 0; i < 2; i++) {
            guest.get("/api/auth/me").is(200);
            Patience.within(SOON, () -> personal.get("/management/v1/users").refused(403));
            user.get("/api/auth/me").is(200);
            Patience.within(SOON, () -> personal.get("/management/v1/users").is(200));
        }
    }

    @Test
    void anExternalAdministratorIsNotRemovedByAnOwner() {
        UUID own = stage.fixtures().organization();
        Caller owner = space.as(stage.fixtures().member(own, "owner"));
        Caller external = nobody.withToken(stage.issuer().sign(Jwt.external("ext-" + UUID.randomUUID(), own, "admin")));
        String path =
                "/management/v1/users/" + external.get("/api/auth/me").is(200).text("user_id");

        owner.send("PATCH", path, "{\"status\": \"suspended\"}").refused(403);
        owner.call("DELETE", path).refused(403);
        owner.call("DELETE", "/management/v1/organizations/" + own).refused(403);
        external.get("/api/auth/me").is(200);
    }

    @Test
    void externalTokensThatAreNotGoodEnough() {
        Map<String, Object> good = Jwt.external("ext-" + UUID.randomUUID(), org, "user");
        externallyRefused(401, good, "aud", "another-client");
        externallyRefused(401, good, "exp", 1);
        externallyRefused(401, good, "iss", "https://elsewhere.example");
        externallyRefused(403, good, "org_id", UUID.randomUUID().toString());
        externallyRefused(403, good, "org_id", "none");
        externallyRefused(403, good, "groups", List.of("emperor"));
        // The platform's own key does not speak for the issuer, nor the issuer's for the platform.
        nobody.withToken(Jwt.rs256(Jwt.key(stage.instance()), Jwt.keyId(stage.instance()), good))
                .get("/api/auth/me")
                .refused(401);
        nobody.withToken(stage.issuer().sign(Jwt.claims(space.as(alice).token())))
                .get("/api/auth/me")
                .refused(401);
    }

    private void externallyRefused(int status, Map<String, Object> good, String claim, Object value) {
        Map<String, Object> claims = new java.util.LinkedHashMap<>(good);
        claims.put(claim, value);
        nobody.withToken(stage.issuer().sign(claims)).get("/api/auth/me").refused(status);
    }

    private Answer refresh(String refreshToken) {
        return nobody.post("/api/auth/refresh", "refresh_token", refreshToken);
    }

    private Answer me(Answer receipt) {
        return nobody.withToken(receipt.text("access_token")).get("/api/auth/me");
    }
}
