package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The workflows in the folder {@code workflows}, as docs/WORKFLOWS.md tells of them. */
class ShippedWorkflowsIT {

    private static final Path FOLDER = Path.of("..", "workflows");
    private static final String RUNS = "/api/system/runs";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Person adminPerson = stage.fixtures().admin(org);
    private final Caller admin = space.as(adminPerson);

    private void enable(String workflow) throws IOException {
        admin.send(
                        "POST",
                        "/api/system/workflows",
                        BodyPublishers.ofString(Files.readString(FOLDER.resolve(workflow + ".bpmn"))),
                        "application/xml")
                .is(201);
    }

    private UUID start(String workflow, String input) {
        return UUID.fromString(
                admin.send("POST", "/api/system/workflows/" + workflow + "/runs", "{\"input\": %s}".formatted(input))
                        .is(202)
                        .json()
                        .path("run_id")
                        .asText());
    }

    private UUID started(String workflow) {
        List<UUID> runs = new ArrayList<>();
        Patience.within(LIMIT, () -> {
            runs.clear();
            admin.get(RUNS + "?workflow_id=" + workflow)
                    .is(200)
                    .json()
                    .path("items")
                    .forEach(run -> runs.add(UUID.fromString(run.path("run_id").asText())));
            assertThat(runs).hasSize(1);
        });
        return runs.get(0);
    }

    private JsonNode until(UUID run, String state) {
        JsonNode[] seen = new JsonNode[1];
        Patience.within(LIMIT, () -> {
            seen[0] = admin.get(RUNS + "/" + run).is(200).json();
            assertThat(seen[0].path("state").asText()).as("%s", seen[0]).isEqualTo(state);
        });
        return seen[0];
    }

    private void complete(UUID run, String decision) {
        String[] task = new String[1];
        Patience.within(LIMIT, () -> {
            for (JsonNode one : admin.get("/api/system/tasks?state=open&limit=100")
                    .is(200)
                    .json()
                    .path("items")) {
                if (one.path("run_id").asText().equals(run.toString())) {
                    task[0] = one.path("id").asText();
                }
            }
            assertThat(task[0]).isNotNull();
        });
        admin.post("/api/system/tasks/" + task[0] + "/complete", "decision", decision)
                .is(200);
    }

    @Test
    void eachIsDescribed() throws IOException {
        String docs = Files.readString(Path.of("..", "docs", "WORKFLOWS.md"));
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
            assertThat(names).hasSize(6).allSatisfy(name -> assertThat(docs).contains("workflows/" + name));
        }
    }

    @Test
    void aLargeTransferThatIsRejectedIsTakenBack() throws IOException {
        enable("large_transfer_review");
        Business business = new Business(admin);
        String from = business.open(adminPerson, "USD", "50000");
        String to = business.open(adminPerson, "USD");
        Business.transfer(admin, from, to, "9000", "USD").is(200);
        Business.transfer(admin, from, to, "20000", "USD").is(200);

        UUID run = started("large_transfer_review");
        until(run, "waiting");
        complete(run, "reject");
        until(run, "completed");

        assertThat(Business.balance(admin, to)).isEqualByComparingTo("9000");
    }

    @Test
    void aNewMemberIsWelcomed() throws IOException {
        enable("new_member_welcome");
        String user = UUID.randomUUID().toString();
        UUID run = start("new_member_welcome", "{\"data\": {\"user_id\": \"%s\", \"role\": \"user\"}}".formatted(user));

        until(run, "completed");

        assertThat(admin.get("/api/control-center/events?type=member_welcomed")
                        .is(200)
                        .json()
                        .at("/items/0/subject")
                        .asText())
                .isEqualTo(user);
    }

    @Test
    void aCleanLedgerEndsTheCheck() throws IOException {
        enable("ledger_check");
        new Business(admin).open(adminPerson, "USD", "10");

        JsonNode done = until(start("ledger_check", "{}"), "completed");

        assertThat(done.at("/output/check/clean").asBoolean()).isTrue();
        admin.send(
                        "POST",
                        "/api/system/schedules",
                        "{\"name\": \"Each night\", \"workflow_id\": \"ledger_check\", \"cron\": \"30 2 * * *\", \"zone\": \"Europe/Berlin\"}")
                .is(201);
    }

    @Test
    void aFailedPluginThatIsEnabledAgainNeedsNobody() throws IOException {
        enable("plugin_failure");
        UUID run = start("plugin_failure", "{\"subject\": \"weather\"}");
        until(run, "waiting");

        admin.send("POST", RUNS + "/" + run + "/signal", "{\"element\": \"recovered\"}")
                .is(200);

        until(run, "completed");
    }

    @Test
    void aPaymentGoesOnWhenThereAreFunds() throws IOException {
        enable("payment");
        Business business = new Business(admin);
        String from = business.open(adminPerson, "USD", "10");
        String to = business.open(adminPerson, "USD");
        String order = Business.order(from, to, "1000", "USD");
        UUID run = start("payment", order);
        until(run, "waiting");
        business.deposit(from, "5000", "USD").is(200);
        complete(run, "paid_in");
        until(run, "completed");
        assertThat(Business.balance(admin, to)).isEqualByComparingTo("1000");

        UUID second = start("payment", order.replace("1000", "90000"));
        until(second, "waiting");
        complete(second, "give_up");
        until(second, "completed");
        assertThat(Business.balance(admin, to)).isEqualByComparingTo("1000");
    }
}
