package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Money moves exactly, or not at all with the reason. */
class TransfersIT {

    private final Stage stage = Stage.shared();
    private final UUID org = stage.fixtures().organization();
    private final Person adminPerson = stage.fixtures().admin(org);
    private final Person alicePerson = stage.fixtures().user(org);
    private final Person bobPerson = stage.fixtures().user(org);
    private final Caller admin = stage.space().as(adminPerson);
    private final Caller alice = stage.space().as(alicePerson);
    private final Caller bob = stage.space().as(bobPerson);
    private final Business business = new Business(admin);

    private String from;
    private String to;

    @BeforeEach
    void open() {
        from = business.open(alicePerson, "USD", "100.00");
        to = business.open(bobPerson, "USD");
    }

    @AfterEach
    void theLedgerIsClean() {
        business.isClean();
    }

    @Test
    void movesMoneyWithItsEntriesAndItsEvent() {
        Answer answer = Business.transfer(alice.with("X-Request-Id", "moving-" + from), from, to, "30.25", "USD")
                .is(200);

        assertThat(answer.json().size()).isEqualTo(2);
        assertThat(answer.get("success").asBoolean()).isTrue();
        String id = answer.text("transaction_id");
        assertThat(Business.balance(alice, from)).isEqualTo("69.75");
        assertThat(Business.balance(bob, to)).isEqualTo("30.25");

        JsonNode transaction =
                alice.get(Business.PATH + "/transactions/" + id).is(200).json();
        assertThat(transaction.path("kind").asText()).isEqualTo("transfer");
        assertThat(transaction.path("amount").decimalValue()).isEqualTo("30.25");
        assertThat(transaction.path("currency").asText()).isEqualTo("USD");
        assertThat(transaction.path("entries").findValuesAsText("account_id")).containsExactlyInAnyOrder(from, to);
        for (JsonNode entry : transaction.path("entries")) {
            assertThat(entry.path("amount").decimalValue())
                    .isEqualTo(entry.path("account_id").asText().equals(from) ? "-30.25" : "30.25");
        }
        assertThat(bob.get(Business.PATH + "/transactions/" + id).is(200).json())
                .isEqualTo(transaction);

        List<JsonNode> events = events("funds_transferred", id);
        assertThat(events).hasSize(1);
        JsonNode event = events.get(0);
        assertThat(event.path("source").asText()).isEqualTo("/plugins/financial_business");
        assertThat(event.path("actor_id").asText()).isEqualTo(alicePerson.id().toString());
        assertThat(event.path("request_id").asText()).isEqualTo("moving-" + from);
        assertThat(event.path("synthetic").asBoolean()).isFalse();
        assertThat(event.path("data").path("amount").decimalValue()).isEqualTo("30.25");
        assertThat(event.path("data").path("from_account").asText()).isEqualTo(from);
        assertThat(event.path("data").path("to_account").asText()).isEqualTo(to);
    }

    @ParameterizedTest
    @CsvSource({
        "USD, 0.01, 0.01",
        "USD, 10, 10.00",
        "USD, 10.1000000, 10.10",
        "USD, 1e1, 10.00",
        "USD, 99999999999.99, 99999999999.99",
        "JPY, 5, 5",
        "JPY, 5.0, 5",
        "KWD, 1.234, 1.234",
    })
    void amountsAreExact(String currency, String sent, String moved) {
        String giver = business.open(alicePerson, currency, "100000000000");
        String taker = business.open(bobPerson, currency);

        Business.transfer(alice, giver, taker, sent, currency).is(200);

        assertThat(Business.balance(bob, taker).toPlainString()).isEqualTo(moved);
        assertThat(Business.balance(alice, giver))
                .isEqualByComparingTo(new BigDecimal("100000000000").subtract(new BigDecimal(moved)));
    }

    @Test
    void tenCentsTenTimesAreOneDollar() {
        for (int i = 0; i < 10; i++) {
            Business.transfer(alice, from, to, "0.10", "USD").is(200);
        }
        assertThat(Business.balance(bob, to).toPlainString()).isEqualTo("1.00");
    }

    @ParameterizedTest
    @CsvSource({
        "USD, 10.001",
        "USD, 0",
        "USD, 0.00",
        "USD, -1",
        "USD, -0.01",
        "USD, 1000000000000000.01",
        "USD, 1e16",
        "USD, 1e400",
        "USD, 1e-400",
        "USD, 1e999999999",
        "JPY, 1.5",
        "KWD, 1.2345",
    })
    void refusesAmountsThatTheCurrencyCannotMove(String currency, String amount) {
        String giver = business.open(alicePerson, currency, "100");
        String taker = business.open(bobPerson, currency);

        Business.transfer(alice, giver, taker, amount, currency).refusedFor(400, "amount");

        assertThat(Business.balance(alice, giver)).isEqualByComparingTo("100");
        assertThat(Business.balance(bob, taker)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NaN", "Infinity", "-Infinity", "\"10\"", "\"ten\"", "true", "[10]", "{}", "null", "0x10", "+1"})
    void refusesWhatIsNoNumber(String amount) {
        Business.transfer(alice, from, to, amount, "USD").refused(400);

        assertThat(Business.balance(alice, from)).isEqualTo("100.00");
    }

    @Test
    void saysHowMuchIsThereAndHowMuchIsNeeded() {
        String says = Business.transfer(alice, from, to, "100.01", "USD").refused(400);

        assertThat(says).isEqualTo("Account %s has 100.00 USD; 100.01 USD is needed.", from);
        assertThat(Business.balance(alice, from)).isEqualTo("100.00");
        assertThat(Business.balance(bob, to)).isZero();
    }

