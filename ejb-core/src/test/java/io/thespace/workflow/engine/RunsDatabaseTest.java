package io.thespace.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.EndpointError;
import io.thespace.event.EventView;
import io.thespace.event.relay.TestDeliveries;
import io.thespace.json.Json;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.WorkflowError;
import io.thespace.workflow.WorkflowOrder;
import io.thespace.workflow.outside.HttpCalls;
import io.thespace.workflow.run.RunOrder;
import io.thespace.workflow.run.RunState;
import io.thespace.workflow.run.RunStepView;
import io.thespace.workflow.run.RunView;
import io.thespace.workflow.task.CompletionOrder;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Branches, tasks, awaited events and calls of runs, in the real engine on a real PostgreSQL. */
class RunsDatabaseTest {

    private static final long LIMIT_SECONDS = 30;

    private static TestEngine engine;

    @BeforeAll
    static void start() throws Exception {
        engine = new TestEngine();
    }

    @AfterAll
    static void stop() throws Exception {
        engine.close();
    }

    /** Puts a workflow of these elements, which begins with the first of the flows. */
    private static void put(String id, String elements, String... flows) {
        StringBuilder arrows = new StringBuilder();
        for (String flow : flows) {
            String[] ends = flow.split(" ", -1);
            arrows.append(
                    "<sequenceFlow id='%1$s_%2$s' sourceRef='%1$s' targetRef='%2$s'/>".formatted(ends[0], ends[1]));
        }
        String source =
                """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:space="https://thespace.io/bpmn/1.0"
                    targetNamespace="https://example.org/workflows"><message id="m" name="parcel_came"/>
                <process id="%s" isExecutable="true"><startEvent id='start'/>%s<endEvent id='end'/></process></definitions>
                """
                        .formatted(id, elements + arrows);
        engine.in(() -> engine.workflows.create(engine.user, new WorkflowOrder(source)));
    }

    private static String http(String id) {
        return """
                <serviceTask id='%1$s'><extensionElements><space:http method='GET'/><space:path>"/%1$s"</space:path>
                <space:retry attempts='1'/></extensionElements></serviceTask>
                """
                .formatted(id);
    }

    private static String receive(String id) {
        return receive(id, "");
    }

    private static String receive(String id, String when) {
        return """
                <receiveTask id='%s' messageRef='m'><extensionElements><space:subject>.input.door</space:subject>%s
                </extensionElements></receiveTask>
                """
                .formatted(id, when);
    }

