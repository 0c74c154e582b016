package io.thespace.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {

    @ParameterizedTest
    @CsvSource({
        "abc, 3, abc",
        "abc, 2, ab",
        "abc, 0, ''",
        "a\ud83d\ude00b, 2, a",
        "a\ud83d\ude00b, 3, a\ud83d\ude00",
        "\ud83d\ude00, 1, ''",
    })
    void noCharacterIsSplit(String text, int max, String expected) {
        assertThat(Texts.truncate(text, max)).isEqualTo(expected);
    }
}
