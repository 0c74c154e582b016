package io.thespace.plugin.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonIdentifierTest {

    @ParameterizedTest
    @CsvSource({
        "Anna@Example.org, anna@example.org",
        "'  Anna@Example.org\u00a0', anna@example.org",
        "zoe\u0308@example.org, zo\u00eb@example.org",
        "\uff23-\uff11\uff10\uff11\uff17, c-1017",
        "STRA\u1e9eE, strasse",
        "stra\u00dfe, strasse",
        "\u039f\u0394\u039f\u03a3, \u03bf\u03b4\u03bf\u03c3",
        "\u03bf\u03b4\u03bf\u03c2, \u03bf\u03b4\u03bf\u03c3",
        "\u0130lker, i\u0307lker",
        "\u0131lker, \u0131lker",
        "J\u030cim, \u01f0im",
        "\u1fbc-1, \u03b1\u03b9-1",
        "ada@XN--MNCHEN-3YA.de, ada@m\u00fcnchen.de",
        "ada@mu\u0308nchen\u3002de, ada@m\u00fcnchen.de",
        "ada\u200b@example.org\ufeff, ada@example.org",
        "\uff76\uff9e\uff72, \u30ac\u30a4",
    })
    void spellingsHaveOneNormalForm(String spelling, String normal) {
        assertThat(PersonIdentifier.normalForm(spelling)).isEqualTo(normal);
        assertThat(PersonIdentifier.same(spelling, normal)).isTrue();
        String plain = PersonIdentifier.plain(spelling);
        assertThat(found(PersonIdentifier.mention(normal), "a (" + plain + ") b"))
                .isTrue();
        assertThat(found(PersonIdentifier.exact(normal), plain)).isTrue();
        assertThat(found(PersonIdentifier.exact(normal), "x" + plain)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ada@example.org, 'To: <Ada@Example.org>', true",
        "ada@example.org, 'mail ada@example.org.', true",
        "ada@example.org, '-ada@example.org', true",
        "ada@example.org, '...ada@example.org', true",
        "ada@example.org, '{\"t\": \"one\\nada@example.org\"}', true",
        "ada@example.org, xada@example.org, false",
        "ada@example.org, x.ada@example.org, false",
        "ada@example.org, x+ada@example.org, false",
        "ada@example.org, ada@example.org.au, false",
        "ada@example.org, ada@example.organic, false",
        "ada@example.org, \u00ebada@example.org, false",
        "zoe, zoe\u0308, false",
        "zo\u00eb, 'is zoe here', false",
        "C-1017, C-10175, false",
        "C-1017, C-1017\u200b5, false",
        "C-1017, x\u200bC-1017, false",
        "C-1017, '\u200bC-1017\u200b', true",
        "C-1017, (c-1017), true",
        "a+b?, 'is A+B? yes', true",
        "a+b, a+b?, true",
        "\u7530\u4e2d, \u3053\u3093\u306b\u3061\u306f\u7530\u4e2d\u3055\u3093, true",
        "\uae40\ucca0\uc218, \uae40\ucca0\uc218\ub294, true",
        "\uae30, \uae40, false",
        "'o\"neil', '{\"name\": \"O\\\"Neil\"}', true",
        "'dom\\user', '{\"name\": \"DOM\\\\user\"}', true",
        "masssalat, ma\u00dfSalat, true",
        "masssalat, mas\u1e9ealat, true",
        "1017, 018f0000-1017-7000-8000-000000000001, false",
        "1017, 018F0000-0000-1017-8000-000000000001, false",
        "1017, 018f0000-0000-7000-1017-000000000001, false",
        "10171017, run-10171017-0000-7000-8000-000000000001, false",
        "101710171017, 018f0000-0000-7000-8000-101710171017, false",
        "7000-8000, 018f0000-0000-7000-8000-000000000001, false",
        "1017, '018f0000-0000-7000-8000-000000000001 1017', true",
        "1017, 018f0000-0000-1017, true",
        "1017, 1017-8000-000000000001, true",
        "018f0000-0000-7000-8000-000000000001, /018F0000-0000-7000-8000-000000000001, true",
    })
    void aTextMentionsAnIdentifier(String identifier, String text, boolean expected) {
        assertThat(found(PersonIdentifier.mention(identifier), PersonIdentifier.plain(text)))
                .isEqualTo(expected);
    }

    /** Of every character alone and of random texts the normal form is its own, and found by its own expressions. */
    @Test
    void theNormalFormOfANormalFormIsItself() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int point = 1; point <= Character.MAX_CODE_POINT; point++) {
            if (Character.isDefined(point) && Character.getType(point) != Character.SURROGATE) {
                holds("a" + Character.toString(point) + "b");
            }
        }
        for (int i = 0; i < 20_000; i++) {
            String text = random.ints(1 + random.nextInt(8), 1, 0x3000)
                    .filter(point -> Character.isDefined(point) && Character.getType(point) != Character.SURROGATE)
                    .mapToObj(Character::toString)
                    .reduce("", String::concat);
            try {
                holds(random.nextBoolean() ? text : text + "@" + text + ".org");
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static void holds(String text) {
        String normal = PersonIdentifier.normalForm(text);
        assertThat(PersonIdentifier.normalForm(normal)).as("%s", points(text)).isEqualTo(normal);
        for (String spelling : List.of(
                Normalizer.normalize(text, Normalizer.Form.NFD),
                Normalizer.normalize(text, Normalizer.Form.NFC),
                Normalizer.normalize(text, Normalizer.Form.NFKC))) {
            assertThat(PersonIdentifier.normalForm(spelling))
                    .as("%s", points(text))
                    .isEqualTo(normal);
        }
    }

    @Test
    void everyLetterIsFoundInBothCases() {
        for (int point = 1; point <= Character.MAX_CODE_POINT; point++) {
            if (Character.isLetter(point) && point != 0x131) {
                String letter = Character.toString(point);
                String exact = PersonIdentifier.exact(letter);
                for (String other : List.of(letter, letter.toUpperCase(Locale.ROOT), letter.toLowerCase(Locale.ROOT))) {
                    assertThat(found(exact, PersonIdentifier.plain(other)))
                            .as("%s %s", points(letter), points(other))
                            .isTrue();
                }
            }
        }
    }

    private static List<String> points(String text) {
        return text.codePoints().mapToObj(Integer::toHexString).toList();
    }

    private static boolean found(String expression, String text) {
        return Pattern.compile(expression).matcher(text).find();
    }
}
