package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same key means the same effect, once. */
class IdempotencyIT {

    private static final String MEMORIES = "/management/v1/memories";

    private final Stage stage = Stage.shared();
    private final UUID org = stage.fixtures().organization();
    private final Person alicePerson = stage.fixtures().user(org);
    private final Person bobPerson = stage.fixtures().user(org);
    private final Caller alice = stage.space().as(alicePerson);
    private final Caller bob = stage.space().as(bobPerson);
    private final Business business =
            new Business(stage.space().as(stage.fixtures().admin(org)));

    private String from;
    private String to;

    @BeforeEach
    void open() {
        from = business.open(alicePerson, "USD", "100");
        to = business.open(bobPerson, "USD");
    }

    @Test
    void fiftyClientsAtOnceMoveTheMoneyOnce() {
        Caller once = alice.once("key-" + UUID.randomUUID());
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(() -> Business.transfer(once, from, to, "10", "USD"));
        }

        List<Answer> answers = Crowd.all(calls);

        Set<String> bodies = new HashSet<>();
        int firsts = 0;
        for (Answer answer : answers) {
            if (answer.status() == 409) {
                // Only callers that waited longer than 3 s for the first call may get 409.
                answer.refused(409);
                assertThat(answer.header("Retry-After")).isPresent();
                continue;
            }
            answer.is(200);
            bodies.add(answer.body());
            firsts += answer.header("Idempotency-Replayed").isPresent() ? 0 : 1;
        }
        assertThat(bodies).hasSize(1);
        assertThat(firsts).isEqualTo(1);
        assertThat(answers).filteredOn(Answer::succeeded).hasSizeGreaterThan(1);
        assertThat(Business.balance(alice, from)).isEqualTo("90.00");
        assertThat(Business.balance(bob, to)).isEqualTo("10.00");
        // A later repetition returns the same response.
        assertThat(bodies)
                .containsExactly(Business.transfer(once, from, to, "10", "USD").body());
        business.isClean();
    }

    @Test
    void agentsOfOneUserGetNoAnswersOfEachOther() {
        Caller owner = stage.space().as(stage.fixtures().member(org, "owner"));
        Caller first = agent(owner);
        Caller second = agent(owner);
        String key = "event-" + UUID.randomUUID();

        Answer stored =
                first.once(key).post(MEMORIES, "content", "The order was paid.").is(201);
        second.once(key).post(MEMORIES, "content", "The order was paid.").refused(422);

        Answer again =
                first.once(key).post(MEMORIES, "content", "The order was paid.").is(201);
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo(stored.body());
    }

    /** A new active agent of a user, with a token of its own. */
    private Caller agent(Caller owner) {
        String id = owner.post("/management/v1/agents", "name", "a", "model", "m")
                .is(201)
                .text("id");
        owner.call("POST", "/management/v1/agents/" + id + "/activate").is(200);
        List<String> permissions = List.of("memory_read", "memory_write");
        Caller agent = stage.space()
                .anonymous()
                .withToken(owner.post("/management/v1/tokens", "name", "a", "permissions", permissions, "agent_id", id)
                        .is(201)
                        .text("access_token"));
        Patience.within(Duration.ofSeconds(10), () -> agent.get(MEMORIES).is(200));
        return agent;
    }

    @Test
    void saysThatAnAnswerIsAReplay() {
        Caller once = alice.once(UUID.randomUUID().toString());
        Answer first = Business.transfer(once, from, to, "10", "USD").is(200);
        Answer second = Business.transfer(once, from, to, "10", "USD").is(200);

        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.header("Idempotency-Replayed")).contains("true");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
    }

    @Test
    void aReplayHasTheHeadersOfItsAnswer() {
        Caller once = alice.once(UUID.randomUUID().toString());
        List<Map<String, Object>> parts = List.of(Map.of("name", "note", "data", "x"));
        Answer first = once.post("/api/mcp/contexts", "parts", parts).is(201);
        Answer second = once.post("/api/mcp/contexts", "parts", parts).is(201);

        assertThat(second.header("Idempotency-Replayed")).contains("true");
        assertThat(first.header("ETag")).isPresent();
        for (String header : List.of("ETag", "Location", "Content-Type", "Cache-Control")) {
            assertThat(second.header(header)).as(header).isEqualTo(first.header(header));
        }
    }

    /** Spaces and the order of members make no other request of it. */
    @Test
    void theSameRequestIsRecognizedHoweverItIsWritten() {
        Caller once = alice.once(UUID.randomUUID().toString());
        Answer first = Business.transfer(once, from, to, "10", "USD").is(200);
        Answer second = once.send(
                        "POST",
                        Business.PATH + "/transfer",
                        """
                        { "currency": "USD",
                          "to_account_id": "%s", "amount": 10, "from_account_id": "%s" }
                        """
                                .formatted(to, from))
                .is(200);

        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void anotherRequestWithTheKeyIsRefused() {
        Caller once = alice.once(UUID.randomUUID().toString());
        Business.transfer(once, from, to, "10", "USD").is(200);

        Business.transfer(once, from, to, "11", "USD").refused(422);

        assertThat(Business.balance(alice, from)).isEqualTo("90.00");
    }

    @Test
    void aRefusalLeavesTheKeyFree() {
        Caller once = alice.once(UUID.randomUUID().toString());
        Business.transfer(once, from, to, "1000", "USD").refused(400);
        Business.transfer(once, from, from, "1", "USD").refused(400);

        Answer answer = Business.transfer(once, from, to, "10", "USD").is(200);

        assertThat(answer.header("Idempotency-Replayed")).isEmpty();
        assertThat(Business.balance(alice, from)).isEqualTo("90.00");
    }

    @Test
    void keysBelongToTheirPrincipal() {
        String key = UUID.randomUUID().toString();
        Business.transfer(alice.once(key), from, to, "10", "USD").is(200);

        Business.transfer(bob.once(key), to, from, "10", "USD").is(200);

        assertThat(Business.balance(alice, from)).isEqualTo("100.00");
    }

    @Test
    void alsoAccountsDepositsAndReversalsAreMadeOnce() {
        Person admin = stage.fixtures().admin(org);
        Caller caller = stage.space().as(admin);
        Business once = new Business(caller.once("opening-" + UUID.randomUUID()));
        assertThat(once.open(alicePerson, "EUR")).isEqualTo(once.open(alicePerson, "EUR"));

        Business paying = new Business(caller.once("paying-" + UUID.randomUUID()));
        String paid = paying.deposit(from, "5", "USD").is(200).text("transaction_id");
        paying.deposit(from, "5", "USD").is(200);
        assertThat(Business.balance(alice, from)).isEqualTo("105.00");

        Business reversing = new Business(caller.once("reversing-" + UUID.randomUUID()));
        Answer first = reversing.reverse(paid).is(200);
        assertThat(reversing.reverse(paid).is(200).body()).isEqualTo(first.body());
        assertThat(Business.balance(alice, from)).isEqualTo("100.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "tab\there", "ä"})
    void refusesKeysThatAreNotVisibleAscii(String key) {
        Answer answer = Wire.send(
                stage.space().base(),
                """
                POST %s/transfer HTTP/1.1
                Host: localhost
                Authorization: Bearer %s
                Content-Type: application/json
                Idempotency-Key: %s
                Connection: close
                """
                        .formatted(Business.PATH, alice.token(), key),
                Business.order(from, to, "1", "USD"));
        answer.refused(400);
        assertThat(Business.balance(alice, from)).isEqualTo("100.00");
    }

    @Test
    void refusesKeysThatAreTooLong() {
        Business.transfer(alice.once("k".repeat(256)), from, to, "1", "USD").refused(400);
        Business.transfer(alice.once("k".repeat(255)), from, to, "1", "USD").is(200);
    }
}
