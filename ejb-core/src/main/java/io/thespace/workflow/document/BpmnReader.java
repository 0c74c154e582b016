package io.thespace.workflow.document;

import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.document.WorkflowModel.Flow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a workflow in BPMN 2.0 (OMG formal/2013-12-09). Unsupported constructs are rejected with their location rather
 * than ignored, so that a workflow behaves as its document specifies.
 */
public final class BpmnReader {

    /** The namespace of the platform's own elements in {@code extensionElements}. */
    public static final String SPACE = "https://thespace.io/bpmn/1.0";

    public static final int MAX_LENGTH = 1_000_000;
    static final int MAX_ELEMENTS = 200;
    static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");

    private final String source;
    private final Problems problems;
    private final BpmnParser document;
    private final BpmnStepReader stepReader;

    private BpmnReader(String source, Problems problems, BpmnParser document) {
        this.source = source;
        this.problems = problems;
        this.document = document;
        this.stepReader = new BpmnStepReader(document, problems);
    }

    /**
     * Reads and checks a document.
     *
     * @throws Rejection {@code INVALID_WORKFLOW} with each place and reason; a place is an element's id or a line
     */
    public static WorkflowModel read(String source) {
        Problems problems = new Problems();
        BpmnParser document = BpmnParser.parse(source, problems);
        problems.refuse();
        WorkflowModel model = new BpmnReader(source, problems, document).model();
        problems.refuse();
        WorkflowSoundness.check(model).forEach(error -> problems.add(error.field(), error.message()));
        problems.refuse();
        return model;
    }

    private WorkflowModel model() {
        if (document.process() == null) {
            problems.add("line 1", "has no process");
            return null;
        }
        String id = Objects.requireNonNullElse(document.process().attributes.get("id"), "");
        if (!ID.matcher(id).matches()) {
            problems.add(
                    "process",
                    "needs an id of letters, digits, '_', '.' and '-', at most 100, that begins with a letter or '_'");
        }
        Set<String> ids = new HashSet<>(Set.of(id));
        document.steps().forEach(step -> checkId(step, ids));
        document.flows().forEach(flow -> checkId(flow, ids));
        if (document.steps().size() > MAX_ELEMENTS) {
            problems.add("process", "has more than %d elements".formatted(MAX_ELEMENTS));
        }
        List<StepModel> read = document.steps().stream().map(stepReader::read).toList();
        Map<String, BpmnElement> byId = new HashMap<>();
        document.steps().forEach(step -> byId.put(step.attributes.get("id"), step));
        List<Flow> arrows =
                document.flows().stream().map(flow -> flow(flow, byId)).toList();
        String name =
                Optional.ofNullable(document.process().attributes.get("name")).orElse(id);
        if (name.isBlank() || name.length() > 200) {
            problems.add("process", "has a name that is empty or longer than 200 characters");
        }
        return new WorkflowModel(id, name, source, read, arrows);
    }

    private void checkId(BpmnElement element, Set<String> ids) {
        String id = element.attributes.get("id");
        if (id == null || !ID.matcher(id).matches()) {
            problems.add(
                    "line " + element.line,
                    "has <%s> without an id of letters, digits, '_', '.' and '-'".formatted(element.name));
        } else if (!ids.add(id)) {
            problems.add(id, "is the id of two elements");
        }
        String name = element.attributes.get("name");
        if (name != null && (name.length() > 200 || name.contains("${") || name.contains("#{"))) {
            problems.add(element.place(), "has a name that is longer than 200 characters, or with ${ or #{");
        }
    }

    private Flow flow(BpmnElement element, Map<String, BpmnElement> byId) {
        String from = element.attributes.get("sourceRef");
        String to = element.attributes.get("targetRef");
        if (!byId.containsKey(from) || !byId.containsKey(to)) {
            problems.add(element.place(), "must lead from one element of the process to another");
        }
        BpmnElement source = byId.get(from);
        boolean otherwise = source != null
                && element.attributes.get("id") != null
                && element.attributes.get("id").equals(source.attributes.get("default"));
        String condition = stepReader.expression(element, element.content.get("conditionExpression"));
        if (condition != null && (source == null || !source.name.equals("exclusiveGateway") || otherwise)) {
            problems.add(element.place(), "has a condition, but does not leave an exclusiveGateway, or is its default");
        }
        return new Flow(element.attributes.get("id"), from, to, condition, otherwise);
    }
}
