package io.thespace.workflow.document;

import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.document.StepModel.Awaited;
import io.thespace.workflow.document.StepModel.Call;
import io.thespace.workflow.document.StepModel.Kind;
import io.thespace.workflow.document.WorkflowModel.Flow;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads a workflow in BPMN 2.0 (OMG formal/2013-12-09). What is not supported is refused with its place, rather than left
 * out: a workflow does what its document says, or is not taken.
 */
public final class BpmnReader extends DefaultHandler {

    static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    /** The namespace of the platform's own elements in {@code extensionElements}. */
    public static final String SPACE = "https://thespace.io/bpmn/1.0";

    public static final int MAX_LENGTH = 1_000_000;
    static final int MAX_ELEMENTS = 200;
    private static final int MAX_ERRORS = 50;
    private static final int MAX_EXPRESSION = 10_000;
    private static final int MAX_ATTEMPTS = 20;
    private static final int MAX_SOURCE = 200;
    private static final int USUAL_ATTEMPTS = 3;
    private static final String USUAL_WAIT = "PT5S";
    private static final Duration LONGEST = Duration.ofDays(3650);

    private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");
    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9_-]{0,62}\\.[a-z][a-z0-9_]{0,62}");
    private static final Pattern EVENT = Pattern.compile("[a-z][a-z0-9_.]{0,99}");

    private static final Set<String> EFFECTS = Set.of("action", "emit", "http", "model");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    /** An element while it is read. */
    private static final class Open {
        private final String element;
        private final Map<String, String> attributes = new HashMap<>();
        private final Map<String, String> has = new HashMap<>();
        private final int line;

        private Open(String element, int line) {
            this.element = element;
            this.line = line;
        }

        private String place() {
            return attributes.getOrDefault("id", "line " + line);
        }
    }

    private final String source;
    private final List<FieldError> errors = new ArrayList<>();
    private final List<Open> steps = new ArrayList<>();
    private final List<Open> flows = new ArrayList<>();
    private final Map<String, String> errorCodes = new HashMap<>();
    private final Map<String, String> messages = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
    private Locator locator;
    private Open process;
    private Open current;
    private int skipping;
    private int elements;

    private BpmnReader(String source) {
        this.source = source;
    }

    /**
     * Reads and checks a document.
     *
     * @throws Rejection {@code INVALID_WORKFLOW} with each place and reason; a place is an element's id or a line
     */
    public static WorkflowModel read(String source) {
        BpmnReader reader = new BpmnReader(source);
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.newSAXParser().parse(new InputSource(new StringReader(source)), reader);
        } catch (SAXParseException e) {
            reader.error("line " + Math.max(1, e.getLineNumber()), "is not well-formed XML: " + e.getMessage());
        } catch (SAXException | java.io.IOException | ParserConfigurationException e) {
            reader.error("line 1", "cannot be read as XML: " + e.getMessage());
        }
        reader.refuse();
        WorkflowModel model = reader.model();
        reader.refuse();
        reader.errors.addAll(WorkflowSoundness.check(model));
        reader.refuse();
        return model;
    }

    private void refuse() {
        DocumentError.refuse(errors);
    }

    private void error(String place, String sentence) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new FieldError(place, sentence));
        }
    }

    // Reading
    // -----------------------------------------------------------------------------------------

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
        if (namespace.equals(SPACE)) {
            own(name, attributes);
            return;
        }
        if (!namespace.equals(BPMN)) {
            error(line(), "has <%s>, which belongs to neither BPMN 2.0 nor %s".formatted(qualified, SPACE));
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
            error(line(), "has <%s>, which is not supported".formatted(name));
            skipping++;
        }
    }

    private String line() {
        return "line " + (locator == null ? 1 : locator.getLineNumber());
    }

    private void known(String name, Attributes attributes) {
        Open open = new Open(name, locator == null ? 1 : locator.getLineNumber());
        for (int i = 0; i < attributes.getLength(); i++) {
            String attribute = attributes.getLocalName(i);
            boolean schema = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(attributes.getURI(i));
            if (!schema
                    && (!attributes.getURI(i).isEmpty()
                            || !BpmnElements.ATTRIBUTES.get(name).contains(attribute))) {
                error(line(), "has <%s %s>, which is not supported".formatted(name, attributes.getQName(i)));
            }
            open.attributes.put(attribute, attributes.getValue(i));
        }
        if (name.equals("process")) {
            if (process != null) {
                error(line(), "has a second process; a document holds one");
            }
            process = open;
        } else if (name.equals("error")) {
            errorCodes.put(
                    Objects.requireNonNullElse(open.attributes.get("id"), ""),
                    Objects.requireNonNullElse(open.attributes.get("errorCode"), ""));
        } else if (name.equals("message")) {
            messages.put(
                    Objects.requireNonNullElse(open.attributes.get("id"), ""),
                    Objects.requireNonNullElse(open.attributes.get("name"), ""));
        } else if (name.equals("sequenceFlow")) {
            flows.add(open);
            current = open;
        } else if (BpmnElements.STEPS.contains(name)) {
            steps.add(open);
            current = open;
        }
        if (++elements > MAX_ELEMENTS * 3) {
            error(line(), "is beyond the %d elements that a workflow may have".formatted(MAX_ELEMENTS));
        }
    }

    private void definition(String name, Attributes attributes) {
        Set<String> supported =
                switch (current == null ? "" : current.element) {
                    case "startEvent" -> Set.of("messageEventDefinition");
                    case "endEvent" -> Set.of("terminateEventDefinition");
                    case "intermediateCatchEvent" -> Set.of("timerEventDefinition", "messageEventDefinition");
                    case "boundaryEvent" -> Set.of("timerEventDefinition", "errorEventDefinition");
                    default -> Set.of();
                };
        if (!supported.contains(name) || current.has.putIfAbsent("definition", name) != null) {
            error(line(), "has <%s>, which is not supported here".formatted(name));
            skipping++;
        } else {
            for (String reference : List.of("errorRef", "messageRef")) {
                if (attributes.getValue(reference) != null) {
                    current.has.put(reference, attributes.getValue(reference));
                }
            }
        }
    }

    private void language(Attributes attributes) {
        String language = attributes.getValue("language");
        if (language != null && !language.equals("jq")) {
            error(current.place(), "has an expression in %s; expressions are jq".formatted(language));
        }
    }

    private void own(String name, Attributes attributes) {
        if (current == null) {
            error(line(), "has <%s> outside of a step".formatted(name));
            return;
        }
        switch (current.element + " " + name) {
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
            default -> error(current.place(), "has <%s>, which does not belong there".formatted(name));
        }
        current.has.put(name, "");
    }

    private void take(Attributes attributes, String... names) {
        for (int i = 0; i < attributes.getLength(); i++) {
            if (!List.of(names).contains(attributes.getLocalName(i))) {
                error(current.place(), "has an unknown attribute " + attributes.getLocalName(i));
            }
            current.has.put("@" + attributes.getLocalName(i), attributes.getValue(i));
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
            current.has.put(name, text.toString().strip());
        } else if (current != null && name.equals(current.element)) {
            current = null;
        }
        text.setLength(0);
    }

    // Checking
    // -----------------------------------------------------------------------------------------

    private WorkflowModel model() {
        if (process == null) {
            error("line 1", "has no process");
            return null;
        }
        String id = Objects.requireNonNullElse(process.attributes.get("id"), "");
        if (!ID.matcher(id).matches()) {
            error(
                    "process",
                    "needs an id of letters, digits, '_', '.' and '-', at most 100, that begins with a letter or '_'");
        }
        Set<String> ids = new HashSet<>(Set.of(id));
        steps.forEach(step -> checkId(step, ids));
        flows.forEach(flow -> checkId(flow, ids));
        if (steps.size() > MAX_ELEMENTS) {
            error("process", "has more than %d elements".formatted(MAX_ELEMENTS));
        }
        List<StepModel> read = steps.stream().map(this::step).toList();
        Map<String, Open> byId = new HashMap<>();
        steps.forEach(step -> byId.put(step.attributes.get("id"), step));
        List<Flow> arrows = flows.stream().map(flow -> flow(flow, byId)).toList();
        String name = Optional.ofNullable(process.attributes.get("name")).orElse(id);
        if (name.isBlank() || name.length() > 200) {
            error("process", "has a name that is empty or longer than 200 characters");
        }
        return new WorkflowModel(id, name, source, read, arrows);
    }

    private void checkId(Open open, Set<String> ids) {
        String id = open.attributes.get("id");
        if (id == null || !ID.matcher(id).matches()) {
            error(
                    "line " + open.line,
                    "has <%s> without an id of letters, digits, '_', '.' and '-'".formatted(open.element));
        } else if (!ids.add(id)) {
            error(id, "is the id of two elements");
        }
        String name = open.attributes.get("name");
        if (name != null && (name.length() > 200 || name.contains("${") || name.contains("#{"))) {
            error(open.place(), "has a name that is longer than 200 characters, or with ${ or #{");
        }
    }

    private StepModel step(Open open) {
        Kind kind = kind(open);
        String action = null;
        String event = null;
        if (kind == Kind.SERVICE) {
            if (EFFECTS.stream().filter(open.has::containsKey).count() != 1) {
                error(
                        open.place(),
                        "needs one of <action>, <emit>, <http> and <model> of %s in its extensionElements"
                                .formatted(SPACE));
            } else if (open.has.containsKey("action")) {
                action = open.has.get("@plugin") + "." + open.has.get("@name");
                matches(open, "action", ACTION, action, "plugin and name as the plugin declares them");
            } else if (open.has.containsKey("emit")) {
                event = Objects.requireNonNullElse(open.has.get("@type"), "");
                matches(open, "emit", EVENT, event, "a type of letters in lower case, digits, '_' and '.'");
            }
        }
        String role = open.has.get("@role");
        if (kind == Kind.TASK && role == null && open.has.get("@assignee") == null) {
            role = "user";
        }
        if (role != null && !Set.of("user", "admin").contains(role)) {
            error(open.place(), "has a role that is neither user nor admin");
        }
        String timer = Optional.ofNullable(open.has.get("timeDuration")).orElse(open.has.get("timeDate"));
        if ((kind == Kind.TIMER || kind == Kind.BOUNDARY_TIMER)) {
            checkTimer(open, timer);
        }
        boolean tried = kind == Kind.SERVICE || kind == Kind.CALL;
        String name = open.attributes.get("name");
        return new StepModel(
                open.attributes.get("id"),
                kind == Kind.TASK && (name == null || name.isBlank()) ? open.attributes.get("id") : name,
                kind,
                action,
                event,
                http(open),
                kind == Kind.SERVICE ? (Boolean) open.has.containsKey("model") : null,
                kind == Kind.CALL ? call(open) : null,
                expression(open, open.has.get("input")),
                kind == Kind.SERVICE ? expression(open, open.has.get("subject")) : null,
                tried ? (Integer) attempts(open) : null,
                tried ? duration(open, open.has.getOrDefault("@wait", USUAL_WAIT)) : null,
                role,
                kind == Kind.TASK ? (Boolean) excludesStarter(open) : null,
                assignee(open),
                duration(open, open.has.get("@due")),
                timer,
                attachedTo(open, kind),
                kind == Kind.BOUNDARY_ERROR ? errorCode(open) : null,
                awaited(open, kind),
                null,
                null,
                null,
                null);
    }

    private StepModel.Http http(Open open) {
        String path = expression(open, open.has.get("path"));
        if (!open.has.containsKey("http")) {
            if (path != null) {
                error(open.place(), "has <path> of %s without <http>".formatted(SPACE));
            }
            return null;
        }
        String method = Objects.requireNonNullElse(open.has.get("@method"), "");
        if (!METHODS.contains(method)) {
            error(open.place(), "has an <http> whose method is none of GET, POST, PUT, PATCH and DELETE");
        }
        if (path == null) {
            error(open.place(), "needs a <path> of %s, the expression of the request's path".formatted(SPACE));
        }
        return new StepModel.Http(method, path);
    }

    private Call call(Open open) {
        String workflow = Objects.requireNonNullElse(open.attributes.get("calledElement"), "");
        if (!ID.matcher(workflow).matches()) {
            error(open.place(), "needs a calledElement, the id of a workflow of the organization");
        }
        String version = open.has.get("@version");
        if (version != null && !version.matches("[1-9]\\d{0,8}")) {
            error(open.place(), "has a <call> whose version is not the number of one");
            version = null;
        }
        String await = open.has.getOrDefault("@await", "true");
        if (!Set.of("true", "false").contains(await)) {
            error(open.place(), "has a <call> whose await is neither true nor false");
        }
        return new Call(workflow, version == null ? null : Integer.valueOf(version), !await.equals("false"));
    }

    private Awaited awaited(Open open, Kind kind) {
        boolean message = kind == Kind.EVENT || "messageEventDefinition".equals(open.has.get("definition"));
        if (!message) {
            if (open.has.containsKey("on") || open.has.containsKey("when")) {
                error(open.place(), "has <on> or <when> of %s without a messageEventDefinition".formatted(SPACE));
            }
            return null;
        }
        String reference =
                Optional.ofNullable(open.attributes.get("messageRef")).orElse(open.has.getOrDefault("messageRef", ""));
        String type = messages.getOrDefault(reference, "");
        if (!EVENT.matcher(type).matches()) {
            error(
                    open.place(),
                    "needs a messageRef to a <message> whose name is an event's type, of letters in lower case, digits, '_' and '.'");
        }
        String source = open.has.get("@source");
        if (source != null && (source.isBlank() || source.length() > MAX_SOURCE)) {
            error(open.place(), "has a source that is empty or longer than %d characters".formatted(MAX_SOURCE));
        }
        String subject = expression(open, open.has.get("subject"));
        if (kind == Kind.EVENT && subject == null) {
            error(open.place(), "needs a <subject> of %s, the subject of the event that it waits for".formatted(SPACE));
        }
        return new Awaited(type, source, subject, expression(open, open.has.get("when")));
    }

    private static Kind kind(Open open) {
        String definition = open.has.get("definition");
        return switch (open.element) {
            case "startEvent" -> Kind.START;
            case "endEvent" -> definition == null ? Kind.END : Kind.TERMINATE;
            case "serviceTask" -> Kind.SERVICE;
            case "callActivity" -> Kind.CALL;
            case "userTask" -> Kind.TASK;
            case "receiveTask" -> Kind.EVENT;
            case "exclusiveGateway" -> Kind.EXCLUSIVE;
            case "parallelGateway" -> Kind.PARALLEL;
            case "boundaryEvent" ->
                "errorEventDefinition".equals(definition) ? Kind.BOUNDARY_ERROR : Kind.BOUNDARY_TIMER;
            default -> "messageEventDefinition".equals(definition) ? Kind.EVENT : Kind.TIMER;
        };
    }

    private void matches(Open open, String what, Pattern pattern, String value, String needed) {
        if (!pattern.matcher(value).matches()) {
            error(open.place(), "has an <%s> that needs %s".formatted(what, needed));
        }
    }

    private int attempts(Open open) {
        String text = open.has.get("@attempts");
        if (text == null) {
            return USUAL_ATTEMPTS;
        }
        if (!text.matches("[1-9]\\d?") || Integer.parseInt(text) > MAX_ATTEMPTS) {
            error(open.place(), "has attempts that are not 1 to %d".formatted(MAX_ATTEMPTS));
            return USUAL_ATTEMPTS;
        }
        return Integer.parseInt(text);
    }

    private boolean excludesStarter(Open open) {
        String text = open.has.get("@exclude");
        if (text != null && !text.equals("starter")) {
            error(open.place(), "excludes other users than the starter");
        }
        return text != null;
    }

    private UUID assignee(Open open) {
        String text = open.has.get("@assignee");
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            error(open.place(), "has an assignee that is no user's id");
            return null;
        }
    }

    private String attachedTo(Open open, Kind kind) {
        String to = open.attributes.get("attachedToRef");
        if ("true".equals(open.attributes.get("instantiate"))) {
            error(open.place(), "instantiates, which is not supported; use a startEvent with a messageEventDefinition");
        }
        if (kind.boundary()) {
            Set<String> activities = kind == Kind.BOUNDARY_ERROR
                    ? Set.of("userTask", "callActivity", "serviceTask")
                    : Set.of("userTask", "callActivity", "receiveTask");
            if (steps.stream()
                    .filter(step -> Objects.equals(step.attributes.get("id"), to))
                    .noneMatch(step -> activities.contains(step.element))) {
                error(
                        open.place(),
                        kind == Kind.BOUNDARY_ERROR
                                ? "must be attached to a serviceTask, callActivity or userTask"
                                : "must be attached to a userTask, callActivity or receiveTask; a serviceTask has its own"
                                        + " time limit");
            }
            if ("false".equals(open.attributes.get("cancelActivity"))) {
                error(open.place(), "does not interrupt its step, which is not supported");
            }
        }
        return to;
    }

    private String errorCode(Open open) {
        String reference = open.has.get("errorRef");
        if (reference == null) {
            return null;
        }
        String code = errorCodes.get(reference);
        if (code == null) {
            error(open.place(), "names an error %s that the document does not define".formatted(reference));
        }
        return code == null || code.isEmpty() ? null : code;
    }

    private Flow flow(Open open, Map<String, Open> byId) {
        String from = open.attributes.get("sourceRef");
        String to = open.attributes.get("targetRef");
        if (!byId.containsKey(from) || !byId.containsKey(to)) {
            error(open.place(), "must lead from one element of the process to another");
        }
        Open source = byId.get(from);
        boolean otherwise = source != null
                && open.attributes.get("id") != null
                && open.attributes.get("id").equals(source.attributes.get("default"));
        String condition = expression(open, open.has.get("conditionExpression"));
        if (condition != null && (source == null || !source.element.equals("exclusiveGateway") || otherwise)) {
            error(open.place(), "has a condition, but does not leave an exclusiveGateway, or is its default");
        }
        return new Flow(open.attributes.get("id"), from, to, condition, otherwise);
    }

    private String expression(Open open, String expression) {
        if (expression == null) {
            return null;
        }
        if (expression.length() > MAX_EXPRESSION) {
            error(open.place(), "has an expression longer than %d characters".formatted(MAX_EXPRESSION));
            return expression;
        }
        Expressions.problem(expression).ifPresent(problem -> error(open.place(), "has an expression that " + problem));
        return expression;
    }

    private void checkTimer(Open open, String timer) {
        if (timer == null) {
            error(open.place(), "needs a <timeDuration> or a <timeDate>");
        } else if (open.has.containsKey("timeDuration")) {
            duration(open, timer);
        } else {
            try {
                Instant.parse(timer);
            } catch (DateTimeException e) {
                error(open.place(), "has a time that is not like 2026-01-31T12:00:00Z");
            }
        }
    }

    private String duration(Open open, String text) {
        if (text == null) {
            return null;
        }
        try {
            Duration duration = Duration.parse(text.toUpperCase(Locale.ROOT));
            if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
                error(open.place(), "has a duration that is negative or above ten years");
            }
        } catch (DateTimeException e) {
            error(open.place(), "has a duration that is not like PT1H30M or P2D");
        }
        return text;
    }
}
