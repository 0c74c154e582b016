package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.SQLException;
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
        assertThat(admin.get("/api/control-center/events?type=workflow_waiting")
                        .is(200)
                        .json()
                        .findValuesAsText("run_id"))
                .containsOnlyOnce(large.toString());
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

        Answer picture = user.get(RUNS + "/" + large + "/diagram.svg").is(200);
        assertThat(picture.header("Content-Type").orElse("")).startsWith("image/svg+xml");
        assertThat(picture.body()).contains("class=\"completed\" data-element=\"approve\"");
        assertThat(user.get(WORKFLOWS + "/small_or_large/diagram.svg").is(200).body())
                .contains("data-element=\"approve\"")
                .doesNotContain("class=\"completed\"");
        stranger.get(RUNS + "/" + large + "/diagram.svg").is(404);
        stranger.get(WORKFLOWS + "/small_or_large/diagram.svg").is(404);
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
        user.get(RUNS + "/" + poor).is(404);

        UUID failed = startAsAdmin("uncaught", order);
        JsonNode run = until(failed, "failed");
        assertThat(run.path("cause").asText()).startsWith("INSUFFICIENT_FUNDS");
        business.deposit(from, "5000", "USD").is(200);
        admin.post(RUNS + "/" + failed + "/retry").is(200);
        until(failed, "completed");
        assertThat(history(failed)).contains("pay failed", "pay completed");
        assertThat(Business.balance(admin, to)).isEqualByComparingTo("1000");
    }

    /** What its output is made into fails after the transfer is committed, each time. */
    @Test
    void aStepThatIsRepeatedAfterDaysMovesTheMoneyOnce() {
        admin.post(
                        WORKFLOWS,
                        "source",
                        """
                        document: {dsl: 1.0.3, namespace: t, name: paid-once, version: 0.1.0}
                        do:
                          - pay:
                              call: action
                              with: {plugin: financial_business, action: transfer, params: '${ . }'}
                              output: {as: '. + 1'}
                        """)
                .is(201);
        Business business = new Business(admin);
        String from = business.open(adminPerson, "USD", "10");
        String to = business.open(adminPerson, "USD");
        UUID run = startAsAdmin("paid-once", Business.order(from, to, "3", "USD"));
        until(run, "failed");
        assertThat(Business.balance(admin, to)).isEqualByComparingTo("3");
        int failures = history(run).size();

        int expired = stage.database()
                .execute(
                        "update core.idempotency_keys set expires_at = now() - interval '2 days' where starts_with(key, ?)",
                        "run-" + run);
        assertThat(expired).isEqualTo(1);
        admin.post(RUNS + "/" + run + "/retry").is(200);

        Patience.within(LIMIT, () -> assertThat(history(run)).hasSizeGreaterThan(failures));
        until(run, "failed");
        assertThat(Business.balance(admin, to)).isEqualByComparingTo("3");
        admin.post(RUNS + "/" + run + "/cancel").is(200);
    }

    private UUID startAsAdmin(String id, String input) {
        return UUID.fromString(admin.send("POST", WORKFLOWS + "/" + id + "/runs", "{\"input\": %s}".formatted(input))
                .is(202)
                .json()
                .path("run_id")
                .asText());
    }

    private static final String AMOUNT_ABOVE_100 = "<startEvent id='start'><extensionElements>"
            + "<space:on source='/plugins/financial_business'/><space:when>.data.amount > 100</space:when>"
            + "</extensionElements><messageEventDefinition messageRef='m'/></startEvent>" + flow("start", "end")
            + "<endEvent id='end'/>";

    private static String listening(String id, String type, String steps) {
        return document(id, steps).replace("<error id=", "<message id='m' name='%s'/><error id=".formatted(type));
    }

    private List<JsonNode> runsOf(String workflow) {
        List<JsonNode> found = new ArrayList<>();
        admin.get(RUNS + "?workflow_id=" + workflow + "&limit=100")
                .is(200)
                .json()
                .path("items")
                .forEach(found::add);
        return found;
    }

    private static String emitting(String type, String subject) {
        return "<serviceTask id='tell'><extensionElements><space:emit type='%s'/><space:subject>%s</space:subject></extensionElements></serviceTask>"
                .formatted(type, subject);
    }

    @Test
    void anEventStartsARunForTheAuthor() {
        admin.post(WORKFLOWS, "source", listening("on_transfer", "funds_transferred", AMOUNT_ABOVE_100))
                .is(201);
        Business business = new Business(admin);
        String from = business.open(adminPerson, "USD", "1000");
        String to = business.open(adminPerson, "USD");
        Business.transfer(admin, from, to, "50", "USD").is(200);
        Business.transfer(admin, from, to, "500", "USD").is(200);

        Patience.within(LIMIT, () -> assertThat(runsOf("on_transfer")).hasSize(1));
        JsonNode run = until(
                UUID.fromString(runsOf("on_transfer").get(0).path("run_id").asText()), "completed");
        assertThat(run.path("input").path("data").path("amount").asInt()).isEqualTo(500);
        assertThat(run.path("triggered_by").asText())
                .isEqualTo("event:" + run.path("input").path("id").asText());
        assertThat(run.path("started_by").asText()).isEqualTo(adminPerson.id().toString());
        admin.call("DELETE", WORKFLOWS + "/on_transfer").is(204);
    }

    @Test
    void aRunWaitsForTheEventOfItsSubject() {
        String asker = "<startEvent id='start'/>" + flow("start", "tell") + emitting("question", ".input.order")
                + flow("tell", "answer")
                + "<receiveTask id='answer' messageRef='m'><extensionElements><space:subject>.input.order</space:subject></extensionElements></receiveTask>"
                + flow("answer", "end") + "<endEvent id='end'/>";
        String answerer =
                "<startEvent id='start'><messageEventDefinition messageRef='m'/></startEvent>" + flow("start", "tell")
                        + emitting("response", ".input.subject") + flow("tell", "end") + "<endEvent id='end'/>";
        admin.post(WORKFLOWS, "source", listening("asker", "response", asker)).is(201);

        UUID first = start("asker", "{\"order\": \"a-1\"}");
        UUID second = start("asker", "{\"order\": \"a-2\"}");
        until(first, "waiting");
        until(second, "waiting");
        admin.post(WORKFLOWS, "source", listening("answerer", "question", answerer))
                .is(201);
        UUID third = start("asker", "{\"order\": \"a-1\"}");

        JsonNode done = until(third, "completed");
        assertThat(done.path("output").path("answer").path("subject").asText()).isEqualTo("a-1");
        until(first, "completed");
        assertThat(history(first)).contains("answer completed");
        until(second, "waiting");
        admin.post(RUNS + "/" + second + "/cancel").is(200);
    }

    /** An event that occurred before a run began to wait for it was not missed. */
    @Test
    void aRunFindsTheEventThatCameBeforeItWaited() {
        String steps = "<startEvent id='start'/>" + flow("start", "ask") + "<userTask id='ask'/>" + flow("ask", "got")
                + "<intermediateCatchEvent id='got'><extensionElements><space:subject>.input.order</space:subject></extensionElements>"
                + "<messageEventDefinition messageRef='m'/></intermediateCatchEvent>" + flow("got", "end")
                + "<endEvent id='end'/>";
        String teller = "<startEvent id='start'/>" + flow("start", "tell") + emitting("delivered", ".input.order")
                + flow("tell", "end") + "<endEvent id='end'/>";
        admin.post(WORKFLOWS, "source", listening("patient", "delivered", steps))
                .is(201);
        admin.post(WORKFLOWS, "source", document("teller", teller)).is(201);
        UUID run = start("patient", "{\"order\": \"b-1\"}");
        until(run, "waiting");
        until(start("teller", "{\"order\": \"b-1\"}"), "completed");

        admin.post(TASKS + "/" + task(run).path("id").asText() + "/complete", "decision", "done")
                .is(200);

        until(run, "completed");
        assertThat(history(run)).contains("got completed");
    }

    @Test
    void aWorkflowThatStartsItselfEnds() {
        String loop = "<startEvent id='start'><messageEventDefinition messageRef='m'/></startEvent>"
                + flow("start", "tell") + emitting("turn", "\"loop\"") + flow("tell", "end") + "<endEvent id='end'/>";
        String after = "<startEvent id='start'><messageEventDefinition messageRef='m'/></startEvent>"
                + flow("start", "end") + "<endEvent id='end'/>";
        admin.post(WORKFLOWS, "source", listening("loop", "turn", loop)).is(201);
        until(start("loop", "{}"), "completed");
        Patience.within(LIMIT, () -> assertThat(runsOf("loop").stream()
                        .filter(run -> run.path("state").asText().equals("completed")))
                .hasSize(9));

        // A later event, which the same subscriber gets after the last one of the loop.
        admin.post(WORKFLOWS, "source", listening("after", "marked", after)).is(201);
        admin.post(
                        WORKFLOWS,
                        "source",
                        document(
                                "marker",
                                "<startEvent id='start'/>" + flow("start", "tell") + emitting("marked", "\"loop\"")
                                        + flow("tell", "end") + "<endEvent id='end'/>"))
                .is(201);
        until(start("marker", "{}"), "completed");
        Patience.within(LIMIT, () -> assertThat(runsOf("after")).hasSize(1));
        assertThat(runsOf("loop")).hasSize(9);
    }

    /** Whoever completes the task before it gets their answer; the run tells what is wrong. */
    @Test
    void aCallActivityEndsWithItsRunAndIsCancelledWithTheCaller() {
        String asking = "<startEvent id='start'/>" + flow("start", "ask") + "<userTask id='ask'/>" + flow("ask", "end")
                + "<endEvent id='end'/>";
        admin.post(WORKFLOWS, "source", document("called_asking", asking)).is(201);
        String calling = "<startEvent id='start'/>" + flow("start", "sub")
                + "<callActivity id='sub' calledElement='called_asking'><extensionElements><space:input>{q: .input.q}</space:input>"
                + "</extensionElements></callActivity>" + flow("sub", "end") + "<endEvent id='end'/>";
        admin.post(WORKFLOWS, "source", document("calling", calling)).is(201);

        UUID parent = start("calling", "{\"q\": 7}");
        until(parent, "waiting");
        UUID child = child(parent);
        assertThat(until(child, "waiting").at("/input/q").asInt()).isEqualTo(7);
        stranger.get(RUNS + "/" + child).is(404);
        admin.post(TASKS + "/" + task(child).path("id").asText() + "/complete", "decision", "approve")
                .is(200);
        assertThat(until(parent, "completed").at("/output/sub/ask/decision").asText())
                .isEqualTo("approve");
        assertThat(user.get(RUNS + "/" + parent + "/diagram.svg").is(200).body())
                .contains("class=\"completed\" data-element=\"sub\"");

        UUID cancelled = start("calling", "{\"q\": 8}");
        until(cancelled, "waiting");
        UUID below = child(cancelled);
        until(below, "waiting");
        admin.post(RUNS + "/" + cancelled + "/cancel").is(200);
        until(below, "cancelled");
        assertThat(admin.get("/api/system/events?type=workflow_cancelled&limit=100")
                        .is(200)
                        .json()
                        .path("items")
                        .findValuesAsText("run_id"))
                .contains(below.toString(), cancelled.toString());
    }

    private UUID child(UUID run) {
        String found = admin.get(RUNS + "/" + run + "/history?limit=100")
                .is(200)
                .json()
                .path("items")
                .get(1)
                .path("child_run_id")
                .asText();
        return UUID.fromString(found);
    }

    @Test
    void aConditionThatFailsFailsTheRun() {
        String steps = "<startEvent id='start'/>" + flow("start", "ask") + "<userTask id='ask'/>" + flow("ask", "which")
                + "<exclusiveGateway id='which' default='which_end'/>" + flow("which", "end")
                + "<sequenceFlow id='one' sourceRef='which' targetRef='end'><conditionExpression>.steps.ask.decision.x == 1</conditionExpression></sequenceFlow>"
                + "<endEvent id='end'/>";
        admin.post(WORKFLOWS, "source", document("odd", steps)).is(201);
        UUID run = start("odd", "{}");

        admin.post(TASKS + "/" + task(run).path("id").asText() + "/complete", "decision", "yes")
                .is(200);

        JsonNode failed = until(run, "failed");
        assertThat(failed.path("cause").asText()).contains("INVALID_WORKFLOW", ".steps.ask.decision.x");
        assertThat(history(run)).contains("ask completed", "which failed");
    }

    @Test
    void aRunThatWaitsForAnEventCanBeSignalled() {
        String steps = "<startEvent id='start'/>" + flow("start", "got")
                + "<receiveTask id='got' messageRef='m'><extensionElements><space:subject>\"none\"</space:subject></extensionElements></receiveTask>"
                + flow("got", "end") + "<endEvent id='end'/>";
        admin.post(WORKFLOWS, "source", listening("signalled", "never", steps)).is(201);
        UUID run = start("signalled", "{}");
        until(run, "waiting");
        JsonNode current = admin.get(RUNS + "/" + run).is(200).get("current_steps");
        assertThat(current).hasSize(1);
        assertThat(current.path(0).path("element").asText()).isEqualTo("got");
        assertThat(current.path(0).path("kind").asText()).isEqualTo("messageEvent");
        assertThat(current.path(0).path("state").asText()).isEqualTo("waiting");
        String path = RUNS + "/" + run + "/signal";
        user.send("POST", path, "{}").is(403);
        stranger.send("POST", path, "{}").is(404);
        admin.send("POST", path, "{\"element\": \"other\"}").is(409);

        admin.send("POST", path, "{\"output\": {\"paid\": true}}").is(200);

        JsonNode done = until(run, "completed");
        assertThat(done.path("output").path("got").path("paid").asBoolean()).isTrue();
        admin.send("POST", path, "{}").is(409);
    }

    @Test
    void aRunGoesBackToAStepThatItHasCompleted() {
        String steps = "<startEvent id='start'/>" + flow("start", "tell") + emitting("again", "\"x\"")
                + flow("tell", "ask") + "<userTask id='ask'/>" + flow("ask", "pay")
                + "<serviceTask id='pay'><extensionElements><space:action plugin='financial_business' name='transfer'/></extensionElements></serviceTask>"
                + flow("pay", "end") + "<endEvent id='end'/>";
        admin.post(WORKFLOWS, "source", document("reset", steps)).is(201);
        UUID run = start("reset", "{}");
        until(run, "waiting");
        String path = RUNS + "/" + run + "/reset";
        admin.send("POST", path, "{\"element\": \"pay\"}").is(409);
        stranger.send("POST", path, "{\"element\": \"tell\"}").is(404);

        admin.send("POST", path, "{\"element\": \"tell\"}").is(200);
        until(run, "waiting");
        assertThat(history(run))
                .containsExactly("start completed", "tell completed", "ask cancelled", "tell completed", "ask waiting");
        admin.post(TASKS + "/" + task(run).path("id").asText() + "/complete", "decision", "yes")
                .is(200);
        until(run, "failed");
        Caller once = admin.once("reset-" + UUID.randomUUID());
        once.send("POST", path, "{\"element\": \"ask\"}").is(200);
        until(run, "waiting");
        assertThat(task(run).path("state").asText()).isEqualTo("open");
        List<String> before = history(run);
        Answer again = once.send("POST", path, "{\"element\": \"ask\"}").is(200);
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(history(run)).isEqualTo(before);
        admin.post(RUNS + "/" + run + "/cancel").is(200);
        admin.send("POST", path, "{\"element\": \"ask\"}").is(409);
    }

    @Test
    void aTaskIsGivenToAnotherUser() {
        Person second = stage.fixtures().user(org);
        Caller other = space.as(second);
        String steps = "<startEvent id='start'/>" + flow("start", "ask") + "<userTask id='ask'/>" + flow("ask", "end")
                + "<endEvent id='end'/>";
        admin.post(WORKFLOWS, "source", document("reassigned", steps)).is(201);
        UUID run = start("reassigned", "{}");
        String path = TASKS + "/" + task(run).path("id").asText();
        user.post(path + "/claim").is(200);
        other.post(path + "/complete", "decision", "yes").is(409);
        other.send("POST", path + "/reassign", "{}").is(403);

        admin.send("POST", path + "/reassign", "{\"assignee\": \"%s\"}".formatted(UUID.randomUUID()))
                .is(400);
        admin.send("POST", path + "/reassign", "{\"assignee\": \"%s\"}".formatted(second.id()))
                .is(200);

        user.post(path + "/complete", "decision", "yes").is(409);
        other.post(path + "/complete", "decision", "yes").is(200);
        until(run, "completed");
        admin.send("POST", path + "/reassign", "{}").is(409);
    }

    @Test
    void theOverviewTellsTheLastRun() {
        String steps = "<startEvent id='start'/>" + flow("start", "end") + "<endEvent id='end'/>";
        admin.post(WORKFLOWS, "source", document("seen_1", steps)).is(201);
        admin.post(WORKFLOWS, "source", document("seen_2", steps)).is(201);
        start("seen_1", "{}");
        UUID last = start("seen_1", "{}");

        JsonNode all =
                admin.get("/api/control-center/workflows?limit=100").is(200).json();
        for (JsonNode workflow : all.path("items")) {
            switch (workflow.path("id").asText()) {
                case "seen_1" ->
                    assertThat(workflow.path("last_run").path("run_id").asText())
                            .isEqualTo(last.toString());
                case "seen_2" -> assertThat(workflow.path("last_run").isNull()).isTrue();
                default -> assertThat(workflow.path("version").asInt()).isPositive();
            }
        }
        assertThat(all.path("items"))
                .extracting(workflow -> workflow.path("id").asText())
                .contains("seen_1", "seen_2");
        user.get("/api/control-center/workflows").is(403);
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

    /** As when the database is so slow that the lock of a step is over before the step is: the second attempt has no effect. */
    @Test
    void aStepWhoseLockIsOverIsDoneOnce() throws SQLException {
        String steps = "<startEvent id='start'/>" + flow("start", "tell")
                + "<serviceTask id='tell'><extensionElements><space:emit type='told_once'/></extensionElements></serviceTask>"
                + flow("tell", "end") + "<endEvent id='end'/>";
        admin.post(WORKFLOWS, "source", document("slow", steps)).is(201);
        Database database = stage.database();
        UUID run;
        try (Connection slow = database.owner()) {
            slow.setAutoCommit(false);
            Database.execute(slow, "lock table core.workflow_steps in share mode");
            run = start("slow", "{}");
            awaitLock(run);
            database.execute(
                    "update flow.act_ru_job set lock_exp_time_ = now() - interval '2 days' where process_instance_id_ = ?",
                    run.toString());
            awaitLock(run);
            slow.rollback();
        }

        until(run, "completed");

        assertThat(history(run)).containsExactly("start completed", "tell completed", "end completed");
        assertThat(database.count(
                        "select count(*) from core.events where type = 'told_once' and subject = ?", run.toString()))
                .isEqualTo(1);
    }

    /** The engine looks once a minute for locks that are over. */
    private void awaitLock(UUID run) {
        Patience.within(Duration.ofMinutes(2), () -> assertThat(stage.database()
                        .count(
                                "select count(*) from flow.act_ru_job where process_instance_id_ = ?"
                                        + " and lock_owner_ is not null and lock_exp_time_ > now() - interval '1 day'",
                                run.toString()))
                .isEqualTo(1));
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

    private Answer sent(String method, String path, String document, String mediaType) {
        return admin.send(method, WORKFLOWS + path, BodyPublishers.ofString(document), mediaType);
    }

    @Test
    void aDocumentComesAsItIs() {
        String document = document(
                        "as_it_is", "<startEvent id='start'/>" + flow("start", "end") + "<endEvent id='end'/>")
                .replace("A workflow", "Ünïcode ✓");

        assertThat(sent("POST", "", document, "application/xml; charset=utf-8")
                        .is(201)
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo("Ünïcode ✓");
        assertThat(admin.get(WORKFLOWS + "/as_it_is/versions")
                        .is(200)
                        .json()
                        .at("/items/0/source")
                        .asText())
                .isEqualTo(document);
        sent("PUT", "/as_it_is", document.replace("isExecutable", "isexecutable"), "text/xml")
                .is(400);
        sent("POST", "", document, "text/plain").is(415);
        sent("POST", "", document, "application/xml; charset=iso-8859-1").is(415);
    }
}
