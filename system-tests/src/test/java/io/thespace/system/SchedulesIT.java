package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules: runs that start at their times, once, and what happens to times that pass. */
class SchedulesIT {

    private static final String SCHEDULES = "/api/system/schedules";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Person adminPerson = stage.fixtures().admin(org);
    private final Caller admin = space.as(adminPerson);
    private final Caller user = space.as(stage.fixtures().user(org));
    private final Caller stranger =
            space.as(stage.fixtures().admin(stage.fixtures().organization()));

    /** Makes a workflow whose runs wait for a person if they are to. */
    private String workflow(boolean waiting) {
        String id = "scheduled_" + UUID.randomUUID().toString().substring(0, 8);
        String middle = waiting ? "<userTask id='ask'/><sequenceFlow id='f2' sourceRef='ask' targetRef='end'/>" : "";
        admin.post(
                        "/api/system/workflows",
                        "source",
                        """
                        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="https://example.org/workflows">
                          <process id="%s" name="Scheduled" isExecutable="true"><startEvent id="start"/>
                          <sequenceFlow id="f1" sourceRef="start" targetRef="%s"/>%s<endEvent id="end"/></process></definitions>
                        """
                                .formatted(id, waiting ? "ask" : "end", middle))
                .is(201);
        return id;
    }

    private JsonNode schedule(String workflow, String times) {
        return admin.send(
                        "POST",
                        SCHEDULES,
                        "{\"name\": \"Now and then\", \"workflow_id\": \"%s\", \"input\": {\"amount\": 7}, %s}"
                                .formatted(workflow, times))
                .is(201)
                .json();
    }

    private List<JsonNode> runs(String workflow) {
        List<JsonNode> found = new ArrayList<>();
        admin.get("/api/system/runs?limit=100&workflow_id=" + workflow)
                .is(200)
                .json()
                .path("items")
                .forEach(found::add);
        return found;
    }

