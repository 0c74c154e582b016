package io.thespace.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.WorkflowOrder;
import io.thespace.workflow.run.ResetOrder;
import io.thespace.workflow.run.RunOrder;
import io.thespace.workflow.run.RunStarts;
import io.thespace.workflow.run.RunState;
import io.thespace.workflow.run.RunStepView;
import io.thespace.workflow.run.RunView;
import io.thespace.workflow.task.CompletionOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs that steps of other runs start, in the real engine on a real PostgreSQL. */
class ChildRunsDatabaseTest {

    private static final String ASKS = "- ask: {call: approval, output: {as: '{decision: .decision}'}}\n";

    private static TestEngine engine;

    @BeforeAll
    static void start() throws Exception {
        engine = new TestEngine();
    }

    @AfterAll
    static void stop() throws Exception {
        engine.close();
    }

    private static String document(String name, String tasks) {
        return "document: {dsl: 1.0.3, namespace: t, name: %s, version: 0.1.0}\ndo:\n%s"
                .formatted(name, tasks.indent(2));
    }

    private static String process(String id, String steps) {
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:space="https://thespace.io/bpmn/1.0"
                    targetNamespace="https://example.org/workflows"><process id="%s" isExecutable="true">%s</process></definitions>
                """
                .formatted(id, steps);
    }

    private static String flow(String from, String to) {
        return "<sequenceFlow id='%1$s_%2$s' sourceRef='%1$s' targetRef='%2$s'/>".formatted(from, to);
    }

    /** A task that starts a run of another workflow. */
    private static String call(String task, String name, String rest) {
        return "- %s: {run: {workflow: {namespace: t, name: %s%s}}}\n".formatted(task, name, rest);
    }

    private static void put(String source) {
        engine.in(() -> engine.workflows.create(engine.user, new WorkflowOrder(source)));
    }

    private static void change(String id, String source) {
        engine.in(() -> engine.workflows.change(engine.user, id, new WorkflowOrder(source)));
    }

    private static List<FieldError> refused(String source) {
        return catchThrowableOfType(
                        Rejection.class,
                        () -> engine.in(() -> engine.workflows.validate(engine.user, new WorkflowOrder(source))))
                .details();
    }

    private static UUID run(String workflow, Map<String, Object> input) {
        return engine.in(() -> engine.runs.start(engine.user, workflow, new RunOrder(input)))
                .runId();
    }

    private static RunView until(UUID run, RunState state) {
        return engine.until(run, view -> view.state().equals(state.text()));
    }

    private static List<RunStepView> steps(UUID run, String element) {
        return engine
                .in(() -> engine.runs.history(engine.user, run, new PageRequest(100, Optional.empty())))
                .items()
                .stream()
                .filter(step -> step.element().equals(element))
                .toList();
    }

    private static List<String> states(UUID run, String element) {
        return steps(run, element).stream().map(RunStepView::state).toList();
    }

    /** The run that the latest attempt of a step has started, when the parent waits for it. */
    private static UUID child(UUID run, String element) {
        until(run, RunState.WAITING);
        List<RunStepView> steps = steps(run, element);
        return steps.get(steps.size() - 1).childRunId();
    }

    private static void complete(UUID run, String decision) {
        until(run, RunState.WAITING);
        engine.in(() -> {
            UUID task = engine.rows
                    .first(
                            "select id from core.workflow_tasks where org_id = ? and run_id = ? and state = 'open'",
                            row -> row.getObject(1, UUID.class),
                            engine.org,
                            run)
                    .orElseThrow();
            return engine.tasks.complete(engine.user, task, new CompletionOrder(decision, null));
        });
    }

    private static RunView cancel(UUID run) {
        return engine.in(() -> engine.runs.cancel(engine.user, run));
    }

    private static RunView retry(UUID run) {
        return engine.in(() -> engine.runs.retry(engine.user, run));
    }

    private static long count(String sql, Object... values) {
        return engine.in(() -> engine.rows.first(sql, row -> row.getLong(1), values))
                .orElseThrow();
    }

    @Test
    void aStepEndsWithTheRunThatItStarts() throws Exception {
        put(document(
                "doubling",
                "- twice: {set: {value: '${ .value + .value }'}}\n- by: {set: {value: '${ .value }', by: 2}}"));
        put(
                document(
                        "calling",
                        """
                - sub:
                    run: {workflow: {namespace: t, name: doubling, version: '1', input: {value: '${ .start }'}}}
                    output: {as: '{got: ., before: $input.start}'}
                    export: {as: '{seen: .got.value}'}
                - after: {set: {got: '${ .got }', before: '${ .before }', seen: '${ $context.seen }'}}
                """));

        UUID parent = run("calling", Map.of("start", 21));
        RunView done = until(parent, RunState.COMPLETED);

        assertThat(done.output())
                .isEqualTo(Json.MAPPER.readTree("{\"got\": {\"value\": 42, \"by\": 2}, \"before\": 21, \"seen\": 42}"));
        RunStepView step = steps(parent, "sub").get(0);
        assertThat(step.kind()).isEqualTo("callActivity");
        assertThat(step.state()).isEqualTo("completed");
        assertThat(step.input()).isEqualTo(Map.of("value", 21));
        RunView child = engine.in(() -> engine.runs.find(engine.user, step.childRunId()));
        assertThat(child.parentRunId()).isEqualTo(parent);
        assertThat(child.startedBy()).isEqualTo(engine.user.userId());
        assertThat(child.triggeredBy()).isEqualTo("step:run-%s-sub-0:0".formatted(parent));
    }

    @Test
    void aRunWaitsWithoutWorkUntilItsChildHasEnded() {
        put(document("asking", ASKS));
        put(document("waiting_for_answer", call("sub", "asking", "")));

        UUID parent = run("waiting_for_answer", Map.of());
        UUID child = child(parent, "sub");
        assertThat(count("select count(*) from flow.act_ru_job where process_instance_id_ = ?", parent.toString()))
                .isZero();
        complete(child, "approve");

        assertThat(until(parent, RunState.COMPLETED).output().path("decision").asText())
                .isEqualTo("approve");
    }

    @Test
    void aStepThatDoesNotWaitGoesOnAtOnce() {
        put(document("slow", ASKS));
        put(document("telling", "- sub: {run: {workflow: {namespace: t, name: slow, version: latest}, await: false}}"));
        put(process(
                "telling_bpmn",
                "<startEvent id='start'/>" + flow("start", "sub")
                        + "<callActivity id='sub' calledElement='slow'><extensionElements><space:call await='false'/>"
                        + "<space:input>{q: .input.q}</space:input></extensionElements></callActivity>"
                        + flow("sub", "end") + "<endEvent id='end'/>"));

        UUID parent = run("telling", Map.of("q", 1));
        // DSL 1.0, "Run": the output is the task's input.
        assertThat(until(parent, RunState.COMPLETED).output().path("q").asInt()).isEqualTo(1);
        UUID child = steps(parent, "sub").get(0).childRunId();
        until(child, RunState.WAITING);
        UUID bpmn = run("telling_bpmn", Map.of("q", 2));
        RunView done = until(bpmn, RunState.COMPLETED);

        UUID other = steps(bpmn, "sub").get(0).childRunId();
        assertThat(done.output().at("/sub/run_id").asText()).isEqualTo(other.toString());
        assertThat(engine.in(() -> engine.runs.find(engine.user, other)).input())
                .isEqualTo(Map.of("q", 2));
        cancel(child);
        assertThat(until(parent, RunState.COMPLETED).endedAt()).isNotNull();
    }

    @Test
    void aFailedChildFailsItsStepWhichCanBeCaught() {
        put(document("failing", "- no: {raise: {error: {type: 'https://example.org/no', status: 400, title: Never}}}"));
        put(document("failed_with", call("sub", "failing", "")));
        put(
                document(
                        "catching",
                        """
                - guarded:
                    try:
                      - sub: {run: {workflow: {namespace: t, name: failing, version: latest}}}
                    catch:
                      errors: {with: {type: 'https://thespace.io/errors/CHILD_RUN_FAILED', status: 409}}
                      do:
                        - note: {set: {detail: '${ $error.detail }'}}
                """));
        put(process(
                "catching_bpmn",
                "<startEvent id='start'/>" + flow("start", "sub") + "<callActivity id='sub' calledElement='failing'/>"
                        + flow("sub", "end")
                        + "<boundaryEvent id='caught' attachedToRef='sub'><errorEventDefinition/></boundaryEvent>"
                        + flow("caught", "end") + "<endEvent id='end'/>"));

        UUID failed = run("failed_with", Map.of());
        String cause = until(failed, RunState.FAILED).cause();
        UUID child = steps(failed, "sub").get(0).childRunId();
        assertThat(cause)
                .isEqualTo("CHILD_RUN_FAILED: The run %s of the workflow failing has failed: ERROR_RAISED: Never"
                        .formatted(child));
        assertThat(states(failed, "sub")).containsExactly("failed");

        UUID caught = run("catching", Map.of());
        assertThat(until(caught, RunState.COMPLETED).output().path("detail").asText())
                .contains(steps(caught, "sub").get(0).childRunId().toString());
        UUID bpmn = run("catching_bpmn", Map.of());
        until(bpmn, RunState.COMPLETED);
        assertThat(states(bpmn, "caught")).containsExactly("completed");
    }

    /** Fails until the answer is yes. */
    private static final String UNSURE = ASKS
            + "- no: {if: .decision != \"yes\", raise: {error: {type: 'https://example.org/no', status: 400, title: Never}}}\n";

    @Test
    void aRetriedStepHasItsFailedChildGoOn() {
        put(document("once", "- first: {emit: {event: {with: {type: once_told}}}}\n" + UNSURE));
        put(document("retrying", call("sub", "once", "")));

        UUID parent = run("retrying", Map.of());
        UUID child = child(parent, "sub");
        complete(child, "no");
        until(parent, RunState.FAILED);
        retry(parent);
        // The step of the child that failed fails again, and what was done before is not done twice.
        engine.until(
                parent,
                view -> view.state().equals("failed") && steps(parent, "sub").size() == 2);
        assertThat(steps(parent, "sub")).extracting(RunStepView::childRunId).containsOnly(child);
        assertThat(steps(parent, "sub")).extracting(RunStepView::attempt).containsExactly(1, 2);
        assertThat(states(child, "no")).containsExactly("failed", "failed");
        assertThat(states(child, "first")).containsExactly("completed");

        // The child is helped to its end, and the parent takes what it came to.
        engine.in(() -> engine.runs.reset(engine.user, child, new ResetOrder("ask")));
        complete(child, "yes");
        until(child, RunState.COMPLETED);
        assertThat(until(parent, RunState.FAILED).cause()).contains(child.toString());
        retry(parent);
        assertThat(until(parent, RunState.COMPLETED).output().path("decision").asText())
                .isEqualTo("yes");
        assertThat(states(parent, "sub")).containsExactly("failed", "failed", "completed");
    }

    @Test
    void aTryHasTheStepTriedAgain() {
        put(document(
                "always_failing",
                "- no: {raise: {error: {type: 'https://example.org/no', status: 400, title: Never}}}"));
        put(
                document(
                        "trying",
                        """
                - guarded:
                    try:
                      - sub: {run: {workflow: {namespace: t, name: always_failing, version: latest}}}
                    catch:
                      retry: {delay: PT0S, limit: {attempt: {count: 2}}}
                      do:
                        - note: {set: {detail: '${ $error.title }'}}
                """));

        UUID parent = run("trying", Map.of());

        assertThat(until(parent, RunState.COMPLETED).output().path("detail").asText())
                .isEqualTo("CHILD_RUN_FAILED");
        assertThat(states(parent, "sub")).containsExactly("failed", "failed", "failed");
        assertThat(steps(parent, "sub").stream().map(RunStepView::childRunId).distinct())
                .hasSize(1);
    }

    @Test
    void aCancelledChildFailsItsStepAndARetryStartsAnother() {
        put(document("cancelled_below", ASKS));
        put(document("above", call("sub", "cancelled_below", ", input: {n: 1}")));

        UUID parent = run("above", Map.of());
        UUID child = child(parent, "sub");
        cancel(child);
        assertThat(until(parent, RunState.FAILED).cause())
                .isEqualTo("CHILD_RUN_CANCELLED: The run %s of the workflow cancelled_below was cancelled."
                        .formatted(child));
        retry(parent);
        UUID other = child(parent, "sub");
        assertThat(other).isNotEqualTo(child);
        assertThat(engine.in(() -> engine.runs.find(engine.user, other)).triggeredBy())
                .endsWith("-sub-0:1");
        complete(other, "approve");
        until(parent, RunState.COMPLETED);
    }

    @Test
    void aCancelledRunCancelsThoseThatItWaitsFor() {
        put(document("leaf", ASKS));
        put(document("branch", call("sub", "leaf", "")));
        put(
                document(
                        "root",
                        """
                - both:
                    fork:
                      branches:
                        - left: {run: {workflow: {namespace: t, name: branch, version: latest}}}
                        - right: {run: {workflow: {namespace: t, name: leaf, version: latest}}}
                        - free: {run: {workflow: {namespace: t, name: leaf, version: latest}, await: false}}
                """));

        UUID root = run("root", Map.of());
        engine.until(root, view -> List.of("left", "right", "free").stream()
                .allMatch(element -> steps(root, element).stream().anyMatch(step -> step.childRunId() != null)));
        UUID left = steps(root, "left").get(0).childRunId();
        UUID right = steps(root, "right").get(0).childRunId();
        UUID free = steps(root, "free").get(0).childRunId();
        UUID leaf = child(left, "sub");
        until(right, RunState.WAITING);
        until(free, RunState.WAITING);

        cancel(root);

        for (UUID run : List.of(root, left, right, leaf)) {
            assertThat(until(run, RunState.CANCELLED).endedAt()).isNotNull();
            assertThat(count(
                            "select count(*) from core.events where org_id = ? and type = 'workflow_cancelled' and data->>'run_id' = ?",
                            engine.org,
                            run.toString()))
                    .isEqualTo(1);
            assertThat(count("select count(*) from flow.act_ru_execution where proc_inst_id_ = ?", run.toString()))
                    .isZero();
        }
        assertThat(until(free, RunState.WAITING).endedAt()).isNull();
    }

    @Test
    void aTimeLimitAndATerminateEventCancelTheChild() {
        put(document("endless", ASKS));
        put(
                document(
                        "limited",
                        """
                - guarded:
                    try:
                      - sub: {run: {workflow: {namespace: t, name: endless, version: latest}}, timeout: {after: PT0.1S}}
                    catch:
                      errors: {with: {status: 408}}
                      do:
                        - note: {set: {late: true}}
                """));
        put(process(
                "terminating",
                "<startEvent id='start'/>" + flow("start", "fork") + "<parallelGateway id='fork'/>"
                        + flow("fork", "sub")
                        + flow("fork", "ask") + "<callActivity id='sub' calledElement='endless'/>" + flow("sub", "end")
                        + "<endEvent id='end'/><userTask id='ask'/>" + flow("ask", "over")
                        + "<endEvent id='over'><terminateEventDefinition/></endEvent>"));

        UUID limited = run("limited", Map.of());
        assertThat(until(limited, RunState.COMPLETED).output().path("late").asBoolean())
                .isTrue();
        until(steps(limited, "sub").get(0).childRunId(), RunState.CANCELLED);

        UUID terminating = run("terminating", Map.of());
        engine.until(
                terminating,
                view -> steps(terminating, "sub").stream().anyMatch(step -> step.childRunId() != null)
                        && !steps(terminating, "ask").isEmpty());
        UUID first = steps(terminating, "sub").get(0).childRunId();
        cancel(first);
        until(terminating, RunState.FAILED);
        retry(terminating);
        engine.until(terminating, view -> states(terminating, "sub").equals(List.of("failed", "waiting")));
        complete(terminating, "done");
        until(terminating, RunState.COMPLETED);
        UUID second = steps(terminating, "sub").get(1).childRunId();
        assertThat(second).isNotEqualTo(first);
        until(second, RunState.CANCELLED);
    }

    @Test
    void aResetRunCancelsItsChildAndStartsAnother() {
        put(document("reset_below", ASKS));
        put(document("reset_above", "- begin: {set: {x: 1}}\n" + call("sub", "reset_below", "")));

        UUID parent = run("reset_above", Map.of());
        UUID child = child(parent, "sub");
        engine.in(() -> engine.runs.reset(engine.user, parent, new ResetOrder("begin")));
        until(child, RunState.CANCELLED);
        engine.until(parent, view -> states(parent, "sub").equals(List.of("cancelled", "waiting")));
        UUID other = child(parent, "sub");
        assertThat(other).isNotEqualTo(child);
        complete(other, "yes");
        until(parent, RunState.COMPLETED);
    }

    @Test
    void whatIsNotThereIsRefusedWithItsPlace() {
        put(document("called", "- a: {set: {x: 1}}"));
        put(document("called_off", "- a: {set: {x: 1}}"));
        engine.in(() -> {
            engine.workflows.disable(engine.user, "called_off");
            return null;
        });

        assertThat(refused(document("c", call("a", "nothing", ""))))
                .containsExactly(new FieldError(
                        "/do/0/a/run/workflow/name",
                        "names the workflow nothing, which the organization does not have; add it first"));
        assertThat(refused(document("c", call("a", "called_off", ""))))
                .containsExactly(new FieldError(
                        "/do/0/a/run/workflow/name",
                        "names the workflow called_off, which is disabled; put a new version of it first"));
        assertThat(refused(document("c", call("a", "called", ", version: '2'"))))
                .containsExactly(new FieldError(
                        "/do/0/a/run/workflow/version", "names version 2 of the workflow called, whose latest is 1"));
        assertThat(refused(process(
                        "c",
                        "<startEvent id='start'/>" + flow("start", "sub")
                                + "<callActivity id='sub' calledElement='nothing'/>" + flow("sub", "end")
                                + "<endEvent id='end'/>")))
                .extracting(FieldError::field)
                .containsExactly("sub");
    }

    @Test
    void whatIsDisabledLaterFailsTheStep() {
        put(document("closing", "- a: {set: {x: 1}}"));
        put(document("late_caller", call("sub", "closing", "")));
        engine.in(() -> {
            engine.workflows.disable(engine.user, "closing");
            return null;
        });

        UUID parent = run("late_caller", Map.of());
        assertThat(until(parent, RunState.FAILED).cause()).startsWith("WORKFLOW_DISABLED");
        assertThat(steps(parent, "sub")).extracting(RunStepView::childRunId).containsOnlyNulls();
        change("closing", document("closing", "- a: {set: {x: 2}}"));
        retry(parent);
        assertThat(until(parent, RunState.COMPLETED).output().path("x").asInt()).isEqualTo(2);
    }

    @Test
    void aWorkflowThatStartsItselfEnds() {
        put(document("endless_self", call("sub", "endless_self", "")));

        UUID first = run("endless_self", Map.of());
        String cause = until(first, RunState.FAILED).cause();

        assertThat(cause).contains("CHILD_RUNS_TOO_DEEP").hasSizeLessThanOrEqualTo(2000);
        assertThat(count(
                        "select count(*) from core.workflow_runs where org_id = ? and workflow_id = 'endless_self'",
                        engine.org))
                .isEqualTo(1 + RunStarts.MAX_DEPTH);
    }

    @Test
    void branchesWaitForRunsAtOnce() {
        put(document("quick", "- a: {set: {n: '${ .n }'}}"));
        String branches = IntStream.range(0, 8)
                .mapToObj(i -> "      - b%1$d: {run: {workflow: {namespace: t, name: quick, input: {n: %1$d}}}}\n"
                        .formatted(i))
                .collect(Collectors.joining());
        put(document("branching", "- all:\n    fork:\n      branches:\n" + branches));

        JsonNode output = until(run("branching", Map.of()), RunState.COMPLETED).output();

        assertThat(output.findValuesAsText("n")).containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
    }

    @Test
    void aLoopStartsARunInEachTurn() {
        put(document("counted", "- a: {set: {n: '${ .n }'}}"));
        put(
                document(
                        "looping",
                        """
                - each:
                    for: {each: n, in: .items}
                    do:
                      - sub:
                          run: {workflow: {namespace: t, name: counted, version: latest, input: {n: '${ $n }'}}}
                          output: {as: '$input + {sum: (($input.sum // 0) + .n)}'}
                """));

        UUID parent = run("looping", Map.of("items", List.of(1, 2, 3)));

        assertThat(until(parent, RunState.COMPLETED).output().path("sum").asInt())
                .isEqualTo(6);
        assertThat(steps(parent, "sub").stream().map(RunStepView::childRunId).distinct())
                .hasSize(3);
    }
}
