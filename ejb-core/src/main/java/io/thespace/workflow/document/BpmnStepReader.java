package io.thespace.workflow.document;

import io.thespace.workflow.document.StepModel.Awaited;
import io.thespace.workflow.document.StepModel.Call;
import io.thespace.workflow.document.StepModel.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Checks events, activities and gateways of a BPMN document, and makes their models. */
final class BpmnStepReader {

    private static final int MAX_EXPRESSION = 10_000;
    private static final int MAX_ATTEMPTS = 20;
    private static final int MAX_SOURCE = 200;
    private static final int DEFAULT_ATTEMPTS = 3;
    private static final String DEFAULT_WAIT = "PT5S";
    private static final Duration MAX_DURATION = Duration.ofDays(3650);

    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9_-]{0,62}\\.[a-z][a-z0-9_]{0,62}");
    private static final Pattern EVENT = Pattern.compile("[a-z][a-z0-9_.]{0,99}");

    private static final Set<String> EFFECTS = Set.of("action", "emit", "http", "model");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final BpmnParser document;
    private final Problems problems;

    BpmnStepReader(BpmnParser document, Problems problems) {
        this.document = document;
        this.problems = problems;
    }

    /** The model of an event, activity or gateway. */
    StepModel read(BpmnElement element) {
        Kind kind = kind(element);
        String action = null;
        String event = null;
        if (kind == Kind.SERVICE) {
            if (EFFECTS.stream().filter(element.content::containsKey).count() != 1) {
                problems.add(
                        element.place(),
                        "needs one of <action>, <emit>, <http> and <model> of %s in its extensionElements"
                                .formatted(BpmnReader.SPACE));
            } else if (element.content.containsKey("action")) {
                action = element.content.get("@plugin") + "." + element.content.get("@name");
                matches(element, "action", ACTION, action, "plugin and name as the plugin declares them");
            } else if (element.content.containsKey("emit")) {
                event = Objects.requireNonNullElse(element.content.get("@type"), "");
                matches(element, "emit", EVENT, event, "a type of letters in lower case, digits, '_' and '.'");
            }
        }
        String role = element.content.get("@role");
        if (kind == Kind.TASK && role == null && element.content.get("@assignee") == null) {
            role = "user";
        }
        if (role != null && !Set.of("user", "admin").contains(role)) {
            problems.add(element.place(), "has a role that is neither user nor admin");
        }
        String timer = Optional.ofNullable(element.content.get("timeDuration")).orElse(element.content.get("timeDate"));
        if ((kind == Kind.TIMER || kind == Kind.BOUNDARY_TIMER)) {
            checkTimer(element, timer);
        }
        boolean tried = kind == Kind.SERVICE || kind == Kind.CALL;
        String name = element.attributes.get("name");
        return new StepModel(
                element.attributes.get("id"),
                kind == Kind.TASK && (name == null || name.isBlank()) ? element.attributes.get("id") : name,
                kind,
                action,
                event,
                http(element),
                kind == Kind.SERVICE ? (Boolean) element.content.containsKey("model") : null,
                kind == Kind.CALL ? call(element) : null,
                expression(element, element.content.get("input")),
                kind == Kind.SERVICE ? expression(element, element.content.get("subject")) : null,
                tried ? (Integer) attempts(element) : null,
                tried ? duration(element, element.content.getOrDefault("@wait", DEFAULT_WAIT)) : null,
                role,
                kind == Kind.TASK ? (Boolean) excludesStarter(element) : null,
                assignee(element),
                duration(element, element.content.get("@due")),
                timer,
                attachedTo(element, kind),
                kind == Kind.BOUNDARY_ERROR ? errorCode(element) : null,
                awaited(element, kind),
                null,
                null,
                null,
                null);
    }

    private StepModel.Http http(BpmnElement element) {
        String path = expression(element, element.content.get("path"));
        if (!element.content.containsKey("http")) {
            if (path != null) {
                problems.add(element.place(), "has <path> of %s without <http>".formatted(BpmnReader.SPACE));
            }
            return null;
        }
        String method = Objects.requireNonNullElse(element.content.get("@method"), "");
        if (!METHODS.contains(method)) {
            problems.add(element.place(), "has an <http> whose method is none of GET, POST, PUT, PATCH and DELETE");
        }
        if (path == null) {
            problems.add(
                    element.place(),
                    "needs a <path> of %s, the expression of the request's path".formatted(BpmnReader.SPACE));
        }
        return new StepModel.Http(method, path);
    }

    private Call call(BpmnElement element) {
        String workflow = Objects.requireNonNullElse(element.attributes.get("calledElement"), "");
        if (!BpmnReader.ID.matcher(workflow).matches()) {
            problems.add(element.place(), "needs a calledElement, the id of a workflow of the organization");
        }
        String version = element.content.get("@version");
        if (version != null && !version.matches("[1-9]\\d{0,8}")) {
            problems.add(element.place(), "has a <call> whose version is not the number of one");
            version = null;
        }
        String await = element.content.getOrDefault("@await", "true");
        if (!Set.of("true", "false").contains(await)) {
            problems.add(element.place(), "has a <call> whose await is neither true nor false");
        }
        return new Call(workflow, version == null ? null : Integer.valueOf(version), !await.equals("false"));
    }

    private Awaited awaited(BpmnElement element, Kind kind) {
        boolean message = kind == Kind.EVENT || "messageEventDefinition".equals(element.content.get("definition"));
        if (!message) {
            if (element.content.containsKey("on") || element.content.containsKey("when")) {
                problems.add(
                        element.place(),
                        "has <on> or <when> of %s without a messageEventDefinition".formatted(BpmnReader.SPACE));
            }
            return null;
        }
        String reference = Optional.ofNullable(element.attributes.get("messageRef"))
                .orElse(element.content.getOrDefault("messageRef", ""));
        String type = document.messages().getOrDefault(reference, "");
        if (!EVENT.matcher(type).matches()) {
            problems.add(
                    element.place(),
                    "needs a messageRef to a <message> whose name is an event's type, of letters in lower case, digits, '_' and '.'");
        }
        String source = element.content.get("@source");
        if (source != null && (source.isBlank() || source.length() > MAX_SOURCE)) {
            problems.add(
                    element.place(), "has a source that is empty or longer than %d characters".formatted(MAX_SOURCE));
        }
        String subject = expression(element, element.content.get("subject"));
        if (kind == Kind.EVENT && subject == null) {
            problems.add(
                    element.place(),
                    "needs a <subject> of %s, the subject of the event that it waits for".formatted(BpmnReader.SPACE));
        }
        return new Awaited(type, source, subject, expression(element, element.content.get("when")));
    }

    private static Kind kind(BpmnElement element) {
        String definition = element.content.get("definition");
        return switch (element.name) {
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

    private void matches(BpmnElement element, String what, Pattern pattern, String value, String needed) {
        if (!pattern.matcher(value).matches()) {
            problems.add(element.place(), "has an <%s> that needs %s".formatted(what, needed));
        }
    }

    private int attempts(BpmnElement element) {
        String text = element.content.get("@attempts");
        if (text == null) {
            return DEFAULT_ATTEMPTS;
        }
        if (!text.matches("[1-9]\\d?") || Integer.parseInt(text) > MAX_ATTEMPTS) {
            problems.add(element.place(), "has attempts that are not 1 to %d".formatted(MAX_ATTEMPTS));
            return DEFAULT_ATTEMPTS;
        }
        return Integer.parseInt(text);
    }

    private boolean excludesStarter(BpmnElement element) {
        String text = element.content.get("@exclude");
        if (text != null && !text.equals("starter")) {
            problems.add(element.place(), "excludes other users than the starter");
        }
        return text != null;
    }

    private UUID assignee(BpmnElement element) {
        String text = element.content.get("@assignee");
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            problems.add(element.place(), "has an assignee that is not a user's id");
            return null;
        }
    }

    private String attachedTo(BpmnElement element, Kind kind) {
        String to = element.attributes.get("attachedToRef");
        if ("true".equals(element.attributes.get("instantiate"))) {
            problems.add(
                    element.place(),
                    "instantiates, which is not supported; use a startEvent with a messageEventDefinition");
        }
        if (kind.boundary()) {
            Set<String> activities = kind == Kind.BOUNDARY_ERROR
                    ? Set.of("userTask", "callActivity", "serviceTask")
                    : Set.of("userTask", "callActivity", "receiveTask");
            if (document.steps().stream()
                    .filter(step -> Objects.equals(step.attributes.get("id"), to))
                    .noneMatch(step -> activities.contains(step.name))) {
                problems.add(
                        element.place(),
                        kind == Kind.BOUNDARY_ERROR
                                ? "must be attached to a serviceTask, callActivity or userTask"
                                : "must be attached to a userTask, callActivity or receiveTask; a serviceTask has its own"
                                        + " time limit");
            }
            if ("false".equals(element.attributes.get("cancelActivity"))) {
                problems.add(element.place(), "does not interrupt its step, which is not supported");
            }
        }
        return to;
    }

    private String errorCode(BpmnElement element) {
        String reference = element.content.get("errorRef");
        if (reference == null) {
            return null;
        }
        String code = document.errorCodes().get(reference);
        if (code == null) {
            problems.add(element.place(), "names an error %s that the document does not define".formatted(reference));
        }
        return code == null || code.isEmpty() ? null : code;
    }

    /** Checks an expression, which may be null, and returns it. */
    String expression(BpmnElement element, String expression) {
        if (expression == null) {
            return null;
        }
        if (expression.length() > MAX_EXPRESSION) {
            problems.add(element.place(), "has an expression longer than %d characters".formatted(MAX_EXPRESSION));
            return expression;
        }
        Expressions.problem(expression)
                .ifPresent(problem -> problems.add(element.place(), "has an expression that " + problem));
        return expression;
    }

    private void checkTimer(BpmnElement element, String timer) {
        if (timer == null) {
            problems.add(element.place(), "needs a <timeDuration> or a <timeDate>");
        } else if (element.content.containsKey("timeDuration")) {
            duration(element, timer);
        } else {
            try {
                Instant.parse(timer);
            } catch (DateTimeException e) {
                problems.add(element.place(), "has a time that is not like 2026-01-31T12:00:00Z");
            }
        }
    }

    private String duration(BpmnElement element, String text) {
        if (text == null) {
            return null;
        }
        try {
            Duration duration = Duration.parse(text.toUpperCase(Locale.ROOT));
            if (duration.isNegative() || duration.compareTo(MAX_DURATION) > 0) {
                problems.add(element.place(), "has a duration that is negative or above ten years");
            }
        } catch (DateTimeException e) {
            problems.add(element.place(), "has a duration that is not like PT1H30M or P2D");
        }
        return text;
    }
}