    /** Each hour, half an hour from now, so that no time comes while a test runs. */
    private final Instant latest = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(30));

    private final String hourly =
            "\"cron\": \"%d * * * *\"".formatted(latest.atZone(ZoneOffset.UTC).getMinute());

    /** As if no node had run since so many hours before the latest time. */
    private void hoursPass(String schedule, int hours) {
        stage.database()
                .execute(
                        "update core.schedules set next_at = ?::timestamptz, due_at = now() - interval '1 hour' where id = ?::uuid",
                        latest.minus(Duration.ofHours(hours)).toString(),
                        schedule);
    }

    private JsonNode until(String schedule, String outcome) {
        JsonNode[] seen = new JsonNode[1];
        Patience.within(LIMIT, () -> {
            seen[0] = admin.get(SCHEDULES + "/" + schedule).is(200).json();
            assertThat(seen[0].path("last_outcome").asText()).as("%s", seen[0]).isEqualTo(outcome);
        });
        return seen[0];
    }

    @Test
    void aRunStartsAtItsTime() {
        String workflow = workflow(false);
        Instant at = Instant.now().plusSeconds(15);
        JsonNode made = schedule(workflow, "\"at\": \"%s\"".formatted(at));
        assertThat(made.path("next")).hasSize(1);
        String id = made.path("id").asText();

        JsonNode after = until(id, "started");

        assertThat(after.path("next")).isEmpty();
        assertThat(Instant.parse(after.path("last_at").asText()))
                .isEqualTo(made.path("at").asText());
        assertThat(runs(workflow)).singleElement().satisfies(run -> {
            assertThat(run.path("triggered_by").asText()).startsWith("schedule:" + id + ":");
            assertThat(run.path("input").path("amount").asInt()).isEqualTo(7);
            assertThat(run.path("started_by").asText())
                    .isEqualTo(adminPerson.id().toString());
        });
        admin.call("DELETE", SCHEDULES + "/" + id).is(204);
        admin.get(SCHEDULES + "/" + id).is(404);
    }

    @Test
    void theNextTimesAreTold() {
        JsonNode made = schedule(workflow(false), "\"cron\": \"0 8 * * MON-FRI\", \"zone\": \"Europe/Berlin\"");

        assertThat(made.path("next")).hasSize(10);
        made.path("next").forEach(time -> assertThat(Instant.parse(time.asText())
                        .atZone(ZoneId.of("Europe/Berlin"))
                        .getHour())
                .isEqualTo(8));
    }

    @ParameterizedTest
    @CsvSource({"none, 0, missed: no node ran", "latest, 1, started", "all, 4, started"})
    void timesThatPassedAreMadeUpForAsThePolicySays(String catchUp, int started, String outcome) {
        String workflow = workflow(false);
        String id = schedule(workflow, hourly + ", \"overlap\": \"allow\", \"catch_up\": \"%s\"".formatted(catchUp))
                .path("id")
                .asText();
        hoursPass(id, 3);

        until(id, outcome);

        assertThat(runs(workflow)).hasSize(started);
    }

    @Test
    void aTimeIsSkippedWhileAnEarlierRunHasNotEnded() {
        String workflow = workflow(true);
        String id = schedule(workflow, hourly).path("id").asText();
        hoursPass(id, 1);
        until(id, "started");
        hoursPass(id, 0);
        until(id, "skipped: an earlier run has not ended");
        assertThat(runs(workflow)).hasSize(1);

        admin.call("DELETE", "/api/system/workflows/" + workflow).is(204);
        hoursPass(id, 0);
        until(id, "refused: the workflow is disabled");
        assertThat(runs(workflow)).hasSize(1);
    }

    /** The key of a run is its time: the same time does not come twice, whatever became of the row. */
    @Test
    void aTimeComesOnce() {
        String workflow = workflow(false);
        String id = schedule(workflow, hourly).path("id").asText();
        for (int i = 0; i < 2; i++) {
            stage.database().execute("update core.schedules set last_outcome = null where id = ?::uuid", id);
            hoursPass(id, 0);
            until(id, "started");
        }
        assertThat(runs(workflow)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"cron\": \"0 8 * *\"|cron",
                "\"cron\": \"0 0 30 2 *\"|cron",
                "\"cron\": \"0 8 * * *\", \"zone\": \"Mars/Olympus\"|zone",
                "\"at\": \"2020-01-01T00:00:00Z\"|at",
                "\"cron\": \"0 8 * * *\", \"at\": \"2030-01-01T00:00:00Z\"|cron",
                "\"zone\": \"UTC\"|cron",
                "\"cron\": \"0 8 * * *\", \"overlap\": \"queue\"|overlap",
                "\"cron\": \"0 8 * * *\", \"jitter_seconds\": 4000|jitter_seconds"
            })
    void whatIsWrongIsNamed(String times, String field) {
        JsonNode refusal = admin.send(
                        "POST",
                        SCHEDULES,
                        "{\"name\": \"x\", \"workflow_id\": \"%s\", %s}".formatted(workflow(false), times))
                .is(400)
                .json();

        assertThat(refusal.path("details"))
                .anySatisfy(detail -> assertThat(detail.path("field").asText()).isEqualTo(field));
    }

    @Test
    void schedulesAreTheAdministratorsOfTheirOrganization() {
        String workflow = workflow(false);
        String id = schedule(workflow, "\"cron\": \"0 8 * * *\"").path("id").asText();
        String order = "{\"name\": \"x\", \"workflow_id\": \"%s\", \"cron\": \"0 9 * * *\"}".formatted(workflow);

        user.get(SCHEDULES).is(403);
        user.send("POST", SCHEDULES, order).is(403);
        stranger.get(SCHEDULES + "/" + id).is(404);
        stranger.call("DELETE", SCHEDULES + "/" + id).is(404);
        stranger.send("POST", SCHEDULES, order).is(404);
        assertThat(stranger.get(SCHEDULES).is(200).json().path("items")).isEmpty();
        assertThat(admin.send("PUT", SCHEDULES + "/" + id, order)
                        .is(200)
                        .json()
                        .path("cron")
                        .asText())
                .isEqualTo("0 9 * * *");
    }
}