    private static UUID run(String workflow) {
        return engine.in(() -> engine.runs.start(engine.user, workflow, new RunOrder(Map.of("door", workflow))))
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

    private static void untilAt(UUID run, String... elements) {
        engine.until(run, view -> Stream.of(elements)
                .allMatch(element -> states(run, element).stream().anyMatch(state -> state.equals("waiting"))));
    }

    /** The latest task of an element. */
    private static UUID task(UUID run, String element) {
        return engine.in(() -> engine.rows.first(
                        "select id from core.workflow_tasks where org_id = ? and run_id = ? and element = ?"
                                + " order by id desc",
                        row -> row.getObject(1, UUID.class),
                        engine.org,
                        run,
                        element))
                .orElseThrow();
    }

    private static void complete(UUID task) {
        engine.in(() -> engine.tasks.complete(engine.user, task, new CompletionOrder("done", null)));
    }

    private static ObjectNode refused() {
        throw new Rejection(WorkflowError.RUN_NOT_FOUND, "Not here.");
    }

    @Test
    void aFailedRunStaysFailedWhileItsOtherBranchGoesOn() {
        engine.http.answers = target -> refused();
        put(
                "half_failed",
                "<parallelGateway id='fork'/><userTask id='ask'/><userTask id='next'/><parallelGateway id='join'/>"
                        + http("call"),
                "start fork",
                "fork ask",
                "ask next",
                "next join",
                "fork call",
                "call join",
                "join end");

        UUID run = run("half_failed");
        until(run, RunState.FAILED);
        untilAt(run, "ask");
        complete(task(run, "ask"));
        untilAt(run, "next");
        assertThat(waitingPublished(run)).isEqualTo(2);
        RunView failed = engine.in(() -> engine.runs.find(engine.user, run));
        assertThat(failed.state()).isEqualTo("failed");
        assertThat(failed.cause()).contains("Not here.");
        complete(task(run, "next"));

        engine.http.answers = target -> Json.MAPPER.createObjectNode();
        assertThat(engine.in(() -> engine.runs.retry(engine.user, run)).cause()).isNull();
        until(run, RunState.COMPLETED);
        assertThat(states(run, "call")).containsExactly("failed", "completed");
        assertThat(waitingPublished(run)).isEqualTo(2);
    }

    private static long waitingPublished(UUID run) {
        return engine.in(() -> engine.rows.first(
                        "select count(*) from core.events where org_id = ? and type = 'workflow_waiting'"
                                + " and data ->> 'run_id' = ?",
                        row -> row.getLong(1),
                        engine.org,
                        run.toString()))
                .orElseThrow();
    }

    @Test
    void anUpgradeRepairsARunThatWasSetBackFromFailed() throws Exception {
        engine.http.answers = target -> refused();
        put(
                "set_back",
                "<parallelGateway id='fork'/><userTask id='ask'/><parallelGateway id='join'/>" + http("call"),
                "start fork",
                "fork ask",
                "ask join",
                "fork call",
                "call join",
                "join end");
        UUID run = run("set_back");
        until(run, RunState.FAILED);
        untilAt(run, "ask");
        engine.owner("update core.workflow_runs set state = 'waiting', cause = null where id = '%s'".formatted(run));

        engine.migrateAgain("V7__runs_set_back_from_failed.sql");

        RunView repaired = engine.in(() -> engine.runs.find(engine.user, run));
        assertThat(repaired.state()).isEqualTo("failed");
        assertThat(repaired.cause()).contains("Not here.");
        engine.http.answers = target -> Json.MAPPER.createObjectNode();
        engine.in(() -> engine.runs.retry(engine.user, run));
        complete(task(run, "ask"));
        until(run, RunState.COMPLETED);
    }

    @Test
    void anUpgradeClosesTheTasksThatTheEngineHasLeft() throws Exception {
        put(
                "left",
                "<userTask id='ask'/><userTask id='other'/><boundaryEvent id='over' attachedToRef='ask'>"
                        + "<timerEventDefinition><timeDuration>PT0.1S</timeDuration></timerEventDefinition></boundaryEvent>",
                "start ask",
                "ask end",
                "over other",
                "other end");
        UUID run = run("left");
        untilAt(run, "other");
        UUID left = task(run, "ask");
        engine.owner(
                "update core.workflow_tasks set state = 'open', completed_at = null where id = '%s'".formatted(left));

        engine.migrateAgain("V7__runs_set_back_from_failed.sql");

        assertThat(engine.in(() -> engine.tasks.find(engine.user, left)).state())
                .isEqualTo("cancelled");
        complete(task(run, "other"));
        until(run, RunState.COMPLETED);
    }

    @Test
    void aRunGoesOnWhenATimeLimitEndsItsFailedStep() {
        engine.http.answers = target -> refused();
        put("below", http("call"), "start call", "call end");
        put(
                "limited",
                "<callActivity id='sub' calledElement='below'/><userTask id='other'/>"
                        + "<boundaryEvent id='over' attachedToRef='sub'>"
                        + "<timerEventDefinition><timeDuration>PT2S</timeDuration></timerEventDefinition></boundaryEvent>",
                "start sub",
                "sub end",
                "over other",
                "other end");

        UUID run = run("limited");
        until(run, RunState.FAILED);
        untilAt(run, "other");

        RunView view = engine.in(() -> engine.runs.find(engine.user, run));
        assertThat(view.state()).isEqualTo("waiting");
        assertThat(view.cause()).isNull();
    }

    @Test
    void aTaskThatItsTimeLimitEndsIsClosed() {
        put(
                "late",
                "<userTask id='ask'/><userTask id='other'/><boundaryEvent id='over' attachedToRef='ask'>"
                        + "<timerEventDefinition><timeDuration>PT0.1S</timeDuration></timerEventDefinition></boundaryEvent>",
                "start ask",
                "ask end",
                "over other",
                "other end");

        UUID run = run("late");
        untilAt(run, "other");

        UUID task = task(run, "ask");
        assertThat(engine.in(() -> engine.tasks.find(engine.user, task)).state())
                .isEqualTo("cancelled");
        assertThat(catchThrowableOfType(Rejection.class, () -> complete(task)).code())
                .isEqualTo(WorkflowError.TASK_CLOSED);
        complete(task(run, "other"));
        until(run, RunState.COMPLETED);
    }

    @Test
    void aTaskMayBeCompletedBesideABranchAtWork() throws Exception {
        put(
                "beside",
                "<parallelGateway id='fork'/><userTask id='ask'/><parallelGateway id='join'/><userTask id='sign'/>"
                        + "<endEvent id='signed'/>" + http("call"),
                "start fork",
                "fork sign",
                "sign signed",
                "fork ask",
                "ask join",
                "fork call",
                "call join",
                "join end");
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        engine.http.answers = target -> {
            calls.incrementAndGet();
            called.countDown();
            await(answered);
            return Json.MAPPER.createObjectNode();
        };

        UUID run = run("beside");
        await(called);
        untilAt(run, "ask", "sign");
        complete(task(run, "ask"));
        complete(task(run, "sign"));
        answered.countDown();

        until(run, RunState.COMPLETED);
        assertThat(calls).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aChangeThatAnotherOneOvertakesMayBeTriedAgain() {
        put("overtaken", "<userTask id='ask'/>", "start ask", "ask end");
        UUID run = run("overtaken");
        untilAt(run, "ask");

        Rejection refusal = catchThrowableOfType(
                Rejection.class,
                () -> engine.in(() -> engine.command(context -> {
                    touch(run);
                    // Another thread has a command and a transaction of its own.
                    CompletableFuture.runAsync(() -> engine.in(() -> engine.command(other -> touch(run))))
                            .join();
                    return null;
                })));

        assertThat(refusal.code()).isEqualTo(EndpointError.BUSY);
        complete(task(run, "ask"));
        until(run, RunState.COMPLETED);
    }

    private static ExecutionEntity touch(UUID run) {
        ExecutionEntity execution =
                CommandContextUtil.getExecutionEntityManager().findById(run.toString());
        execution.forceUpdate();
        return execution;
    }

    @Test
    void theDatabaseLetsATransactionRestDuringACallOutside() {
        put("outside", http("call"), "start call", "call end");
        engine.http.answers = target -> {
            String limit = engine.rows
                    .first(
                            "select current_setting('idle_in_transaction_session_timeout')::interval::text",
                            row -> row.getString(1))
                    .orElseThrow();
            return Json.MAPPER.createObjectNode().put("limit", limit);
        };

        String limit = until(run("outside"), RunState.COMPLETED)
                .output()
                .at("/call/limit")
                .asText();

        assertThat(Duration.between(LocalTime.MIDNIGHT, LocalTime.parse(limit))).isGreaterThan(HttpCalls.LIMIT);
    }

    private static EventView came(String door, int number) {
        return engine.in(() -> engine.outbox.publishJson(
                engine.user, "/test", "parcel_came", door, "{\"number\": %d}".formatted(number)));
    }

    private static void deliver(EventView event) {
        engine.in(() -> {
            engine.triggers.take(TestDeliveries.of(engine.org, event));
            return null;
        });
    }

    /** A step that waits for an event twice, after a task. */
    private static void putLoop(String id) {
        String more =
                """
                <sequenceFlow id='again' sourceRef='more' targetRef='parcel'><conditionExpression>
                .steps.parcel.data.number == 1</conditionExpression></sequenceFlow>
                """;
        put(
                id,
                "<userTask id='ask'/><exclusiveGateway id='more' default='more_end'/>" + receive("parcel") + more,
                "start ask",
                "ask parcel",
                "parcel more",
                "more end");
    }

    private static List<Integer> taken(UUID run) {
        return steps(run, "parcel").stream()
                .filter(step -> step.output() != null)
                .map(step -> step.output().at("/data/number").asInt())
                .toList();
    }

    @Test
    void aStepInALoopTakesTheEventsThatCameBeforeIt() {
        putLoop("early_events");
        UUID run = run("early_events");
        untilAt(run, "ask");
        deliver(came("early_events", 1));
        deliver(came("early_events", 2));
        complete(task(run, "ask"));

        until(run, RunState.COMPLETED);

        assertThat(taken(run)).containsExactly(1, 2);
    }

    @Test
    void aStepInALoopTakesNoEventTwice() {
        putLoop("late_relay");
        UUID run = run("late_relay");
        untilAt(run, "ask");
        EventView first = came("late_relay", 1);
        complete(task(run, "ask"));
        engine.until(run, view -> states(run, "parcel").equals(List.of("completed", "waiting")));
        deliver(first);
        assertThat(taken(run)).containsExactly(1);
        deliver(came("late_relay", 2));

        until(run, RunState.COMPLETED);

        assertThat(taken(run)).containsExactly(1, 2);
    }

    @Test
    void aStepInALoopFindsItsEventBehindManyThatDoNotMatch() {
        String again =
                """
                <sequenceFlow id='again' sourceRef='more' targetRef='hold'><conditionExpression>
                .steps.parcel.data.number == 1</conditionExpression></sequenceFlow>
                """;
        put(
                "crowded",
                "<userTask id='hold'/><exclusiveGateway id='more' default='more_end'/>"
                        + receive("parcel", "<space:when>.data.number &gt; 0</space:when>") + again,
                "start hold",
                "hold parcel",
                "parcel more",
                "more end");
        UUID run = run("crowded");
        untilAt(run, "hold");
        complete(task(run, "hold"));
        untilAt(run, "parcel");
        deliver(came("crowded", 1));
        engine.until(run, view -> states(run, "hold").equals(List.of("completed", "waiting")));
        for (int i = 0; i <= 100; i++) {
            deliver(came("crowded", 0));
        }
        deliver(came("crowded", 2));
        complete(task(run, "hold"));

        until(run, RunState.COMPLETED);

        assertThat(taken(run)).containsExactly(1, 2);
    }
}
