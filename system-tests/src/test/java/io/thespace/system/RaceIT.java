package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many move money at once; none is lost and none is made. */
class RaceIT {

    private final Stage stage = Stage.shared();
    private final UUID org = stage.fixtures().organization();
    private final Person alicePerson = stage.fixtures().user(org);
    private final Caller alice = stage.space().as(alicePerson);
    private final Business business =
            new Business(stage.space().as(stage.fixtures().admin(org)));

    @AfterEach
    void theLedgerIsClean() {
        business.isClean();
    }

    @Test
    void randomTransfersOverFewAccountsKeepTheTotal() {
        List<String> accounts = List.of(
                business.open(alicePerson, "EUR", "50"),
                business.open(alicePerson, "EUR", "50"),
                business.open(alicePerson, "EUR", "50"),
                business.open(alicePerson, "EUR", "50"));
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int client = 0; client < 16; client++) {
            Random random = new Random(client);
            clients.add(() -> {
                int moved = 0;
                for (int i = 0; i < 25; i++) {
                    int from = random.nextInt(accounts.size());
                    int to = (from + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
                    String cents =
                            BigDecimal.valueOf(1 + random.nextInt(4000), 2).toPlainString();
                    Answer answer = Business.transfer(alice, accounts.get(from), accounts.get(to), cents, "EUR");
                    if (answer.succeeded()) {
                        moved++;
                    } else {
                        assertThat(answer.refused(400)).contains("is needed");
                    }
                }
                return moved;
            });
        }

        int moved = Crowd.all(clients).stream().mapToInt(Integer::intValue).sum();

        assertThat(moved).isPositive();
        assertThat(business.total("EUR")).isEqualTo("200.00");
        assertThat(stage.database()
                        .count(
                                "select count(*) from financial_business.transaction where org_id = ? and kind = 'transfer'"
                                        + " and currency = 'EUR'",
                                org))
                .isEqualTo(moved);
    }

    @Test
    void oppositeTransfersAtOnceNeverDeadlock() {
        String one = business.open(alicePerson, "USD", "1000");
        String other = business.open(alicePerson, "USD", "1000");
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int client = 0; client < 16; client++) {
            boolean there = client % 2 == 0;
            clients.add(() -> {
                for (int i = 0; i < 20; i++) {
                    Business.transfer(alice, there ? one : other, there ? other : one, "1", "USD")
                            .is(200);
                }
                return 20;
            });
        }

        Crowd.all(clients);

        assertThat(Business.balance(alice, one)).isEqualTo("1000.00");
        assertThat(Business.balance(alice, other)).isEqualTo("1000.00");
    }

    @Test
    void aHotAccountGivesNoMoreThanItHas() {
        String hot = business.open(alicePerson, "USD", "100");
        List<Callable<Answer>> clients = new ArrayList<>();
        for (int client = 0; client < 30; client++) {
            String to = business.open(alicePerson, "USD");
            clients.add(() -> Business.transfer(alice, hot, to, "10", "USD"));
        }

        List<Answer> answers = Crowd.all(clients);

        assertThat(answers).filteredOn(Answer::succeeded).hasSize(10);
        assertThat(answers)
                .filteredOn(answer -> !answer.succeeded())
                .allSatisfy(answer -> assertThat(answer.refused(400)).contains("has 0.00 USD"));
        assertThat(Business.balance(alice, hot)).isZero();
    }

    /** The first deposits of a currency also make the equity account: one. */
    @Test
    void firstDepositsAtOnceShareOneEquityAccount() {
        List<Callable<Answer>> clients = new ArrayList<>();
        for (int client = 0; client < 10; client++) {
            String to = business.open(alicePerson, "CHF");
            clients.add(() -> business.deposit(to, "10", "CHF"));
        }

        Crowd.all(clients).forEach(answer -> answer.is(200));

        assertThat(business.total("CHF")).isEqualTo("100.00");
        assertThat(stage.database()
                        .count(
                                "select count(*) from financial_business.account"
                                        + " where org_id = ? and kind = 'equity' and currency = 'CHF'",
                                org))
                .isEqualTo(1);
    }

    @Test
    void aTransferIsReversedOnceAlsoByManyAtOnce() {
        String from = business.open(alicePerson, "USD", "10");
        String to = business.open(alicePerson, "USD", "100");
        String id = Business.transfer(alice, from, to, "10", "USD").is(200).text("transaction_id");
        List<Callable<Answer>> clients = new ArrayList<>();
        for (int client = 0; client < 10; client++) {
            clients.add(() -> business.reverse(id));
        }

        List<Answer> answers = Crowd.all(clients);

        assertThat(answers).filteredOn(Answer::succeeded).hasSize(1);
        assertThat(answers).filteredOn(answer -> !answer.succeeded()).allSatisfy(answer -> answer.refused(409));
        assertThat(Business.balance(alice, from)).isEqualTo("10.00");
    }
}
