package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.launcher.Instance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Two nodes on one database: each of a thousand events starts one run; and when a node is killed while runs are under way, each run
 * completes once, each step has one effect.
 */
@OwnServers
class WorkflowTakeoverIT {

    private static final String WORKFLOWS = "/api/system/workflows";
    private static final int STEPS = 10;
    private static final int CALL = 5;
    private static final int RUNS = 20;
    private static final int EVENTS = 1000;

    /** The steps after which a node is killed, in turn; 0 is before the first. With {@code -Dspace.kills=all} after each. */
    private static final List<Integer> KILLED_AFTER =
            System.getProperty("space.kills", "").equals("all")
                    ? IntStream.range(0, STEPS).boxed().toList()
                    : List.of(1, 5, 9);

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void eachRunCompletesOnceThoughItsNodeIsKilled() throws Exception {
        Path folder = Stage.temporaryFolder();
        try (Stores stores = Stores.start(folder.resolve("stores"));
                Node one = node(folder.resolve("one"), stores).started();
                Node other = node(folder.resolve("other"), stores).started()) {
            Database database = one.database();
            Fixtures fixtures = new Fixtures(database);
            UUID org = fixtures.organization();
            Caller admin = one.space().as(fixtures.admin(org));
            admin.post(WORKFLOWS, "source", oneStep()).is(201);
            admin.post(WORKFLOWS, "source", tenSteps()).is(201);

            eachEventStartsOneRun(admin, admin.on(other.space()), database, org);
            List<Node> nodes = List.of(one, other);
            for (int kill = 0; kill < KILLED_AFTER.size(); kill++) {
                Node victim = nodes.get(kill % 2);
                Node left = nodes.get((kill + 1) % 2);
                killedAfter(
                        KILLED_AFTER.get(kill),
                        victim,
                        admin.on(victim.space()),
                        admin.on(left.space()),
                        database,
                        org);
                victim.started();
            }
        } finally {
            Stage.clear(folder);
        }
    }

    private static void eachEventStartsOneRun(Caller admin, Caller there, Database database, UUID org)
            throws Exception {
        admin.post(
                        WORKFLOWS,
                        "source",
                        """
                        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:space="https://thespace.io/bpmn/1.0"
                            targetNamespace="https://example.org/workflows"><message id="m" name="signal_raised"/>
                          <process id="answering" isExecutable="true">
                            <startEvent id="start"><messageEventDefinition messageRef="m"/></startEvent>
                            <sequenceFlow id="f1" sourceRef="start" targetRef="tell"/>
                            <serviceTask id="tell"><extensionElements><space:emit type="answered"/>
                              <space:subject>.input.subject</space:subject></extensionElements></serviceTask>
                            <sequenceFlow id="f2" sourceRef="tell" targetRef="end"/><endEvent id="end"/>
                          </process></definitions>
                        """)
                .is(201);
        for (int i = 0; i < EVENTS; i++) {
            (i % 2 == 0 ? admin : there)
                    .send(
                            "POST",
                            "/api/system/events",
                            "{\"type\": \"signal_raised\", \"subject\": \"signal-%d\", \"data\": {\"name\": \"asked\", \"details\": {}}}"
                                    .formatted(i))
                    .is(201);
        }
        Patience.within(LIMIT, () -> assertThat(database.count(
                        "select count(*) from core.workflow_runs where org_id = ? and workflow_id = 'answering' and state = 'completed'",
                        org))
                .isEqualTo(EVENTS));
        assertThat(database.count(
                        "select count(distinct subject) from core.events where org_id = ? and type = 'answered'", org))
                .isEqualTo(EVENTS);
        assertThat(database.count("select count(*) from core.events where org_id = ? and type = 'answered'", org))
                .isEqualTo(EVENTS);
        assertThat(database.count(
                        "select count(distinct s.node) from core.workflow_steps s join core.workflow_runs r on r.id = s.run_id"
                                + " where r.org_id = ? and r.workflow_id = 'answering'",
                        org))
                .as("nodes that worked")
                .isEqualTo(2);
    }

    private static Node node(Path home, Stores stores) {
        Map<String, String> settings = Stage.settings(home);
        settings.putAll(stores.settings());
        settings.put("SPACE_ACCESS_TOKEN_SECONDS", "3600");
        return new Node(Instance.of(settings), Stage.KIND);
    }

