package io.thespace.financial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Rejection;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "0.01, USD, 0.01 USD",
        "100, USD, 100.00 USD",
        "10.5000000, USD, 10.50 USD",
        "1e2, USD, 100.00 USD",
        "1e15, USD, 1000000000000000.00 USD",
        "7, JPY, 7 JPY",
        "7.0, JPY, 7 JPY",
        "0.125, KWD, 0.125 KWD",
        "0.0001, CLF, 0.0001 CLF",
    })
    void takesWhatTheCurrencyCanExpress(BigDecimal amount, String currency, String shown) {
        assertThat(Money.of(amount, currency)).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, USD",
        "0e1000000, USD",
        "-0.01, USD",
        "0.001, USD",
        "0.5, JPY",
        "0.0001, KWD",
        "1000000000000000.01, USD",
        "1e16, USD",
        "1e1000000, USD",
        "1e2000000000, USD",
        "1e-1000000, USD",
        "1e-2000000000, USD",
        "-1e2000000000, USD",
    })
    void refusesOtherAmounts(BigDecimal amount, String currency) {
        assertThatThrownBy(() -> Money.of(amount, currency)).isInstanceOfSatisfying(Rejection.class, rejection -> {
            assertThat(rejection.code()).isEqualTo(FinancialError.INVALID_AMOUNT);
            assertThat(rejection.details()).extracting(detail -> detail.field()).containsExactly("amount");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "usd", "US", "DOLLAR", "ZZZ", "XXX", "XAU", "XTS", "'; drop"})
    void refusesWhatIsNoCurrency(String code) {
        assertThatThrownBy(() -> Money.of(BigDecimal.ONE, code))
                .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                        .isEqualTo(FinancialError.UNKNOWN_CURRENCY));
    }

    @Test
    void showsStoredAmountsWithTheCurrencysDecimals() {
        assertThat(Money.shown(new BigDecimal("1000.0000"), "USD").toPlainString())
                .isEqualTo("1000.00");
        assertThat(Money.shown(new BigDecimal("0.0000"), "JPY").toPlainString()).isEqualTo("0");
        assertThat(Money.shown(new BigDecimal("-0.1250"), "KWD").toPlainString())
                .isEqualTo("-0.125");
    }

    @Test
    void showsAStoredAmountThatIsFinerThanItsCurrency() {
        assertThat(Money.shown(new BigDecimal("0.1250"), "USD").toPlainString()).isEqualTo("0.125");
    }
}
