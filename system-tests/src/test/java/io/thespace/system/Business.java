package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.UUID;

/** The financial business of one organization, in its own words. */
final class Business {

    static final String PATH = "/api/plugins/financial_business";

    private final Caller admin;

    /** Of the administrator's organization. */
    Business(Caller admin) {
        this.admin = admin;
    }

    /** Opens an account and gives its id. */
    String open(Person owner, String currency) {
        return open(owner.id(), currency);
    }

    String open(UUID owner, String currency) {
        return admin.post(PATH + "/admin/accounts", "owner_user_id", owner, "currency", currency)
                .is(201)
                .text("account_id");
    }

    /** Opens an account with money in it. */
    String open(Person owner, String currency, String amount) {
        String account = open(owner, currency);
        deposit(account, amount, currency).is(200);
        return account;
    }

    Answer deposit(String account, String amount, String currency) {
        return admin.post(
                PATH + "/admin/deposit", "account_id", account, "amount", new BigDecimal(amount), "currency", currency);
    }

    /** Moves money on behalf of somebody. */
    static Answer transfer(Caller caller, String from, String to, String amount, String currency) {
        return caller.send("POST", PATH + "/transfer", order(from, to, amount, currency));
    }

    /** The body of a transfer; the amount stands in it as it is written. */
    static String order(String from, String to, String amount, String currency) {
        return "{\"from_account_id\":%s,\"to_account_id\":%s,\"amount\":%s,\"currency\":%s}"
                .formatted(Json.text(from), Json.text(to), amount, Json.text(currency));
    }

    /** The balance of the caller's own account. */
    static BigDecimal balance(Caller owner, String account) {
        return owner.get(PATH + "/account?account_id=" + account)
                .is(200)
                .get("balance")
                .decimalValue();
    }

    Answer reverse(String transaction) {
        return admin.call("POST", PATH + "/transactions/" + transaction + "/reverse");
    }

    /** The ledger's state as it checks itself. */
    JsonNode invariants() {
        return admin.get(PATH + "/admin/invariants").is(200).json();
    }

    /** Asserts that every invariant of the ledger holds, and that customers and equity cancel out. */
    void isClean() {
        JsonNode ledger = invariants();
        assertThat(ledger.path("clean").asBoolean()).as(ledger.toPrettyString()).isTrue();
        assertThat(ledger.path("invariants")).isNotEmpty().allSatisfy(invariant -> assertThat(
                        invariant.path("holds").asBoolean())
                .as(invariant.toString())
                .isTrue());
        assertThat(ledger.path("totals")).allSatisfy(total -> assertThat(total.path("customers")
                        .decimalValue()
                        .add(total.path("equity").decimalValue()))
                .as(total.toString())
                .isZero());
    }

    /** All the money that customers have in one currency. */
    BigDecimal total(String currency) {
        for (JsonNode total : invariants().path("totals")) {
            if (total.path("currency").asText().equals(currency)) {
                return total.path("customers").decimalValue();
            }
        }
        return BigDecimal.ZERO;
    }
}
