package io.thespace.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.plugin.api.PersonIdentifier;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Random;

/** Identifiers of people in several scripts, and random spellings of them that mean the same person. */
public final class PersonSpellings {

    private static final String[] NAMES = {
        "zo\u00eb",
        "stra\u00dfner",
        "\u00c5sa",
        "jos\u00e9",
        "\u0141ukasz",
        "\u03bf\u03b4\u03c5\u03c3\u03c3\u03b5\u03c5\u03c2",
        "\u0438\u0432\u0430\u043d",
        "weiss",
        "anna"
    };
    private static final String[] DOMAINS = {
        "example.org", "m\u00fcnchen.example", "\u043f\u0440\u0438\u043c\u0435\u0440.example", "shop.example"
    };

    private final long seed;
    private final Random random;

    /** @param seed equal seeds give equal spellings */
    public PersonSpellings(long seed) {
        this.seed = seed;
        random = new Random(seed);
    }

    /** The identifier with a number: a customer's number, a name or an e-mail address. Of different numbers, of different people. */
    public static String identifier(int i) {
        String name = NAMES[i % NAMES.length] + "-" + i;
        return switch (i % 3) {
            case 0 -> "c-" + name;
            case 1 -> name;
            default -> name + "@" + DOMAINS[i % DOMAINS.length];
        };
    }

    /** The same identifier, spelled in another way. */
    public String spelling(String identifier) {
        StringBuilder spelling = new StringBuilder();
        identifier.codePoints().forEach(point -> spelling.append(spelling(point)));
        String text = spelling.toString();
        if (identifier.contains("@") && random.nextInt(4) == 0) {
            int at = identifier.indexOf('@');
            text = identifier.substring(0, at).toUpperCase(Locale.ROOT) + "@"
                    + IDN.toASCII(identifier.substring(at + 1));
        }
        Normalizer.Form[] forms = Normalizer.Form.values();
        text = Normalizer.normalize(
                text, random.nextBoolean() ? Normalizer.Form.NFC : forms[random.nextInt(forms.length)]);
        assertThat(PersonIdentifier.same(text, identifier))
                .as("seed %d, %s and %s", seed, text, identifier)
                .isTrue();
        return text;
    }

    private String spelling(int point) {
        String one = Character.toString(point);
        String text =
                switch (random.nextInt(6)) {
                    case 0, 1 -> one.toUpperCase(Locale.ROOT);
                    case 2 -> one.toLowerCase(Locale.ROOT);
                    // Full width.
                    case 3 -> point > 0x20 && point < 0x7f ? Character.toString(point + 0xfee0) : one;
                    case 4 -> Normalizer.normalize(one, Normalizer.Form.NFD);
                    default -> one;
                };
        return random.nextInt(12) == 0 ? text + "\u200b" : text;
    }
}
