package io.thespace.plugin.api;

import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The normal form of identifiers of people: e-mail addresses, customer numbers, names.
 *
 * <p>Two identifiers are the same person's when their normal forms are equal: compatibility characters, letter case, composed
 * and decomposed accents, characters that are not displayed and surrounding spaces do not count (Unicode NFKC, full case
 * folding), and neither does the encoding of an e-mail address's domain (IDNA). Normal forms are computed here and nowhere
 * else. SQL compares by the regular expressions of {@link #exact} and {@link #mention}, so the result does not depend on the
 * locale of a database.
 */
public final class PersonIdentifier {

    /** Characters that are not displayed: most of Unicode's Default_Ignorable_Code_Point. */
    private static final Pattern UNDISPLAYED = Pattern.compile(
            "[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]");

    /** White space that compatibility decomposition leaves as it is. */
    private static final String SPACE = "[\t-\r\u001c- \u0085\u1680\u2028\u2029]*";

    private static final Pattern SURROUNDING = Pattern.compile("^" + SPACE + "|" + SPACE + "$");
    private static final Pattern ADDRESS = Pattern.compile("([^@ ]+)@([^@ ]+)");

    /** The escape sequence of a line break in JSON, before a word. */
    private static final String ESCAPE = "\\\\+[bfnrt]";

    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]+(?:-[0-9a-f]+)*");
    private static final String DIGIT = "[0-9A-Fa-f]";

    /** How many digits the groups of a UUID have. */
    private static final int[] UUID_GROUPS = {8, 4, 4, 4, 12};

    /** Scripts that write words without spaces, or attach particles: a name is found amid other letters. */
    private static final Set<UnicodeScript> UNSPACED = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    /** Character tables of the expressions. Computing them takes a second, so sign-ins do not load them. */
    private static final class Letters {

        /** Characters that continue the previous letter: combining marks, and the later parts of a Hangul syllable. */
        static final String MARKS = ranges(PersonIdentifier::isMark);

        static final String WORD = ranges(PersonIdentifier::isWord);

        /** By folded character, all that fold to it. */
        static final Map<Integer, String> SPELLINGS = spellings();

        private Letters() {}
    }

    private PersonIdentifier() {}

    /** The normal form; null for null. Idempotent. */
    public static String normalForm(String identifier) {
        if (identifier == null) {
            return null;
        }
        Parts parts = parts(identifier);
        return Normalizer.normalize(
                parts.domains.isEmpty() ? parts.name : parts.name + "@" + parts.domains.get(0), Normalizer.Form.NFKC);
    }

    /** Whether both are given and have the same normal form. */
    public static boolean same(String one, String other) {
        return one != null && other != null && normalForm(one).equals(normalForm(other));
    }

    /**
     * A text as the expressions of this class expect it: in Unicode's normal form NFKD, without what is not displayed. In the core's
     * schema the function {@code plain} does the same.
     */
    public static String plain(String text) {
        return UNDISPLAYED
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("");
    }

    /**
     * A regular expression, of PostgreSQL and of Java, that finds every spelling of an identifier in a text and not amid a longer
     * word or address, or amid a UUID.
     *
     * @return for a {@link #plain} text; null for null
     */
    public static String mention(String identifier) {
        if (identifier == null) {
            return null;
        }
        Parts parts = parts(identifier);
        String needle = needle(parts);
        if (needle.isEmpty()) {
            return "$x"; // matches nothing
        }
        if (!parts.domains.isEmpty()) {
            return "(?:^|[^" + Letters.WORD + ".+_%-]|(?:^|[^" + Letters.WORD + "])[.+_%-]|" + ESCAPE + ")"
                    + needle
                    + "(?:$|[^" + Letters.WORD + ".-]|[.-](?:$|[^" + Letters.WORD + "]))";
        }
        int first = parts.name.codePointAt(0);
        int last = parts.name.codePointBefore(parts.name.length());
        return (isWord(first) ? "(?:^|[^" + Letters.WORD + "]|" + ESCAPE + ")" : "")
                + outsideUuids(parts.name, needle)
                + needle
                + "(?:$|[^" + (isWord(last) && !isMark(last) ? Letters.WORD : Letters.MARKS) + "])";
    }

    /**
     * A regular expression that matches a text that is an identifier, in any spelling, and nothing else.
     *
     * @return for a {@link #plain} text; null for null
     */
    public static String exact(String identifier) {
        return identifier == null ? null : "^" + SPACE + needle(parts(identifier)) + SPACE + "$";
    }

    /**
     * An identifier, folded and decomposed.
     *
     * @param name all of it, or an address's local part
     * @param domains the domain in Unicode form and, if it differs, in ASCII form; empty unless it is an e-mail address
     */
    private record Parts(String name, List<String> domains) {}

    private static Parts parts(String identifier) {
        String folded = SURROUNDING.matcher(fold(identifier)).replaceAll("");
        var address = ADDRESS.matcher(folded);
        if (!address.matches()) {
            return new Parts(folded, List.of());
        }
        Set<String> domains = new LinkedHashSet<>();
        try {
            String ascii =
                    IDN.toASCII(Normalizer.normalize(address.group(2), Normalizer.Form.NFKC), IDN.ALLOW_UNASSIGNED);
            domains.add(fold(IDN.toUnicode(ascii, IDN.ALLOW_UNASSIGNED)));
            domains.add(fold(ascii));
        } catch (IllegalArgumentException e) {
            // No domain name by IDNA, for example with a label of more than 63 characters: it stands for itself.
            domains.add(address.group(2));
        }
        return new Parts(address.group(1), List.copyOf(domains));
    }

    private static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        plain(text).codePoints().forEach(point -> {
            if (isSharpS(point)) {
                folded.append("ss");
            } else {
                folded.appendCodePoint(fold(point));
            }
        });
        return Normalizer.normalize(folded, Normalizer.Form.NFKD);
    }

    /** Unicode's simple case folding (CaseFolding.txt) of a character. */
    private static int fold(int point) {
        int dotless = 0x131; // a letter of its own, though its capital is I
        return point == dotless ? point : Character.toLowerCase(Character.toUpperCase(point));
    }

    private static boolean isSharpS(int point) {
        return point == 0xdf || point == 0x1e9e;
    }

    private static String needle(Parts parts) {
        String name = units(parts.name, false);
        return parts.domains.isEmpty()
                ? name
                : name + "@"
                        + parts.domains.stream()
                                .map(domain -> units(domain, true))
                                .collect(Collectors.joining("|", "(?:", ")"));
    }

    /** What keeps a number from being found amid the groups of a UUID, which is the id of anything; empty for other names. */
    private static String outsideUuids(String name, String needle) {
        if (!HEXADECIMAL.matcher(name).matches()) {
            return "";
        }
        int[] groups = Stream.of(name.split("-")).mapToInt(String::length).toArray();
        if (groups.length == UUID_GROUPS.length) {
            return "";
        }
        StringBuilder guard = new StringBuilder();
        for (int from = 0; from + groups.length <= UUID_GROUPS.length; from++) {
            int to = from + groups.length;
            if (!Arrays.equals(groups, 0, groups.length, UUID_GROUPS, from, to)) {
                continue;
            }
            String before = IntStream.range(0, from)
                    .mapToObj(i -> DIGIT + "{" + UUID_GROUPS[i] + "}-")
                    .collect(Collectors.joining());
            String after = IntStream.range(to, UUID_GROUPS.length)
                    .mapToObj(i -> "-" + DIGIT + "{" + UUID_GROUPS[i] + "}")
                    .collect(Collectors.joining());
            String notBefore = "(?!" + needle + after + ")";
            guard.append(from == 0 ? notBefore : "(?:(?<!" + before + ")|" + notBefore + ")");
        }
        return guard.toString();
    }

    private static String units(String folded, boolean domain) {
        StringBuilder pattern = new StringBuilder();
        int[] points = folded.codePoints().toArray();
        int i = 0;
        while (i < points.length) {
            int run = i;
            while (run < points.length && points[run] == 's') {
                run++;
            }
            if (run - i > 1) {
                pattern.append(sharp(run - i));
                i = run;
            } else {
                pattern.append(unit(points[i], domain));
                i++;
            }
        }
        return pattern.toString();
    }

    /** A number of s, of which two can be one letter. */
    private static String sharp(int length) {
        String one = "[sS]";
        String two = "[\u00df\u1e9e]";
        return switch (length) {
            case 0 -> "";
            case 1 -> one;
            case 2 -> "(?:" + one + one + "|" + two + ")";
            case 3 -> "(?:" + one + sharp(2) + "|" + two + one + ")";
            default -> sharp(2) + sharp(length - 2);
        };
    }

    private static String unit(int point, boolean domain) {
        String spellings = Letters.SPELLINGS.get(point);
        if (spellings != null) {
            return "[" + spellings + "]";
        }
        return switch (point) {
            // IDNA separates labels by either.
            case '.' -> domain ? "[.\u3002]" : "\\.";
            // In JSON, and in rows as text, these are escaped or doubled.
            case '"' -> "\\\\*\"+";
            case '\\' -> "\\\\+";
            default -> {
                String literal = Character.toString(point);
                yield point < 0x80 && !Character.isLetterOrDigit(point) ? "\\" + literal : literal;
            }
        };
    }

    private static Map<Integer, String> spellings() {
        Map<Integer, StringBuilder> byFolded = new HashMap<>();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            int folded = isSharpS(point) ? point : fold(point);
            if (folded != point && isDecomposed(point)) {
                byFolded.computeIfAbsent(folded, first -> new StringBuilder().appendCodePoint(first))
                        .appendCodePoint(point);
            }
        }
        return byFolded.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().toString()));
    }

    private static boolean isDecomposed(int point) {
        return Normalizer.isNormalized(Character.toString(point), Normalizer.Form.NFKD);
    }

    private static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> point >= 0x1160 && point <= 0x11ff;
        };
    }

    private static boolean isWord(int point) {
        return isMark(point)
                || switch (Character.getType(point)) {
                    case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
                    default -> Character.isLetter(point) && !UNSPACED.contains(UnicodeScript.of(point));
                };
    }

    /** The content of a character class of a regular expression for the characters that match the predicate. */
    private static String ranges(IntPredicate so) {
        List<String> ranges = new ArrayList<>();
        int from = -1;
        for (int point = 0; point <= Character.MAX_CODE_POINT + 1; point++) {
            boolean in = point <= Character.MAX_CODE_POINT && so.test(point);
            if (in && from < 0) {
                from = point;
            } else if (!in && from >= 0) {
                ranges.add(Character.toString(from) + (point - from > 1 ? "-" + Character.toString(point - 1) : ""));
                from = -1;
            }
        }
        return String.join("", ranges);
    }
}