    /** A request with everything wrong is put right one by one. */
    @Test
    void refusesInTheDocumentedOrder() {
        String yen = business.open(bobPerson, "JPY");
        String closed = business.open(bobPerson, "USD");
        close(closed);
        String bobs = business.open(bobPerson, "USD", "5");

        assertThat(Business.transfer(alice, bobs, bobs, "0.001", "XXX").refusedFor(400, "currency"))
                .contains("currency");
        assertThat(Business.transfer(alice, bobs, bobs, "0.001", "USD").refusedFor(400, "amount"))
                .contains("decimals");
        assertThat(Business.transfer(alice, bobs, bobs, "1000", "USD").refusedFor(400, "to_account_id"))
                .contains("two different accounts");
        Business.transfer(alice, bobs, yen, "1000", "USD").refused(404);
        assertThat(Business.transfer(alice, from, yen, "1000", "USD").refused(400))
                .contains("JPY");
        assertThat(Business.transfer(alice, from, closed, "1000", "USD").refused(409))
                .contains("closed");
        assertThat(Business.transfer(alice, from, to, "1000", "USD").refused(400))
                .contains("is needed");
        Business.transfer(alice, from, to, "100", "USD").is(200);
    }

    @Test
    void otherPeoplesMoneyIsNotFound() {
        String says = Business.transfer(bob, from, to, "1", "USD").refused(404);
        String unknown = UUID.randomUUID().toString();

        assertThat(says.replace(from, unknown))
                .isEqualTo(Business.transfer(bob, unknown, to, "1", "USD").refused(404));
        assertThat(Business.balance(alice, from)).isEqualTo("100.00");
    }

    /** The administrator has no more right to other people's money than anybody else. */
    @Test
    void anAdministratorsRoleOpensNoPurses() {
        Business.transfer(admin, from, to, "1", "USD").refused(404);
    }

    @Test
    void otherOrganizationsAccountsAreNotFound() {
        UUID elsewhere = stage.fixtures().organization();
        Person carolPerson = stage.fixtures().user(elsewhere);
        Business others = new Business(stage.space().as(stage.fixtures().admin(elsewhere)));
        String carols = others.open(carolPerson, "USD", "10");
        String unknown = UUID.randomUUID().toString();

        String says = Business.transfer(alice, from, carols, "1", "USD").refused(404);

        assertThat(says.replace(carols, unknown))
                .isEqualTo(Business.transfer(alice, from, unknown, "1", "USD").refused(404));
        business.deposit(carols, "1", "USD").refused(404);
        others.isClean();
        assertThat(Business.balance(stage.space().as(carolPerson), carols)).isEqualTo("10.00");
    }

    @Test
    void theEquityAccountTakesNoTransfers() {
        String equity = stage.database()
                .query("select id from financial_business.account where org_id = ? and kind = 'equity'", org)
                .get(0);

        Business.transfer(alice, from, equity, "1", "USD").refused(404);
        business.deposit(equity, "1", "USD").refused(404);
    }

    @Test
    void aTransferIsReversedOnce() {
        String id = Business.transfer(alice, from, to, "40", "USD").is(200).text("transaction_id");

        String reversal = business.reverse(id).is(200).text("transaction_id");

        assertThat(reversal).isNotEqualTo(id);
        assertThat(Business.balance(alice, from)).isEqualTo("100.00");
        assertThat(Business.balance(bob, to)).isZero();
        assertThat(business.reverse(id).refused(409)).contains(reversal);
        business.reverse(reversal).refused(409);
        assertThat(admin.get(Business.PATH + "/transactions/" + id).text("reversed_by"))
                .isEqualTo(reversal);
        assertThat(admin.get(Business.PATH + "/transactions/" + reversal).text("reverses"))
                .isEqualTo(id);
        assertThat(Business.balance(alice, from)).isEqualTo("100.00");
    }

    @Test
    void whatIsSpentCannotBeTakenBack() {
        String id = Business.transfer(alice, from, to, "40", "USD").is(200).text("transaction_id");
        Business.transfer(bob, to, from, "1", "USD").is(200);

        assertThat(business.reverse(id).refused(400)).contains("39.00 USD", "40.00 USD");
        business.reverse(UUID.randomUUID().toString()).refused(404);
    }

    @Test
    void ownersSeeTheirOwnAccounts() {
        JsonNode accounts = alice.get(Business.PATH + "/accounts").is(200).json();
        assertThat(accounts.findValuesAsText("account_id")).contains(from).doesNotContain(to);
        assertThat(alice.get(Business.PATH + "/account").is(200).json().size()).isEqualTo(3);
        alice.get(Business.PATH + "/account?account_id=" + to).refused(404);
        stage.space()
                .as(stage.fixtures().user(org))
                .get(Business.PATH + "/account")
                .refused(404);
    }

    private List<JsonNode> events(String type, String subject) {
        JsonNode page = admin.get("/api/control-center/events?limit=100&type=" + type)
                .is(200)
                .get("items");
        return StreamSupport.stream(page.spliterator(), false)
                .filter(event -> event.path("subject").asText().equals(subject))
                .toList();
    }

    private void close(String account) {
        stage.database()
                .execute(
                        "update financial_business.account set status = 'closed' where id = ?",
                        UUID.fromString(account));
    }
}
