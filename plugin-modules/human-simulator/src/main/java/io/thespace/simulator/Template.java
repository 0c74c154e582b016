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

/**
 * Puts variables in their places. One instance fills what is sent or compared at once, and limits its size: a short text
 * may name a long value many times.
 */
final class Template {

    /** The maximum of characters that all texts of one instance have together. */
    static final int MAX_CHARACTERS = 1_048_576;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-z][a-z0-9_]{0,62})}");

    private final Map<String, JsonNode> variables;
    private int left = MAX_CHARACTERS;

    Template(Map<String, JsonNode> variables) {
        this.variables = variables;
    }

    static boolean isName(String text) {
        return text != null && NAME.matcher(text).matches();
    }

    /**
     * A text with its variables' values.
     *
     * @throws IllegalArgumentException naming a variable that has none, or when the texts become too long
     */
    String text(String template) {
        return replace(template, UnaryOperator.identity());
    }

    /** As {@link #text}, with values that stay within their own segment or parameter. */
    String path(String template) {
        return replace(template, value -> URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20"));
    }

    /** A JSON value with its texts' variables; a text that is one variable becomes that variable's own value. */
    JsonNode json(JsonNode template) {
        if (template instanceof TextNode text) {
            Matcher whole = VARIABLE.matcher(text.asText());
            if (!whole.matches()) {
                return TextNode.valueOf(text(text.asText()));
            }
            JsonNode value = value(whole.group(1));
            count(value.isTextual() ? value.asText() : value.toString());
            return value;
        } else if (template instanceof ObjectNode object) {
            ObjectNode filled = Json.MAPPER.createObjectNode();
            object.properties().forEach(member -> filled.set(member.getKey(), json(member.getValue())));
            return filled;
        } else if (template instanceof ArrayNode array) {
            ArrayNode filled = Json.MAPPER.createArrayNode();
            array.forEach(item -> filled.add(json(item)));
            return filled;
        }
        return template;
    }

    private String replace(String template, UnaryOperator<String> encode) {
        StringBuilder text = new StringBuilder();
        Matcher found = VARIABLE.matcher(template);
        int end = 0;
        while (found.find()) {
            text.append(count(template.substring(end, found.start())));
            text.append(count(encode.apply(value(found.group(1)).asText())));
            end = found.end();
        }
        return text.append(count(template.substring(end))).toString();
    }

    private String count(String part) {
        if (part.length() > left) {
            throw new IllegalArgumentException(
                    "with the values of its variables it has more than %d characters".formatted(MAX_CHARACTERS));
        }
        left -= part.length();
        return part;
    }

    private JsonNode value(String name) {
        JsonNode value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the variable " + name + " has no value");
        }
        return value;
    }
}
