package io.thespace.workflow.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.json.Json;
import io.thespace.json.Texts;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * Expressions in jq 1.7 over what a run has: {@code .input}, {@code .steps.{element}} and {@code .run}. They see nothing of
 * the process's environment. What is refused guards against mistakes: administrators write them, and no budget of steps ends one
 * that is meant to be costly.
 */
public final class Expressions {

    private static final Scope FUNCTIONS = Scope.newEmptyScope();

    /** Functions that most easily cause unbounded computations or results. */
    private static final Set<String> ENDLESS = Set.of(
            "def", "range", "repeat", "while", "until", "recurse", "limit", "input", "inputs", "env", "debug",
            "stderr");

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern WORD = Pattern.compile("(?<![.$\\w])[a-z_]+(?!\\s*:)(?![a-z_])|\\$ENV|\\*");

    private static final int MAX_RESULT = 100_000;

    static {
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, FUNCTIONS);
    }

    private Expressions() {}

    /** Returns the error of an expression, as a clause that continues "an expression that"; empty for none. */
    public static Optional<String> problem(String expression) {
        // Text in strings calls nothing, but for what stands in \( ).
        String bare = expression.contains("\\(")
                ? expression
                : STRING.matcher(expression).replaceAll("\"\"");
        Matcher words = WORD.matcher(bare);
        while (words.find()) {
            if (ENDLESS.contains(words.group())
                    || words.group().equals("$ENV")
                    || words.group().equals("*")) {
                return Optional.of("uses %s, which is not supported".formatted(words.group()));
            }
        }
        try {
            JsonQuery.compile(expression, Versions.JQ_1_7);
            return Optional.empty();
        } catch (JsonQueryException e) {
            return Optional.of("is not jq: " + firstLine(e.getMessage()));
        }
    }

    /**
     * The one value of an expression.
     *
     * @throws Rejection {@code INVALID_WORKFLOW} when it fails or gives no or several values
     */
    public static JsonNode value(String expression, JsonNode data) {
        return value(expression, Seen.of(data));
    }

    /**
     * The one value of an expression with variables.
     *
     * @throws Rejection {@code INVALID_WORKFLOW} when it fails or gives no or several values
     */
    public static JsonNode value(String expression, Seen seen) {
        JsonNode[] value = new JsonNode[1];
        int[] count = new int[1];
        try {
            Scope scope = Scope.newChildScope(FUNCTIONS);
            seen.variables().forEach(scope::setValue);
            JsonQuery.compile(expression, Versions.JQ_1_7).apply(scope, seen.data(), one -> {
                value[0] = one;
                count[0]++;
            });
        } catch (JsonQueryException e) {
            throw failed(expression, "failed: " + firstLine(e.getMessage()));
        }
        if (count[0] != 1) {
            throw failed(expression, "gave %d values; it must give one".formatted(count[0]));
        }
        if (value[0].toString().length() > MAX_RESULT) {
            throw failed(expression, "gave more than %d characters".formatted(MAX_RESULT));
        }
        return value[0];
    }

    /** Whether a condition holds: whether its value is {@code true}. */
    public static boolean holds(String expression, JsonNode data) {
        return holds(expression, Seen.of(data));
    }

    /** Whether a condition with variables holds: whether its value is {@code true}. */
    public static boolean holds(String expression, Seen seen) {
        return value(expression, seen).equals(Json.MAPPER.getNodeFactory().booleanNode(true));
    }

    private static Rejection failed(String expression, String how) {
        String shown = expression.length() > 200 ? Texts.truncate(expression, 200) + "…" : expression;
        String sentence = "The expression %s %s.".formatted(shown, how);
        return new Rejection(
                DocumentError.INVALID_WORKFLOW, sentence, java.util.List.of(new FieldError("expression", sentence)));
    }

    private static String firstLine(String text) {
        return text == null ? "unknown" : text.lines().findFirst().orElse("");
    }
}
