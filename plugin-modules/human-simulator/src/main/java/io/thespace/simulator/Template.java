package io.thespace.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts variables in their places. */
final class Template {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-z][a-z0-9_]{0,62})}");

    private Template() {}

    static boolean isName(String text) {
        return text != null && NAME.matcher(text).matches();
    }

    /**
     * A text with its variables' values.
     *
     * @throws IllegalArgumentException naming a variable that has none
     */
    static String text(String template, Map<String, JsonNode> variables) {
        return replace(template, variables, UnaryOperator.identity());
    }

    /** As {@link #text}, with values that stay within their own segment or parameter. */
    static String path(String template, Map<String, JsonNode> variables) {
        return replace(template, variables, value -> URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20"));
    }

    /** A JSON value with its texts' variables; a text that is one variable becomes that variable's own value. */
    static JsonNode json(JsonNode template, Map<String, JsonNode> variables) {
        if (template instanceof TextNode text) {
            Matcher whole = VARIABLE.matcher(text.asText());
            return whole.matches()
                    ? value(whole.group(1), variables)
                    : TextNode.valueOf(text(text.asText(), variables));
        } else if (template instanceof ObjectNode object) {
            ObjectNode filled = Json.MAPPER.createObjectNode();
            object.properties().forEach(member -> filled.set(member.getKey(), json(member.getValue(), variables)));
            return filled;
        } else if (template instanceof ArrayNode array) {
            ArrayNode filled = Json.MAPPER.createArrayNode();
            array.forEach(item -> filled.add(json(item, variables)));
            return filled;
        }
        return template;
    }

    private static String replace(String template, Map<String, JsonNode> variables, UnaryOperator<String> encode) {
        return VARIABLE.matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(
                        encode.apply(value(found.group(1), variables).asText())));
    }

    private static JsonNode value(String name, Map<String, JsonNode> variables) {
        JsonNode value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the variable " + name + " has no value");
        }
        return value;
    }
}
