package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Workflows from the document to the effect: versions, runs, tasks, failures. */
class WorkflowsIT {

    private static final String WORKFLOWS = "/api/system/workflows";
    private static final String RUNS = "/api/system/runs";
    private static final String TASKS = "/api/system/tasks";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Person adminPerson = stage.fixtures().admin(org);
    private final Caller admin = space.as(adminPerson);
    private final Caller user = space.as(stage.fixtures().user(org));
    private final Caller stranger =
            space.as(stage.fixtures().admin(stage.fixtures().organization()));

    private static String document(String id, String steps) {
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:space="https://thespace.io/bpmn/1.0"
                    targetNamespace="https://example.org/workflows">
                  <error id="any" errorCode="INSUFFICIENT_FUNDS"/>
                  <process id="%s" name="A workflow" isExecutable="true">%s</process>
                </definitions>
                """
                .formatted(id, steps);
    }

    private static String flow(String from, String to) {
        return "<sequenceFlow id='%1$s_%2$s' sourceRef='%1$s' targetRef='%2$s'/>".formatted(from, to);
    }

    private static final String APPROVAL = "<startEvent id='start'/>" + flow("start", "large")
            + "<exclusiveGateway id='large' default='large_tell'/>"
            + "<sequenceFlow id='big' sourceRef='large' targetRef='approve'><conditionExpression>.input.amount > 10000</conditionExpression></sequenceFlow>"
            + flow("large", "tell")
            + "<userTask id='approve' name='Approve it'><extensionElements><space:task role='admin' due='P1D'/></extensionElements></userTask>"
            + flow("approve", "decided") + "<exclusiveGateway id='decided' default='decided_end'/>"
            + "<sequenceFlow id='yes' sourceRef='decided' targetRef='tell'><conditionExpression>.steps.approve.decision == \"approve\"</conditionExpression></sequenceFlow>"
            + flow("decided", "end")
            + "<serviceTask id='tell'><extensionElements><space:emit type='transfer_approved'/><space:input>{amount: .input.amount}</space:input></extensionElements></serviceTask>"
            + flow("tell", "end") + "<endEvent id='end'/>";

    private UUID start(String id, String input) {
        return UUID.fromString(user.send("POST", WORKFLOWS + "/" + id + "/runs", "{\"input\": %s}".formatted(input))
                .is(202)
                .json()
                .path("run_id")
                .asText());
    }

    private JsonNode until(UUID run, String state) {
        JsonNode[] seen = new JsonNode[1];
        Patience.within(LIMIT, () -> {
            seen[0] = admin.get(RUNS + "/" + run).is(200).json();
            assertThat(seen[0].path("state").asText()).as("%s", seen[0]).isEqualTo(state);
        });
        return seen[0];
    }

    private List<String> history(UUID run) {
        List<String> steps = new ArrayList<>();
        for (JsonNode step : admin.get(RUNS + "/" + run + "/history?limit=100")
                .is(200)
                .json()
                .path("items")) {
            steps.add(step.path("element").asText() + " " + step.path("state").asText());
        }
        return steps;
    }

    private JsonNode task(UUID run) {
        JsonNode[] found = new JsonNode[1];
        Patience.within(LIMIT, () -> {
            for (JsonNode task :
                    admin.get(TASKS + "?state=open&limit=100").is(200).json().path("items")) {
                if (task.path("run_id").asText().equals(run.toString())) {
                    found[0] = task;
                }
            }
            assertThat(found[0]).isNotNull();
        });
        return found[0];
    }

    @Test
    void aRunGoesTheWayThatItsConditionsSay() {
        admin.post(WORKFLOWS, "source", document("small_or_large", APPROVAL)).is(201);

        UUID small = start("small_or_large", "{\"amount\": 5}");
        JsonNode done = until(small, "completed");
        assertThat(history(small))
                .containsExactly("start completed", "large completed", "tell completed", "end completed");
        assertThat(done.path("output").path("tell").path("amount").asInt()).isEqualTo(5);
        assertThat(admin.get("/api/control-center/events?type=transfer_approved")
                        .is(200)
                        .json()
                        .path("items"))
                .hasSize(1);

        UUID large = start("small_or_large", "{\"amount\": 25000}");
        until(large, "waiting");
        JsonNode task = task(large);
        assertThat(task.path("name").asText()).isEqualTo("Approve it");
        assertThat(task.path("due_at").isNull()).isFalse();
        String path = TASKS + "/" + task.path("id").asText();
        user.get(path).is(404);
        stranger.get(path).is(404);
        stranger.get(RUNS + "/" + large).is(404);
        admin.post(path + "/claim").is(200);
        admin.post(path + "/complete", "decision", "approve").is(200);
        admin.post(path + "/complete", "decision", "approve").is(409);
        until(large, "completed");
        assertThat(history(large)).contains("approve completed", "tell completed");
    }

    @Test
    void aRunStaysWithItsVersion() {
        String waiting = "<startEvent id='start'/>" + flow("start", "wait") + "<userTask id='wait'/>"
                + flow("wait", "end") + "<endEvent id='end'/>";
        admin.post(WORKFLOWS, "source", document("versions", waiting)).is(201);
        admin.post(WORKFLOWS, "source", document("versions", waiting)).is(409);
        UUID old = start("versions", "{}");
        until(old, "waiting");
        JsonNode changed = admin.send(
                        "PUT",
                        WORKFLOWS + "/versions",
                        Json.object(
                                "source",
                                document(
                                        "versions",
                                        waiting.replace("'wait'", "'later'")
                                                .replace("wait_end", "later_end")
                                                .replace("start_wait", "start_later"))))
                .is(200)
                .json();
        assertThat(changed.path("version").asInt()).isEqualTo(2);
        admin.send("PUT", WORKFLOWS + "/versions", Json.object("source", document("another", waiting)))
                .is(400);

        UUID fresh = start("versions", "{}");
        until(fresh, "waiting");
        assertThat(history(old)).contains("wait waiting");
        assertThat(history(fresh)).contains("later waiting");

        JsonNode cancelled = admin.post(RUNS + "/" + old + "/cancel").is(200).json();
        assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
        assertThat(history(old)).contains("wait cancelled");
        admin.post(RUNS + "/" + old + "/cancel").is(409);
        admin.call("DELETE", WORKFLOWS + "/versions").is(204);
        user.send("POST", WORKFLOWS + "/versions/runs", "{}").is(409);
    }

    @Test
    void aFailureIsCaughtOrFailsTheRunWhichCanBeRetried() {
        String transfer = "<startEvent id='start'/>" + flow("start", "pay")
                + "<serviceTask id='pay'><extensionElements><space:action plugin='financial_business' name='transfer'/>"
                + "<space:input>.input</space:input><space:retry attempts='2' wait='PT0S'/></extensionElements></serviceTask>"
                + flow("pay", "end") + "<endEvent id='end'/>";
        String caught = transfer
                + "<boundaryEvent id='poor' attachedToRef='pay'><errorEventDefinition errorRef='any'/></boundaryEvent>"
                + flow("poor", "end");
        admin.post(WORKFLOWS, "source", document("uncaught", transfer)).is(201);
        admin.post(WORKFLOWS, "source", document("caught", caught)).is(201);
        Business business = new Business(admin);
        String from = business.open(adminPerson, "USD", "10");
        String to = business.open(adminPerson, "USD");
        String order = Business.order(from, to, "1000", "USD");

        UUID poor = startAsAdmin("caught", order);
        until(poor, "completed");
        assertThat(history(poor)).contains("pay failed", "poor completed");

        UUID failed = startAsAdmin("uncaught", order);
        JsonNode run = until(failed, "failed");
        assertThat(run.path("cause").asText()).startsWith("INSUFFICIENT_FUNDS");
        business.deposit(from, "5000", "USD").is(200);
        admin.post(RUNS + "/" + failed + "/retry").is(200);
        until(failed, "completed");
        assertThat(history(failed)).contains("pay failed", "pay completed");
        assertThat(Business.balance(admin, to)).isEqualByComparingTo("1000");
    }

    private UUID startAsAdmin(String id, String input) {
        return UUID.fromString(admin.send("POST", WORKFLOWS + "/" + id + "/runs", "{\"input\": %s}".formatted(input))
                .is(202)
                .json()
                .path("run_id")
                .asText());
    }

    /** The wrong set-up of transactions fails silently; rows of one transaction have the same {@code xmin}. */
    @Test
    void aStepAndTheEngineCommitTogether() {
        String steps = "<startEvent id='start'/>" + flow("start", "tell")
                + "<serviceTask id='tell'><extensionElements><space:emit type='together'/></extensionElements></serviceTask>"
                + flow("tell", "wait") + "<userTask id='wait'/>" + flow("wait", "end") + "<endEvent id='end'/>";
        admin.post(WORKFLOWS, "source", document("together", steps)).is(201);
        for (int i = 0; i < 20; i++) {
            UUID run = start("together", "{}");
            until(run, "waiting");
            assertThat(stage.database()
                            .query(
                                    "select count(distinct x) || ' of ' || count(*) from ("
                                            + "select xmin::text x from core.workflow_steps where run_id = ?::uuid and element in ('tell', 'wait')"
                                            + " union all select xmin::text from flow.act_ru_task where proc_inst_id_ = ?"
                                            + " union all select xmin::text from core.events where type = 'together' and subject = ?) rows",
                                    run.toString(),
                                    run.toString(),
                                    run.toString()))
                    .containsExactly("1 of 4");
        }
    }

    @Test
    void aTimerEndsATaskThatNobodyDoes() {
        String steps = "<startEvent id='start'/>" + flow("start", "ask") + "<userTask id='ask'/>" + flow("ask", "end")
                + "<boundaryEvent id='late' attachedToRef='ask'><timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition></boundaryEvent>"
                + flow("late", "end") + "<endEvent id='end'/>";
        admin.post(WORKFLOWS, "source", document("deadline", steps)).is(201);
        UUID run = start("deadline", "{}");
        until(run, "completed");
        assertThat(history(run)).contains("ask cancelled", "late completed");
        assertThat(admin.get(TASKS + "?state=cancelled").is(200).json().path("items"))
                .hasSize(1);
    }

    @Test
    void aDocumentThatCannotBeRunIsRefusedWithPlaceAndReason() {
        JsonNode refusal = admin.post(
                        WORKFLOWS + "/validate",
                        "source",
                        document("bad", "<startEvent id='start'/><scriptTask id='s'/>"))
                .is(400)
                .json();
        assertThat(refusal.toString()).contains("scriptTask", "line 4");
        user.post(WORKFLOWS, "source", document("mine", APPROVAL)).is(403);
    }
}
