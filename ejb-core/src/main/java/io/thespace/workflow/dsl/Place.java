package io.thespace.workflow.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.thespace.workflow.document.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A value in a document, with the JSON Pointer to it. */
record Place(JsonNode node, String pointer, Problems problems) {

    /** A name with a value. */
    record Named(String name, Place place) {}

    boolean has(String member) {
        return node.has(member);
    }

    boolean present() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** A member; missing when there is none. */
    Place at(String member) {
        return new Place(
                node.isObject() ? node.path(member) : MissingNode.getInstance(),
                pointer + "/" + member.replace("~", "~0").replace("/", "~1"),
                problems);
    }

    List<Place> items() {
        List<Place> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(new Place(node.path(i), pointer + "/" + i, problems));
        }
        return items;
    }

    /** The members of an object. */
    List<Named> members() {
        List<Named> members = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            members.add(new Named(member.getKey(), at(member.getKey())));
        }
        return members;
    }

    void refuse(String sentence) {
        problems.add(pointer, sentence);
    }

    /** Refuses the value, if there is one. */
    void notSupported(String why) {
        if (!node.isMissingNode()) {
            refuse("is not supported: " + why);
        }
    }

    /** Whether the value is an object that has these members at most; refuses it otherwise. */
    boolean object(String... members) {
        if (!node.isObject()) {
            refuse(node.isMissingNode() ? "is needed" : "must be an object");
            return false;
        }
        for (Named member : members()) {
            if (!List.of(members).contains(member.name())) {
                member.place().refuse("is not a known member");
            }
        }
        return true;
    }

    /** Whether the value is a list with something in it; refuses it otherwise. */
    boolean list() {
        if (!node.isArray() || node.isEmpty()) {
            refuse(node.isMissingNode() ? "is needed" : "must be a list that is not empty");
            return false;
        }
        return true;
    }

    /** A text without expressions; null when there is none, or when it is refused. */
    String text() {
        if (node.isMissingNode()) {
            return null;
        }
        if (!node.isTextual() || node.textValue().isBlank()) {
            refuse("must be a text that is not empty");
            return null;
        }
        if (node.textValue().contains("${")) {
            refuse("must be known when the document is put; expressions are not supported here");
            return null;
        }
        return node.textValue();
    }

    /** A text that must be there; empty when it is refused. */
    String needed() {
        if (node.isMissingNode()) {
            refuse("is needed");
            return "";
        }
        String text = text();
        return text == null ? "" : text;
    }

    /** A boolean; false when there is none. */
    boolean flag() {
        if (!node.isMissingNode() && !node.isBoolean()) {
            refuse("must be true or false");
        }
        return node.booleanValue();
    }
}
