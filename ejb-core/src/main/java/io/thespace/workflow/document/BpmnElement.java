package io.thespace.workflow.document;

import java.util.HashMap;
import java.util.Map;

/** An element of a BPMN document, as it was read. */
final class BpmnElement {

    /** The element's local name. */
    final String name;

    final int line;
    final Map<String, String> attributes = new HashMap<>();

    /** Texts of child elements by their names, and attributes of the platform's own child elements by {@code @name}. */
    final Map<String, String> content = new HashMap<>();

    BpmnElement(String name, int line) {
        this.name = name;
        this.line = line;
    }

    /** The place for error messages: the element's id, or its line. */
    String place() {
        return attributes.getOrDefault("id", "line " + line);
    }
}
