package io.thespace.preference;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesOrderTest {

    private final Validator validator =
            Validation.buildDefaultValidatorFactory().getValidator();

    private Set<ConstraintViolation<PreferencesOrder>> violations(String locale) {
        return validator.validate(new PreferencesOrder("dark", locale, "UTC", NotificationChoices.EXAMPLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "de-AT", "es-419", "zh-Hant-TW", "fil-PH", "ca-ES-valencia", "de-CH-1901"})
    void aLanguageTagIsAccepted(String locale) {
        assertThat(violations(locale)).isEmpty();
    }

    /** With a tag that Intl refuses, the dashboard could show no date. */
    @ParameterizedTest
    @ValueSource(strings = {"", "german", "de_AT", "de-AT-CH", "en-US-GB", "en-UTF8", "zh-cmn", "de-1996-1996"})
    void whatBrowsersRefuseIsRefused(String locale) {
        assertThat(violations(locale))
                .extracting(each -> each.getPropertyPath().toString())
                .containsExactly("locale");
    }
}
