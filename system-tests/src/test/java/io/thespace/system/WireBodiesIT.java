package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are not what they should be: the error body with the member at fault, and no defect. */
class WireBodiesIT {

    private static final String TRANSFER = Business.PATH + "/transfer";
    private static final int LIMIT = 1 << 20;

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Person userPerson = stage.fixtures().user(org);
    private final Caller user = space.as(userPerson);
    private final Caller nobody = space.anonymous();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "multipart/form-data",
                "application/json;charset=iso-8859-1",
                "nonsense"
            })
    void wrongContentType(String type) {
        user.send("POST", TRANSFER, BodyPublishers.ofString("{}"), type).refused(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "APPLICATION/JSON",
                "application/vnd.api+json",
                "application/x-www-form-urlencoded"
            })
    void rightContentType(String type) {
        user.send("POST", TRANSFER, BodyPublishers.ofString("{}"), type)
                .refusedFor(400, "from_account_id", "to_account_id", "amount", "currency");
    }

    @Test
    void aFormIsNoJsonAndIsNotReadWhereNoneBelongs() {
        user.send(
                        "POST",
                        TRANSFER,
                        BodyPublishers.ofString("amount=1&currency=USD"),
                        "application/x-www-form-urlencoded")
                .refused(415);
        user.send("POST", TRANSFER, BodyPublishers.ofString("--x"), "multipart/form-data; boundary=x")
                .refused(415);
    }

    @Test
    void twoIdempotencyKeysAreRefused() {
        Answer refused = Wire.send(
                space.base(),
                """
                POST %s HTTP/1.1
                Host: localhost
                Connection: close
                Authorization: Bearer %s
                Content-Type: application/json
                Idempotency-Key: one
                Idempotency-Key: two
                """
                        .formatted(TRANSFER, user.token()),
                "{}");
        assertThat(refused.refused(400)).contains("Send one Idempotency-Key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[]",
                "[{}]",
                "null",
                "true",
                "1",
                "\"text\"",
                "{}{}",
                "{} more",
                "{'amount': 1}",
                "{amount: 1}",
                "{\"amount\": 1,}",
                "{\"amount\": 01}",
                "{\"amount\": .5}",
                "{\"amount\": NaN}",
                "{\"amount\": 1 /* one */}",
                "{\"amount\": 1, \"amount\": 2}",
                "<transfer/>",
                "amount=1",
                "{\"currency\": \"\n\"}",
                "\uFEFF{",
            })
    void badJson(String body) {
        user.send("POST", TRANSFER, body).refused(400);
    }

    @Test
    void noBody() {
        user.call("POST", TRANSFER).refused(400);
    }

    @Test
    void unknownMember() {
        assertThat(user.send("POST", TRANSFER, "{\"amuont\": 1}").refusedFor(400, "amuont"))
                .contains("amuont");
    }

    @Test
    void missingMembers() {
        user.send("POST", TRANSFER, "{}").refusedFor(400, "from_account_id", "to_account_id", "amount", "currency");
        nobody.send("POST", "/api/auth/login", "{}").refusedFor(400, "email", "password");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from_account_id | 1",
                "from_account_id | \"no-uuid\"",
                "from_account_id | \"1-1-1-1-1\"",
                "from_account_id | {}",
                "from_account_id | []",
                "from_account_id | true",
                "amount | \"1\"",
                "amount | true",
                "amount | {}",
                "amount | [1]",
                "currency | 1",
                "currency | {}",
                "currency | [\"USD\"]",
                "currency | \"usd\"",
                "currency | \"\"",
                "currency | \"USD\\u0000\"",
                "currency | \"U\\uD800D\"",
            })
    void wrongTypes(String member, String value) {
        String body = "{\"from_account_id\":%s,\"to_account_id\":%s,\"amount\":%s,\"currency\":%s}"
                .formatted(
                        member.equals("from_account_id") ? value : quoted(UUID.randomUUID()),
                        quoted(UUID.randomUUID()),
                        member.equals("amount") ? value : "1",
                        member.equals("currency") ? value : "\"USD\"");

        user.send("POST", TRANSFER, body).refusedFor(400, member);
    }

    private static String quoted(Object value) {
        return "\"" + value + "\"";
    }

    @Test
    void invalidUtf8() {
        byte[] body = "{\"currency\": \"U?D\"}".getBytes(StandardCharsets.UTF_8);
        body["{\"currency\": \"U".length()] = (byte) 0xff;

        user.send("POST", TRANSFER, BodyPublishers.ofByteArray(body), "application/json")
                .refused(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-16le", "utf-16be", "utf-32le"})
    void otherEncodings(String charset) throws Exception {
        byte[] body = "{\"email\": \"a@b\", \"password\": \"x\"}".getBytes(charset);

        nobody.from("203.0.113.9")
                .send("POST", "/api/auth/login", BodyPublishers.ofByteArray(body), "application/json")
                .refused(400);
    }

    @Test
    void nulInTexts() {
        nobody.from("203.0.113.9")
                .send("POST", "/api/auth/login", "{\"email\": \"a\\u0000b\", \"password\": \"x\"}")
                .refusedFor(400, "email");
        Caller admin = space.as(stage.fixtures().admin(org));
        admin.get("/api/control-center/events?type=a%00b").refusedFor(400, "type");
        user.get("/api/plugins/a%00b/endpoints").refused(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_001, 100_000})
    void deepNesting(int depth) {
        user.send("POST", TRANSFER, "{\"amount\": " + "[".repeat(depth) + "]".repeat(depth) + "}")
                .refused(400);
        user.send("POST", TRANSFER, "{\"unknown\":".repeat(depth / 10) + "1" + "}".repeat(depth / 10))
                .refused(400);
    }

    @Test
    void numbersWithoutEnd() {
        user.send("POST", TRANSFER, Business.order("a", "b", "1" + "0".repeat(500_000), "USD"))
                .refused(400);
        user.send("POST", TRANSFER, Business.order("a", "b", "1e" + "9".repeat(400_000), "USD"))
                .refused(400);
    }

    @Test
    void aBodyOverTheLimit() {
        String body = "{\"currency\": \"" + "x".repeat(LIMIT) + "\"}";

        user.send("POST", TRANSFER, body).refused(413);
        user.send("POST", TRANSFER, " ".repeat(LIMIT - 2) + "{}").refused(400);
    }

    @Test
    void aBodyOverTheLimitInChunks() {
        Answer answer = Wire.send(
                space.base(),
                """
                POST %s HTTP/1.1
                Host: localhost
                Authorization: Bearer %s
                Content-Type: application/json
                Transfer-Encoding: chunked
                Connection: close
                """
                        .formatted(TRANSFER, user.token()),
                Wire.chunked(" ".repeat(LIMIT + 1).getBytes(StandardCharsets.US_ASCII), 8192));

        answer.refused(413);
    }

    /** The answer comes before the body. */
    @Test
    void aBodyThatClaimsToBeTooLarge() {
        claiming(2L << 20).refused(413);
    }

    /**
     * Requests rejected by a server's own parser never reach the application; the response must only not leak anything.
     */
    @Test
    void aBodyThatClaimsToBeHuge() {
        Answer answer = claiming(99_999_999_999L);

        assertThat(answer.status()).as("%s", answer).isIn(400, 413);
        answer.leaksNothing();
    }

    private Answer claiming(long length) {
        return Wire.send(
                space.base(),
                """
                POST %s HTTP/1.1
                Host: localhost
                Authorization: Bearer %s
                Content-Type: application/json
                Content-Length: %d
                Connection: close
                """
                        .formatted(TRANSFER, user.token(), length),
                "{}");
    }

    /** Whoever may not call need not be listened to. */
    @Test
    void theTokenIsAskedForBeforeTheBody() {
        nobody.send("POST", TRANSFER, "x".repeat(LIMIT + 1)).refused(401);
        nobody.send("POST", TRANSFER, "{").refused(401);
    }

    @Test
    void otherTenantsAccountAndTooLittleMoney() {
        Business business = new Business(space.as(stage.fixtures().admin(org)));
        String mine = business.open(userPerson, "USD", "1");
        String other = business.open(userPerson, "USD");
        UUID elsewhere = stage.fixtures().organization();
        String theirs = new Business(space.as(stage.fixtures().admin(elsewhere)))
                .open(stage.fixtures().user(elsewhere), "USD");

        Business.transfer(user, mine, theirs, "1", "USD").refused(404);
        Business.transfer(user, theirs, mine, "1", "USD").refused(404);
        user.get(Business.PATH + "/account?account_id=" + theirs).refused(404);
        Business.transfer(user, mine, other, "2", "USD").refused(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"' or 1=1 --", "<script>alert(1)</script>", "${7*7}", "%27%3B%20drop%20table", "\u202e"})
    void fragmentsOfOtherLanguagesAreText(String text) {
        nobody.from("203.0.113.10")
                .post("/api/auth/login", "email", text, "password", text)
                .refused(401);
        user.send("POST", TRANSFER, Business.order(text, text, "1", text)).refused(400);
    }
}
