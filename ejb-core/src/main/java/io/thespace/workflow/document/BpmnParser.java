package io.thespace.workflow.document;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Parses a BPMN document into its elements. Elements and attributes that are not supported become problems. */
final class BpmnParser extends DefaultHandler {

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";

    private final Problems problems;
    private final List<BpmnElement> steps = new ArrayList<>();
    private final List<BpmnElement> flows = new ArrayList<>();
    private final Map<String, String> errorCodes = new HashMap<>();
    private final Map<String, String> messages = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
    private Locator locator;
    private BpmnElement process;
    private BpmnElement current;
    private int skipping;
    private int elements;

    private BpmnParser(Problems problems) {
        this.problems = problems;
    }

    /** Parses a document; external entities and document types are refused. */
    static BpmnParser parse(String source, Problems problems) {
        BpmnParser parser = new BpmnParser(problems);
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.newSAXParser().parse(new InputSource(new StringReader(source)), parser);
        } catch (SAXParseException e) {
            problems.add("line " + Math.max(1, e.getLineNumber()), "is not well-formed XML: " + e.getMessage());
        } catch (SAXException | IOException | ParserConfigurationException e) {
            problems.add("line 1", "cannot be read as XML: " + e.getMessage());
        }
        return parser;
    }

    /** The process; null if the document has none. */
    BpmnElement process() {
        return process;
    }

    /** Events, activities and gateways, in the order of the document. */
    List<BpmnElement> steps() {
        return steps;
    }

    List<BpmnElement> flows() {
        return flows;
    }

    /** The codes of the document's errors, by their ids. */
    Map<String, String> errorCodes() {
        return errorCodes;
    }

    /** The names of the document's messages, by their ids. */
    Map<String, String> messages() {
        return messages;
    }

    @Override
    public void setDocumentLocator(Locator where) {
        locator = where;
    }

    @Override
    public void startElement(String namespace, String name, String qualified, Attributes attributes) {
        text.setLength(0);
        if (skipping > 0 || BpmnElements.DRAWING.contains(namespace)) {
            skipping++;
            return;
        }
        if (namespace.equals(BpmnReader.SPACE)) {
            own(name, attributes);
            return;
        }
        if (!namespace.equals(BPMN)) {
            problems.add(
                    line(),
                    "has <%s>, which belongs to neither BPMN 2.0 nor %s".formatted(qualified, BpmnReader.SPACE));
            skipping++;
            return;
        }
        if (BpmnElements.ATTRIBUTES.containsKey(name)) {
            known(name, attributes);
        } else if (name.endsWith("EventDefinition")) {
            definition(name, attributes);
        } else if (current != null
                && Set.of("timeDuration", "timeDate", "conditionExpression").contains(name)) {
            language(attributes);
        } else if (!BpmnElements.IGNORED.contains(name)) {
            problems.add(line(), "has <%s>, which is not supported".formatted(name));
            skipping++;
        }
    }

    private String line() {
        return "line " + (locator == null ? 1 : locator.getLineNumber());
    }

    private void known(String name, Attributes attributes) {
        BpmnElement element = new BpmnElement(name, locator == null ? 1 : locator.getLineNumber());
        for (int i = 0; i < attributes.getLength(); i++) {
            String attribute = attributes.getLocalName(i);
            boolean schema = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(attributes.getURI(i));
            if (!schema
                    && (!attributes.getURI(i).isEmpty()
                            || !BpmnElements.ATTRIBUTES.get(name).contains(attribute))) {
                problems.add(line(), "has <%s %s>, which is not supported".formatted(name, attributes.getQName(i)));
            }
            element.attributes.put(attribute, attributes.getValue(i));
        }
        if (name.equals("process")) {
            if (process != null) {
                problems.add(line(), "has a second process; a document holds one");
            }
            process = element;
        } else if (name.equals("error")) {
            errorCodes.put(
                    Objects.requireNonNullElse(element.attributes.get("id"), ""),
                    Objects.requireNonNullElse(element.attributes.get("errorCode"), ""));
        } else if (name.equals("message")) {
            messages.put(
                    Objects.requireNonNullElse(element.attributes.get("id"), ""),
                    Objects.requireNonNullElse(element.attributes.get("name"), ""));
        } else if (name.equals("sequenceFlow")) {
            flows.add(element);
            current = element;
        } else if (BpmnElements.STEPS.contains(name)) {
            steps.add(element);
            current = element;
        }
        if (++elements > BpmnReader.MAX_ELEMENTS * 3) {
            problems.add(
                    line(), "is beyond the %d elements that a workflow may have".formatted(BpmnReader.MAX_ELEMENTS));
        }
    }

    private void definition(String name, Attributes attributes) {
        Set<String> supported =
                switch (current == null ? "" : current.name) {
                    case "startEvent" -> Set.of("messageEventDefinition");
                    case "endEvent" -> Set.of("terminateEventDefinition");
                    case "intermediateCatchEvent" -> Set.of("timerEventDefinition", "messageEventDefinition");
                    case "boundaryEvent" -> Set.of("timerEventDefinition", "errorEventDefinition");
                    default -> Set.of();
                };
        if (!supported.contains(name) || current.content.putIfAbsent("definition", name) != null) {
            problems.add(line(), "has <%s>, which is not supported here".formatted(name));
            skipping++;
        } else {
            for (String reference : List.of("errorRef", "messageRef")) {
                if (attributes.getValue(reference) != null) {
                    current.content.put(reference, attributes.getValue(reference));
                }
            }
        }
    }

    private void language(Attributes attributes) {
        String language = attributes.getValue("language");
        if (language != null && !language.equals("jq")) {
            problems.add(current.place(), "has an expression in %s; expressions are jq".formatted(language));
        }
    }

    private void own(String name, Attributes attributes) {
        if (current == null) {
            problems.add(line(), "has <%s> outside of a step".formatted(name));
            return;
        }
        switch (current.name + " " + name) {
            case "serviceTask action" -> take(attributes, "plugin", "name");
            case "serviceTask emit" -> take(attributes, "type");
            case "serviceTask http" -> take(attributes, "method");
            case "callActivity call" -> take(attributes, "version", "await");
            case "serviceTask retry", "callActivity retry" -> take(attributes, "attempts", "wait");
            case "userTask task" -> take(attributes, "role", "exclude", "assignee", "due");
            case "startEvent on", "intermediateCatchEvent on", "receiveTask on" -> take(attributes, "source");
            case "callActivity input",
                    "serviceTask input",
                    "serviceTask model",
                    "serviceTask path",
                    "serviceTask subject",
                    "startEvent when",
                    "intermediateCatchEvent when",
                    "intermediateCatchEvent subject",
                    "receiveTask when",
                    "receiveTask subject" -> take(attributes);
            default -> problems.add(current.place(), "has <%s>, which does not belong there".formatted(name));
        }
        current.content.put(name, "");
    }

    private void take(Attributes attributes, String... names) {
        for (int i = 0; i < attributes.getLength(); i++) {
            if (!List.of(names).contains(attributes.getLocalName(i))) {
                problems.add(current.place(), "has an unknown attribute " + attributes.getLocalName(i));
            }
            current.content.put("@" + attributes.getLocalName(i), attributes.getValue(i));
        }
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        if (skipping == 0) {
            text.append(characters, start, length);
        }
    }

    @Override
    public void endElement(String namespace, String name, String qualified) {
        if (skipping > 0) {
            skipping--;
        } else if (current != null
                && Set.of("timeDuration", "timeDate", "conditionExpression", "input", "path", "subject", "when")
                        .contains(name)) {
            current.content.put(name, text.toString().strip());
        } else if (current != null && name.equals(current.name)) {
            current = null;
        }
        text.setLength(0);
    }
}
