package io.thespace.workflow.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.thespace.workflow.document.Expressions;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes jq of what a document holds: expressions, and values with expressions in them. */
final class JqText {

    private static final int MAX_LENGTH = 10_000;
    private static final Set<String> ALWAYS = Set.of("context", "input", "workflow", "task", "runtime");

    private static final Pattern WRAPPED = Pattern.compile("\\s*\\$\\{(.*)}\\s*", Pattern.DOTALL);
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern BOUND = Pattern.compile("\\bas\\b([^|(]*)[|(]");
    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z_]\\w*)");
    private static final Pattern DEFINITION = Pattern.compile("\\$workflow\\s*\\.\\s*definition");

    private JqText() {}

    /**
     * An expression, with or without the braces around it; null when there is none.
     *
     * @param more the variables besides those that there always are
     */
    static String expression(Place place, Set<String> more) {
        if (place.node().isMissingNode()) {
            return null;
        }
        if (!place.node().isTextual()) {
            place.refuse("must be an expression");
            return ".";
        }
        Matcher wrapped = WRAPPED.matcher(place.node().textValue());
        return checked(
                place, wrapped.matches() ? wrapped.group(1) : place.node().textValue(), more);
    }

    /**
     * Reads {@code from} and {@code as}: an expression, or an object with expressions in it; null when missing. Null
     * when there is none.
     */
    static String mapping(Place place, Set<String> more) {
        return place.node().isObject() ? template(place, more) : expression(place, more);
    }

    /** A value with expressions in it: each text {@code ${ … }} is one. */
    static String template(Place place, Set<String> more) {
        JsonNode node = place.node();
        if (node.isObject()) {
            return place.members().stream()
                    .map(member -> quoted(member.name()) + ": (" + template(member.place(), more) + ")")
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node.isArray()) {
            return place.items().stream()
                    .map(item -> "(" + template(item, more) + ")")
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        if (!node.isTextual()) {
            return node.isMissingNode() ? "null" : node.toString();
        }
        Matcher wrapped = WRAPPED.matcher(node.textValue());
        if (wrapped.matches()) {
            return checked(place, wrapped.group(1), more);
        }
        if (node.textValue().contains("${")) {
            place.refuse(
                    "has an expression within a text; make one expression of all of it, such as ${ \"Order \" + .id }");
        }
        return quoted(node.textValue());
    }

    static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    private static String checked(Place place, String expression, Set<String> more) {
        if (expression.length() > MAX_LENGTH) {
            place.refuse("has an expression longer than %d characters".formatted(MAX_LENGTH));
        }
        Expressions.problem(expression).ifPresent(problem -> place.refuse("has an expression that " + problem));
        String bare = STRING.matcher(expression).replaceAll("\"\"");
        Set<String> known = new HashSet<>(ALWAYS);
        known.addAll(more);
        BOUND.matcher(bare)
                .results()
                .forEach(bound -> VARIABLE.matcher(bound.group(1)).results().forEach(one -> known.add(one.group(1))));
        // In "\( )" stand expressions, too.
        VARIABLE.matcher(expression.contains("\\(") ? expression : bare)
                .results()
                .map(one -> one.group(1))
                .filter(name -> !known.contains(name))
                .distinct()
                .forEach(name -> place.refuse("uses $%s, which is not known there".formatted(name)));
        if (DEFINITION.matcher(expression).find()) {
            place.refuse("uses $workflow.definition, which is not supported");
        }
        // A comment must not swallow what stands behind the expression.
        return expression.contains("#") ? expression + "\n" : expression.strip();
    }
}
