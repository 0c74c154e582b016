package io.thespace.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Compares responses with a step's expectation. */
final class Judge {

    private static final int MAX_CHARACTERS = 200;
    private static final int MAX_MATCHED = 2_000;

    /** Characters that one regular expression may read, some milliseconds of work: 25 for each of a text's. */
    private static final int MAX_READS = 50_000;

    private Judge() {}

    /**
     * Returns the deviation of a response, as a sentence; empty without one.
     *
     * @param body its JSON; missing when it has none
     */
    static Optional<String> fault(Step step, int status, JsonNode body, Map<String, JsonNode> variables) {
        Step.Expectation expected = step.expect();
        Integer wanted = expected == null ? null : expected.status();
        if (wanted == null ? status < 200 || status > 299 : status != wanted) {
            String error =
                    body.path("error").isTextual() ? ": " + body.path("error").asText() : ".";
            return Optional.of(shortened(
                    "Status %d instead of %s%s".formatted(status, wanted == null ? "200 to 299" : wanted, error)));
        }
        return fault(expected, body, variables);
    }

    /** As {@link #fault(Step, int, JsonNode, Map)}, of the body alone. */
    static Optional<String> fault(Step.Expectation expected, JsonNode body, Map<String, JsonNode> variables) {
        List<Step.Check> checks = expected == null || expected.checks() == null ? List.of() : expected.checks();
        return checks.stream()
                .map(check -> fault(check, body.at(check.pointer()), variables))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> fault(Step.Check check, JsonNode there, Map<String, JsonNode> variables) {
        String where = check.pointer().isEmpty() ? "The answer" : check.pointer();
        if (check.equal() != null) {
            JsonNode wanted = new Template(variables).json(check.equal());
            return same(wanted, there)
                    ? Optional.empty()
                    : Optional.of(shortened("%s is %s instead of %s.".formatted(where, shown(there), wanted)));
        } else if (check.exists() != null) {
            return check.exists() == !there.isMissingNode()
                    ? Optional.empty()
                    : Optional.of("%s %s.".formatted(where, check.exists() ? "is missing" : "is there"));
        }
        try {
            return matches(check.matches(), there.asText(""))
                    ? Optional.empty()
                    : Optional.of(shortened(
                            "%s is %s and does not match %s.".formatted(where, shown(there), check.matches())));
        } catch (TooCostly | StackOverflowError e) {
            return Optional.of(
                    shortened("%s was not matched with %s, which takes too many steps. Make the expression simpler."
                            .formatted(where, check.matches())));
        }
    }

    private static String shown(JsonNode node) {
        return node instanceof MissingNode ? "missing" : node.toString();
    }

    /** Numbers are equal when their values are. */
    private static boolean same(JsonNode wanted, JsonNode there) {
        return (wanted.isNumber() && there.isNumber())
                ? wanted.decimalValue().compareTo(there.decimalValue()) == 0
                : wanted.equals(there);
    }

    private static boolean matches(String regex, String text) {
        String read = text.substring(0, Math.min(text.length(), MAX_MATCHED));
        return Pattern.compile(regex).matcher(new Bounded(read)).matches();
    }

    /** A regular expression has read its text too often. */
    private static final class TooCostly extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooCostly() {
            super("The regular expression takes too many steps", null, false, false);
        }
    }

    /** A text of which a limited number of characters is read: a regular expression may try exponentially many ways. */
    private static final class Bounded implements CharSequence {

        private final String text;
        private int reads;

        Bounded(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            reads++;
            if (reads > MAX_READS) {
                throw new TooCostly();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static String shortened(String text) {
        if (text.length() <= MAX_CHARACTERS) {
            return text;
        }
        // Between two characters, not within one that takes two.
        boolean splits = Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 1));
        return text.substring(0, splits ? MAX_CHARACTERS - 1 : MAX_CHARACTERS) + "…";
    }
}