    /** A step of another run: it publishes the event for that. */
    private static String oneStep() {
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:space="https://thespace.io/bpmn/1.0"
                    targetNamespace="https://example.org/workflows"><process id="one_step" isExecutable="true">
                  <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="pause"/>
                  <intermediateCatchEvent id="pause"><timerEventDefinition><timeDuration>PT0.1S</timeDuration></timerEventDefinition></intermediateCatchEvent>
                  <sequenceFlow id="f2" sourceRef="pause" targetRef="tell"/>
                  <serviceTask id="tell"><extensionElements><space:emit type="step_%d"/>
                    <space:subject>.input.run</space:subject></extensionElements></serviceTask>
                  <sequenceFlow id="f3" sourceRef="tell" targetRef="end"/><endEvent id="end"/>
                </process></definitions>
                """
                .formatted(CALL);
    }

    /** Each step publishes an event, one of them by another run; the timers between them let both nodes take part. */
    private static String tenSteps() {
        StringBuilder steps = new StringBuilder("<startEvent id='start'/>");
        String before = "start";
        for (int i = 1; i <= STEPS; i++) {
            steps.append(flow(before, "pause" + i))
                    .append(
                            "<intermediateCatchEvent id='pause%d'><timerEventDefinition><timeDuration>PT0.1S</timeDuration></timerEventDefinition></intermediateCatchEvent>"
                                    .formatted(i))
                    .append(flow("pause" + i, "step" + i))
                    .append(
                            i == CALL
                                    ? "<callActivity id='step%d' calledElement='one_step'><extensionElements><space:input>{run: .run.id}</space:input></extensionElements></callActivity>"
                                            .formatted(i)
                                    : "<serviceTask id='step%d'><extensionElements><space:emit type='step_%d'/></extensionElements></serviceTask>"
                                            .formatted(i, i));
            before = "step" + i;
        }
        steps.append(flow(before, "end")).append("<endEvent id='end'/>");
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:space="https://thespace.io/bpmn/1.0"
                    targetNamespace="https://example.org/workflows"><process id="ten_steps" isExecutable="true">%s</process></definitions>
                """
                .formatted(steps);
    }

    private static String flow(String from, String to) {
        return "<sequenceFlow id='%1$s_%2$s' sourceRef='%1$s' targetRef='%2$s'/>".formatted(from, to);
    }

    /** Starts runs on both nodes by turns: the node that starts a run is the first to work on it. */
    private static void killedAfter(int step, Node victim, Caller there, Caller admin, Database database, UUID org)
            throws Exception {
        Set<String> runs = new TreeSet<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add((i % 2 == 0 ? there : admin)
                    .send("POST", WORKFLOWS + "/ten_steps/runs", "{}")
                    .is(202)
                    .json()
                    .path("run_id")
                    .asText());
        }
        // Also of runs that have come to their end meanwhile: after the last step that is soon.
        Patience.within(LIMIT, () -> assertThat(
                        step == 0
                                ? RUNS
                                : database.count(
                                        "select count(*) from core.events where org_id = ? and type = ? and subject = any"
                                                + " (string_to_array(?, ' '))",
                                        org,
                                        "step_" + step,
                                        String.join(" ", runs)))
                .isGreaterThan(RUNS / 4));
        if (step > 0) {
            Patience.within(LIMIT, () -> assertThat(database.count(
                            "select count(distinct node) from core.workflow_steps where run_id::text = any"
                                    + " (string_to_array(?, ' '))",
                            String.join(" ", runs)))
                    .as("nodes that worked")
                    .isEqualTo(2));
        }
        victim.kill();
        Patience.within(LIMIT, () -> assertThat(database.count(
                        "select count(*) from core.workflow_runs where org_id = ? and state <> 'completed'", org))
                .isZero());
        for (String run : runs) {
            assertThat(database.query(
                            "select type || ' ' || count(*) from core.events where org_id = ? and subject = ? group by type",
                            org,
                            run))
                    .as("the effects of run %s", run)
                    .hasSize(STEPS)
                    .allMatch(effects -> effects.endsWith(" 1"));
        }
        Set<String> workers = new TreeSet<>();
        for (String run : runs) {
            for (JsonNode done : admin.get("/api/system/runs/" + run + "/history?limit=100")
                    .is(200)
                    .json()
                    .path("items")) {
                assertThat(done.path("state").asText()).as("%s", done).isEqualTo("completed");
                workers.add(done.path("node").asText());
            }
        }
        // Before the first step there is nothing to take over.
        assertThat(workers).as("who worked").hasSizeGreaterThan(step == 0 ? 0 : 1);
    }
}
