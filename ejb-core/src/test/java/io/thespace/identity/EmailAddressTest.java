package io.thespace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.plugin.api.EmailAddress;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    private final Validator validator =
            Validation.buildDefaultValidatorFactory().getValidator();

    private record Order(@EmailAddress String email) {}

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "ada@example.org",
                "admin@localhost",
                "a.b+c_d%e'f-g@sub.example.co.uk",
                "Ärger@exämple.org",
                "用户@例え.jp",
                "zoe\u0308@example.org",
                "a@xn--exmple-cua.org"
            })
    void isAccepted(String email) {
        assertThat(validator.validate(new Order(email))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                "ada@",
                "ada@@example.org",
                "a@b@example.org",
                "a\uff20b@example.org",
                "a\ufe6bb@example.org",
                "ada @example.org",
                "\"a b\"@example.org",
                "ada\u00a0@example.org",
                "ada\u3000@example.org",
                "ada\u2028@example.org",
                "ada@example.org\n",
                "ada\u0001@example.org",
                "ada\u007f@example.org",
                "ada\u009f@example.org",
                "ada\u00ad@example.org",
                "ada\u034f@example.org",
                "ada\u061c@example.org",
                "ada\u115f@example.org",
                "ada\u17b4@example.org",
                "ada\u180e@example.org",
                "ada\u200b@example.org",
                "ada\u200d@example.org",
                "\u200eada@example.org",
                "\u202eada@example.org",
                "ada@example\u2060.org",
                "ada@\u2066example\u2069.org",
                "ada\u2800@example.org",
                "ada\u3164@example.org",
                "ada\ufe0f@example.org",
                "\ufeffada@example.org",
                "ada\uffa0@example.org",
                "ada\uffff@example.org",
                "ada\ue000@example.org",
                "ada\ud800@example.org",
                "ada\udb40\udd00@example.org",
                "ada\udb40\udc41@example.org"
            })
    void isRefused(String email) {
        assertThat(validator.validate(new Order(email)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.getMessage()).contains("invisible characters"));
    }

    @Test
    void isBounded() {
        assertThat(validator.validate(new Order("a@" + "b.".repeat(126) + "c"))).isNotEmpty();
    }
}
