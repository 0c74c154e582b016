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
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Workflows in the Serverless Workflow DSL from the document to the effect, and the examples of docs/WORKFLOWS.md. */
class ServerlessWorkflowsIT {

    private static final String WORKFLOWS = "/api/system/workflows";
    private static final String RUNS = "/api/system/runs";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static Upstream upstream;

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Person adminPerson = stage.fixtures().admin(org);
    private final Caller admin = space.as(adminPerson);
    private final Person userPerson = stage.fixtures().user(org);
    private final Caller user = space.as(userPerson);

    @BeforeAll
    static void startUpstream() throws IOException {
        upstream = new Upstream();
    }

    @AfterAll
    static void stopUpstream() throws IOException {
        upstream.close();
    }

    private static String document(String name, String rest) {
        return "document: {dsl: 1.0.3, namespace: test, name: %s, version: 0.1.0}\n%s".formatted(name, rest);
    }

    private JsonNode put(String document) {
        return admin.send("POST", WORKFLOWS, BodyPublishers.ofString(document), "application/yaml")
                .is(201)
                .json();
    }

    private static JsonNode json(String text) throws IOException {
        return Json.MAPPER.readTree(text);
    }

    private UUID start(Caller caller, String workflow, String input) {
        return UUID.fromString(
                caller.send("POST", WORKFLOWS + "/" + workflow + "/runs", "{\"input\": %s}".formatted(input))
                        .is(202)
                        .text("run_id"));
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

    private void complete(UUID run, String decision) {
        String[] found = new String[1];
        Patience.within(LIMIT, () -> {
            for (JsonNode task : admin.get("/api/system/tasks?state=open&limit=100")
                    .is(200)
                    .json()
                    .path("items")) {
                if (task.path("run_id").asText().equals(run.toString())) {
                    found[0] = task.path("id").asText();
                }
            }
            assertThat(found[0]).isNotNull();
        });
        admin.post("/api/system/tasks/" + found[0] + "/complete", "decision", decision)
                .is(200);
    }

    private void route(String prefix, String path) {
        admin.post(
                        "/api/control-center/gateway/routes",
                        "prefix",
                        prefix,
                        "upstreams",
                        List.of(Map.of("url", upstream.url() + path)))
                .is(201);
    }

    /** The examples in the guide: indented text that begins with {@code document:}. */
    private static String example(String name) throws IOException {
        String[] lines = Files.readString(Path.of("..", "docs", "WORKFLOWS.md")).split("\n", -1);
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].startsWith("    document:")) {
                StringBuilder text = new StringBuilder();
                for (; i < lines.length && (lines[i].isEmpty() || lines[i].startsWith("    ")); i++) {
                    text.append(lines[i].isEmpty() ? "" : lines[i].substring(4)).append('\n');
                }
                if (text.toString().contains("\n  name: %s\n".formatted(name))) {
                    found.append(text);
                }
            }
        }
        assertThat(found).isNotEmpty();
        return found.toString();
    }

    @Test
    void aDocumentIsTakenInEachFormAndGivenBackAsItWasPut() {
        String yaml = document("forms", "# as it was put\ndo:\n  - done: {set: {version: 1}}\n");
        String json =
                "{\"document\": {\"dsl\": \"1.0.3\", \"namespace\": \"t\", \"name\": \"forms\", \"version\": \"0.1.0\", \"title\": \"In JSON\"},"
                        + "  \"do\": [{\"done\": {\"set\": \"${ [2.5] }\"}}]}";
        assertThat(put(yaml).path("format").asText()).isEqualTo("dsl");
        assertThat(admin.send("POST", WORKFLOWS + "/validate", json)
                        .is(200)
                        .json()
                        .path("elements"))
                .extracting(JsonNode::asText)
                .containsExactly("workflow.start", "done", "workflow.end");
        JsonNode changed = admin.send("PUT", WORKFLOWS + "/forms", json).is(200).json();
        assertThat(changed.path("name").asText()).isEqualTo("In JSON");
        assertThat(changed.path("version").asInt()).isEqualTo(2);
        admin.send("PUT", WORKFLOWS + "/forms", Json.object("source", yaml)).is(200);
        assertThat(admin.get(WORKFLOWS + "/forms/versions").is(200).json().path("items"))
                .extracting(version -> version.path("source").asText())
                .containsExactly(yaml, json, yaml);
        admin.send("POST", WORKFLOWS, json).is(409);
        admin.send("PUT", WORKFLOWS + "/other", json).is(404);

        JsonNode refused = admin.send(
                        "POST",
                        WORKFLOWS + "/validate",
                        BodyPublishers.ofString(document("wrong", "do:\n  - a: {run: {shell: {command: ls}}}\n")),
                        "application/yaml")
                .is(400)
                .json();
        assertThat(refused.at("/details/0/field").asText()).isEqualTo("/do/0/a/run");

        admin.send("PUT", WORKFLOWS + "/forms", json).is(200);
        JsonNode done = until(start(user, "forms", "{}"), "completed");
        assertThat(done.path("output").toString()).isEqualTo("[2.5]");
    }

    /** Data, context, loops, branches and directives in one run. */
    @Test
    void dataFlowThroughTheTasks() throws IOException {
        put(
                document(
                        "flow",
                        """
                        input: {from: .order}
                        output: {as: '${ {total: .sum, seen: $context.seen, id: ($workflow.id == $workflow.id), raw: $workflow.input.order.name} }'}
                        do:
                          - first:
                              input: {from: .lines}
                              set: {sum: 0, lines: '${ $input }'}
                              output: {as: '. + {count: ($input | length)}'}
                              export: {as: '$context + {seen: [$output.count]}'}
                          - lines:
                              for: {each: line, in: .lines, at: i}
                              while: .sum < 100
                              do:
                                - check:
                                    switch:
                                      - skip: {when: $line.amount < 0, then: exit}
                                      - take: {then: add}
                                - add: {set: '${ . + {sum: (.sum + $line.amount), last: $i} }'}
                              export: {as: '$context + {seen: ($context.seen + [.last, $input.sum])}'}
                          - never: {if: .sum == 0, set: {sum: -1}, then: end}
                          - both:
                              fork:
                                branches:
                                  - left: {set: {name: '${ $task.name }', sum: '${ .sum }'}}
                                  - right:
                                      do:
                                        - odd: {if: .last > 100, set: {sum: 1}}
                                        - turn: {wait: PT0S}
                              output: {as: '{sum: (map(.sum) | add), name: .[0].name, before: $input.sum}'}
                          - again:
                              switch:
                                - more: {when: .sum < 150, then: twice}
                                - enough: {then: end}
                          - twice:
                              set: '${ . + {sum: (.sum + .sum)} }'
                              then: again
                        """));
        String lines = "[{\"amount\": 10}, {\"amount\": -1}, {\"amount\": 20}, {\"amount\": 90}, {\"amount\": 1000}]";

        UUID run = start(user, "flow", "{\"order\": {\"name\": \"a\", \"lines\": %s}}".formatted(lines));
        JsonNode done = until(run, "completed");

        // 10 + 20 + 90 = 120 in three turns, twice over two branches.
        assertThat(done.path("output"))
                .isEqualTo(json("{\"total\": 240, \"seen\": [5, 3, 0], \"id\": true, \"raw\": \"a\"}"));
        assertThat(history(run))
                .contains("first completed", "lines.next completed", "both.join completed", "again completed")
                .doesNotContain("never completed", "twice completed");
        assertThat(user.get(RUNS + "/" + run + "/diagram.svg").is(200).body())
                .contains("class=\"completed\" data-element=\"lines\"");
    }

    @Test
    void errorsAreRaisedCaughtAndTriedAgain() throws IOException {
        String prefix = "/s" + UUID.randomUUID().toString().replace("-", "");
        route(prefix, "");
        put(document(
                "failing",
                """
                        use: {errors: {poor: {type: "https://example.org/poor", status: 402, title: Poor, detail: '${ "Only \\(.left)" }'}}}
                        do:
                          - asking:
                              try:
                                - fetch: {call: http, with: {method: get, endpoint: 'PREFIX/empty/{status}', query: {a: '${ .q }'}}}
                              catch:
                                errors: {with: {type: 'https://serverlessworkflow.io/spec/1.0.0/errors/communication', status: 503}}
                                retry: {delay: PT0S, limit: {attempt: {count: 2}}}
                                do: [{late: {set: {left: '${ .q | length }', status: '${ $error.status }'}}}]
                          - paying:
                              try:
                                - broken: {raise: {error: poor}}
                              catch:
                                as: why
                                when: $why.status == 402
                                do: [{told: {emit: {event: {with: {type: told_poor, subject: '${ $why.instance }', data: {why: '${ $why }', left: '${ .left }'}}}}}}]
                          - waiting:
                              try:
                                - ask: {call: approval, with: {role: admin}, timeout: {after: PT1S}}
                              catch:
                                errors: {with: {type: 'https://serverlessworkflow.io/spec/1.0.0/errors/timeout'}}
                          - fails: {raise: {error: {type: "https://example.org/end", status: 400, title: The end}}}
                        """
                        .replace("PREFIX", prefix)));

        UUID run = start(user, "failing", "{\"status\": 503, \"q\": \"a b\"}");
        JsonNode failed = until(run, "failed");

        assertThat(failed.path("cause").asText()).isEqualTo("ERROR_RAISED: The end");
        List<String> steps = history(run);
        assertThat(steps.stream().filter(step -> step.equals("fetch failed"))).hasSize(3);
        assertThat(steps).contains("late completed", "told completed", "ask.timeout completed", "ask cancelled");
        JsonNode told =
                admin.get("/api/system/events?type=told_poor").is(200).json().at("/items/0");
        assertThat(told.path("subject").asText()).isEqualTo("/do/1/paying/try/0/broken");
        assertThat(told.path("data"))
                .isEqualTo(json(
                        "{\"why\":{\"type\":\"https://example.org/poor\",\"status\":402,\"title\":\"Poor\",\"detail\":\"Only 3\","
                                + "\"instance\":\"/do/1/paying/try/0/broken\"},\"left\":3}"));

        UUID uncaught = start(user, "failing", "{\"status\": 404, \"q\": \"\"}");
        assertThat(until(uncaught, "failed").path("cause").asText()).startsWith("HTTP_REFUSED");
        admin.post(RUNS + "/" + uncaught + "/reset", "element", "asking").is(200);
        until(uncaught, "failed");
        assertThat(history(uncaught).stream().filter(step -> step.equals("fetch failed")))
                .hasSize(2);
    }

    /** The first example of the guide. */
    @Test
    void payoutsAreMadeAfterAnApproval() throws IOException {
        put(example("payouts"));
        Business business = new Business(admin);
        String from = business.open(adminPerson, "USD", "100");
        String rich = business.open(adminPerson, "USD");
        String payouts =
                "[%s, %s]".formatted(Business.order(from, rich, "60", "USD"), Business.order(from, rich, "70", "USD"));

        UUID run = start(admin, "payouts", "{\"payouts\": %s}".formatted(payouts));
        until(run, "waiting");
        complete(run, "approve");
        JsonNode done = until(run, "completed");

        assertThat(done.path("output")).isEqualTo(json("{\"made\": 1, \"refused\": [\"INSUFFICIENT_FUNDS\"]}"));
        assertThat(Business.balance(admin, rich)).isEqualByComparingTo("60");

        UUID rejected = start(admin, "payouts", "{\"payouts\": %s}".formatted(payouts));
        until(rejected, "waiting");
        complete(rejected, "reject");
        assertThat(until(rejected, "completed").path("output")).isEqualTo(json("{\"made\": 0, \"refused\": []}"));
    }

    /** The examples of the guide of a workflow that starts another one. */
    @Test
    void aQuoteAsksForItsDiscount() throws IOException {
        put(example("offer"));
        put(example("quote"));

        assertThat(until(start(user, "quote", "{\"price\": 500, \"discount\": 50}"), "completed")
                        .path("output"))
                .isEqualTo(json("{\"price\": 450}"));

        UUID large = start(user, "quote", "{\"price\": 500, \"discount\": 200}");
        UUID asked = child(large, "discount");
        JsonNode run = until(asked, "waiting");
        assertThat(run.path("parent_run_id").asText()).isEqualTo(large.toString());
        assertThat(run.path("workflow_id").asText()).isEqualTo("offer");
        user.get(RUNS + "/" + asked).is(200);
        complete(asked, "approve");
        assertThat(until(large, "completed").path("output")).isEqualTo(json("{\"price\": 300}"));

        UUID withdrawn = start(user, "quote", "{\"price\": 500, \"discount\": 200}");
        asked = child(withdrawn, "discount");
        admin.post(RUNS + "/" + asked + "/cancel").is(200);
        assertThat(until(withdrawn, "completed").path("output")).isEqualTo(json("{\"price\": 500}"));
    }

    /** The run that a step has started and waits for. */
    private UUID child(UUID run, String element) {
        until(run, "waiting");
        for (JsonNode step : admin.get(RUNS + "/" + run + "/history?limit=100")
                .is(200)
                .json()
                .path("items")) {
            if (step.path("element").asText().equals(element)) {
                return UUID.fromString(step.path("child_run_id").asText());
            }
        }
        throw new AssertionError("The run has no step " + element);
    }

    @Test
    void aWorkflowThatIsNotThereIsNotStarted() {
        JsonNode refused = admin.send(
                        "POST",
                        WORKFLOWS,
                        BodyPublishers.ofString(document(
                                "starter",
                                "do: [{a: {run: {workflow: {namespace: test, name: nothing, version: latest}}}}]")),
                        "application/yaml")
                .is(400)
                .json();
        assertThat(refused.at("/details/0/field").asText()).isEqualTo("/do/0/a/run/workflow/name");
    }

    /** The second example of the guide: an event starts it, and two events let it go on. */
    @Test
    void anOrderWaitsForPaymentAndPacking() throws IOException {
        route("/crm", "/told");
        put(example("order-desk"));
        put(
                document(
                        "shop",
                        """
                        do:
                          - place: {emit: {event: {with: {type: order_placed, subject: '${ .order }', data: {order: '${ .order }', amount: 12}}}}}
                          - small: {emit: {event: {with: {type: order_placed, subject: cheap, data: {order: cheap, amount: 1}}}}}
                        """));
        put(
                document(
                        "store",
                        """
                        do:
                          - pack: {emit: {event: {with: {type: order_packed, subject: '${ .order }', data: {boxes: 2}}}}}
                          - pay: {emit: {event: {with: {type: order_paid, subject: '${ .subject }', data: {by: card}}}}}
                        """));

        until(start(user, "shop", "{\"order\": \"o-1\"}"), "completed");
        JsonNode[] runs = new JsonNode[1];
        Patience.within(LIMIT, () -> {
            runs[0] = admin.get(RUNS + "?workflow_id=order-desk").is(200).json().path("items");
            assertThat(runs[0]).hasSize(1);
        });
        UUID run = UUID.fromString(runs[0].get(0).path("run_id").asText());
        until(run, "waiting");
        until(start(user, "store", "{\"order\": \"o-1\"}"), "completed");
        JsonNode done = until(run, "completed");

        assertThat(done.at("/output/order").asText()).isEqualTo("o-1");
        assertThat(done.at("/output/paid_by").asText()).isEqualTo("card");
        assertThat(done.at("/output/boxes").asInt()).isEqualTo(2);
        assertThat(done.at("/output/customer").asText()).startsWith("GET /base/told/customers/o-1?fields=name");
        admin.call("DELETE", WORKFLOWS + "/order-desk").is(204);
    }
}
