package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Calls that wait for an approval, with the shipped workflow {@code transfer_approval}. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD) // an organization for each
class ApprovalsIT {

    private static final String RULE = "/api/control-center/approval-rules/financial_business/transfer";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Person payer = stage.fixtures().user(org);
    private final Caller admin = space.as(stage.fixtures().admin(org));
    private final Caller user = space.as(payer);
    private final Business business = new Business(admin);
    private final String from = business.open(payer, "USD", "200000000000000");
    private final String to = business.open(stage.fixtures().user(org), "USD");

    @BeforeEach
    void aRuleAsksForApprovals() throws IOException {
        String workflow = Files.readString(Path.of("..", "workflows", "transfer_approval.bpmn"));
        admin.send("POST", "/api/system/workflows", BodyPublishers.ofString(workflow), "application/xml")
                .is(201);
        admin.send("PUT", RULE, "{\"when\": \".amount > 10000\", \"workflow_id\": \"transfer_approval\"}")
                .is(200);
    }

    private String balance() {
        return Business.balance(user, from).stripTrailingZeros().toPlainString();
    }

    private Answer pay(String amount) {
        return Business.transfer(user, from, to, amount, "USD");
    }

    private String task(Caller caller, String run) {
        String[] task = new String[1];
        Patience.within(LIMIT, () -> {
            task[0] = null;
            for (JsonNode one : caller.get("/api/system/tasks?state=open&limit=100")
                    .is(200)
                    .json()
                    .path("items")) {
                if (one.path("run_id").asText().equals(run)) {
                    task[0] = one.path("id").asText();
                }
            }
            assertThat(task[0]).as("a task of run %s", run).isNotNull();
        });
        return task[0];
    }

    private void decide(String run, String decision) {
        admin.post("/api/system/tasks/" + task(admin, run) + "/complete", "decision", decision)
                .is(200);
        until(run, "completed");
    }

    private JsonNode until(String run, String state) {
        JsonNode[] seen = new JsonNode[1];
        Patience.within(LIMIT, () -> {
            seen[0] = user.get("/api/system/runs/" + run).is(200).json();
            assertThat(seen[0].path("state").asText()).as("%s", seen[0]).isEqualTo(state);
        });
        return seen[0];
    }

    @Test
    void smallTransfersAreMadeAtOnce() {
        pay("10000").is(200);
        assertThat(balance()).isEqualTo("199999999990000");
    }

    @Test
    void aLargeTransferIsMadeWhenItIsApproved() {
        // More digits than a binary floating-point number holds.
        Answer waits = pay("123456789012345.67").is(202);
        assertThat(waits.text("state")).isEqualTo("waiting_for_approval");
        assertThat(balance()).isEqualTo("200000000000000");

        decide(waits.text("run_id"), "approve");

        assertThat(balance()).isEqualTo("76543210987654.33");
    }

    @Test
    void aLargeTransferIsNotMadeWhenItIsRejected() {
        String run = pay("20000").is(202).text("run_id");

        decide(run, "reject");

        assertThat(balance()).isEqualTo("200000000000000");
        assertThat(admin.get("/api/control-center/events?type=transfer_not_approved")
                        .is(200)
                        .json()
                        .at("/items/0/data/decision")
                        .asText())
                .isEqualTo("reject");
    }

    @Test
    void whatFailsAfterTheApprovalTellsWhy() {
        String run = pay("500000000000000").is(202).text("run_id");

        admin.post("/api/system/tasks/" + task(admin, run) + "/complete", "decision", "approve")
                .is(200);

        assertThat(until(run, "failed").path("cause").asText()).contains("INSUFFICIENT_FUNDS");
        assertThat(balance()).isEqualTo("200000000000000");
    }

    @Test
    void nobodyApprovesTheirOwn() {
        Person second = stage.fixtures().admin(org);
        String theirs = business.open(second, "USD", "50000");
        Caller asking = space.as(second);
        String run =
                Business.transfer(asking, theirs, to, "20000", "USD").is(202).text("run_id");
        String task = task(admin, run);

        asking.post("/api/system/tasks/" + task + "/complete", "decision", "approve")
                .refused(404);
        admin.post("/api/system/tasks/" + task + "/reassign", "assignee", second.id())
                .refused(400);
        decideAs(admin, task);
        Patience.within(
                LIMIT, () -> assertThat(Business.balance(asking, theirs)).isEqualByComparingTo("30000"));
    }

    private static void decideAs(Caller caller, String task) {
        caller.post("/api/system/tasks/" + task + "/complete", "decision", "approve")
                .is(200);
    }

    @Test
    void aRepetitionWaitsWithTheFirst() {
        String order = Business.order(from, to, "20000", "USD");
        Caller keyed = user.with("Idempotency-Key", "large-" + UUID.randomUUID());
        String run =
                keyed.send("POST", Business.PATH + "/transfer", order).is(202).text("run_id");

        assertThat(keyed.send("POST", Business.PATH + "/transfer", order)
                        .is(202)
                        .text("run_id"))
                .isEqualTo(run);
    }

    @Test
    void everyWayInWaits() {
        Answer action = user.send(
                "POST",
                "/api/v1/gateway/plugin/financial_business",
                "{\"action\": \"transfer\", \"params\": %s}".formatted(Business.order(from, to, "20000", "USD")));
        assertThat(action.body()).contains("waiting_for_approval");
        McpClient client = McpClient.session(user, "2025-11-25");
        String sentence = client.refused(
                "financial_business-transfer",
                "from_account_id",
                from,
                "to_account_id",
                to,
                "amount",
                20_000,
                "currency",
                "USD",
                "idempotency_key",
                UUID.randomUUID());
        assertThat(sentence).contains("waits for an approval");
        assertThat(balance()).isEqualTo("200000000000000");
    }

    @Test
    void noApprovalNoTransfer() {
        admin.call("DELETE", "/api/system/workflows/transfer_approval").is(204);

        pay("20000").refused(409);

        assertThat(balance()).isEqualTo("200000000000000");
        admin.call("DELETE", RULE).is(204);
        pay("20000").is(200);
    }

    @Test
    void aConditionThatFailsAsks() {
        admin.send("PUT", RULE, "{\"when\": \".amount.cents > 10\", \"workflow_id\": \"transfer_approval\"}")
                .is(200);

        pay("1").is(202);
    }

    @Test
    void whatCannotWaitIsRefused() {
        String rules = "/api/control-center/approval-rules/";
        String order = "{\"workflow_id\": \"transfer_approval\"}";
        admin.send("PUT", rules + "financial_business/accounts", order).refused(400);
        admin.send("PUT", rules + "financial_business/open_account", order).refused(400);
        admin.send("PUT", rules + "nothing/transfer", order).refused(400);
        admin.send("PUT", RULE, "{\"when\": \"range(9)\", \"workflow_id\": \"transfer_approval\"}")
                .refused(400);
        admin.send("PUT", RULE, "{\"workflow_id\": \"none\"}").refused(404);
        user.send("PUT", RULE, order).is(403);
    }
}
