package io.thespace.workflow.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.thespace.json.Json;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.diagram.Diagram;
import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.document.StepModel.Kind;
import io.thespace.workflow.document.WorkflowModel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accepted documents of the Serverless Workflow DSL, their conversion, and the errors of others. */
class DslReaderTest {

    private static final String HEAD = "document: {dsl: 1.0.3, namespace: test, name: order, version: 0.1.0}\n";

    private static WorkflowModel read(String tasks) {
        return WorkflowDocument.read(HEAD + "do:\n" + tasks.indent(2));
    }

    private static List<FieldError> errors(String document) {
        return catchThrowableOfType(Rejection.class, () -> WorkflowDocument.read(document))
                .details();
    }

    private static List<String> arrows(WorkflowModel model) {
        return model.flows().stream()
                .map(flow -> flow.from() + " > " + flow.to())
                .toList();
    }

    private static List<String> sources(WorkflowModel model, String element) {
        return model.byElement().get(element).data().sources();
    }

    @Test
    void aDocumentIsReadAsYamlAndAsJson() throws Exception {
        WorkflowModel yaml = read("- pay: {call: action, with: {plugin: financial_business, action: transfer,"
                + " params: {amount: \"${ .amount }\", note: 'He said \"\\(hi)\"'}}}");
        WorkflowModel json = WorkflowDocument.read(Json.MAPPER.writeValueAsString(Map.of(
                "document",
                Map.of("dsl", "1.0.0", "namespace", "test", "name", "order", "version", "1.0.0", "title", "Order"),
                "do",
                List.of(Map.of("pay", Map.of("set", Map.of("paid", true)))))));

        StepModel pay = yaml.byElement().get("pay");
        assertThat(pay.action()).isEqualTo("financial_business.transfer");
        assertThat(pay.input()).isEqualTo("{\"amount\": (.amount), \"note\": (\"He said \\\"\\\\(hi)\\\"\")}");
        assertThat(arrows(yaml)).containsExactly("workflow.start > pay", "pay > workflow.end");
        assertThat(json.id()).isEqualTo("order");
        assertThat(json.name()).isEqualTo("Order");
        assertThat(json.byElement().get("pay").computes()).isTrue();
        assertThat(WorkflowDocument.of(" <definitions/>")).isEqualTo(WorkflowDocument.BPMN);
    }

    @Test
    void tasksGoOnAsTheirDirectivesSay() {
        WorkflowModel model = read(
                """
                - first: {set: {a: 1}, then: third}
                - second: {set: {a: 2}, then: end}
                - third: {if: .a == 1, set: {a: 3}, then: second}
                - choose:
                    switch:
                      - again: {when: .a > 1, then: first}
                      - over: {then: exit}
                """);

        assertThat(arrows(model))
                .containsExactly(
                        "workflow.start > first",
                        "third.if > third",
                        "third.if > choose",
                        "first > third.if",
                        "third > second",
                        "choose > first",
                        "choose > workflow.end",
                        "second > workflow.end");
        assertThat(sources(model, "choose")).containsExactly("first");
        assertThat(sources(model, "first")).containsExactly("first");
        assertThat(sources(model, "workflow.end")).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void branchesComeTogetherInAList() {
        WorkflowModel model = read(
                """
                - before: {set: {a: 1}}
                - both:
                    fork:
                      branches:
                        - left: {set: {l: 1}}
                        - right:
                            do:
                              - ask: {call: approval, with: {role: admin}}
                              - check:
                                  if: .decision == "approve"
                                  set: {r: 1}
                """);

        assertThat(model.byElement().get("both").kind()).isEqualTo(Kind.PARALLEL);
        assertThat(model.byElement().get("both.join").kind()).isEqualTo(Kind.PARALLEL);
        assertThat(sources(model, "left")).containsExactly("before");
        assertThat(model.byElement().get("both.out").data().branches())
                .containsExactly(List.of("left"), List.of("check", "ask"));
        assertThat(model.byElement().get("ask").role()).isEqualTo("admin");
    }

    @Test
    void aLoopHasATurnForEachItem() {
        WorkflowModel model = read(
                """
                - each:
                    for: {each: item, in: .items, at: i}
                    while: .go != false
                    do:
                      - one: {set: "${ {done: (.done + [$item]), last: $i} }"}
                """);

        assertThat(arrows(model))
                .containsExactly(
                        "workflow.start > each",
                        "each > each.next",
                        "each.next > each.more",
                        "each.more > each.while",
                        "each.while > one",
                        "one > each.next",
                        "each.more > workflow.end",
                        "each.while > workflow.end");
        assertThat(sources(model, "one")).containsExactly("one");
        assertThat(sources(model, "each.more")).containsExactly("each.next");
        assertThat(model.byElement().get("one").data().loops())
                .extracting("items", "turn", "each", "at")
                .containsExactly(tuple("each", "each.next", "item", "i"));
    }

    @Test
    void errorsAreCaughtByTheInnermostTryFirst() {
        WorkflowModel model = read(
                """
                - outer:
                    try:
                      - inner:
                          try:
                            - fetch:
                                call: http
                                with: {method: get, endpoint: "/crm/customers/{id}", query: {fields: name}}
                          catch:
                            errors: {with: {status: 404}}
                            retry: {delay: {seconds: 2}, limit: {attempt: {count: 4}}}
                            do:
                              - missing: {set: {status: "${ $error.status }"}}
                      - tell: {emit: {event: {with: {type: found, data: {name: "${ .name }"}}}}}
                    catch:
                      as: why
                      exceptWhen: $why.status == 500
                - after: {raise: {error: {type: "https://example.org/late", status: 400, title: Late}}}
                """);

        StepModel fetch = model.byElement().get("fetch");
        assertThat(fetch.attempts()).isEqualTo(5);
        assertThat(fetch.retryWait()).isEqualTo("PT2S");
        assertThat(fetch.caught().status()).isEqualTo(404);
        assertThat(fetch.http().path()).startsWith("(\"/crm/customers/\" + (.id | tostring | @uri) + \"\") + ");
        assertThat(model.steps().stream()
                        .filter(step -> step.kind() == Kind.BOUNDARY_ERROR)
                        .map(StepModel::element))
                .containsExactly("fetch.catch.inner", "fetch.catch.outer", "missing.catch.outer", "tell.catch.outer");
        assertThat(arrows(model))
                .contains("fetch.catch.inner > missing", "fetch.catch.outer > after", "tell.catch.outer > after");
        assertThat(sources(model, "missing")).containsExactly("inner");
        assertThat(model.byElement().get("missing").data().errors().get(0).events())
                .containsExactly("fetch.catch.inner");
        assertThat(model.byElement().get("after").raises()).isTrue();
    }

    @Test
    void runsWaitForEventsPeopleAndTimes() {
        WorkflowModel model = WorkflowDocument.read(
                HEAD
                        + """
                  schedule:
                    on: {one: {with: {type: order_placed, source: /plugins/shop, data: "${ .amount > 10 }"}}}
                  use:
                    timeouts: {day: {after: P1D}}
                  do:
                    - ask:
                        call: approval
                        with: {name: Approve it, role: admin, due: {hours: 2}, exclude: starter}
                        timeout: day
                        export: {as: "$context + {by: .completed_by}"}
                    - paid:
                        listen:
                          to:
                            all:
                              - with: {type: paid, subject: "${ $workflow.id }"}
                              - with: {type: packed}
                                correlate: {order: {from: .subject, expect: "${ $workflow.input[0].subject }"}}
                    - pause: {wait: {minutes: 1, seconds: 30}}
                  """);

        StepModel start = model.byElement().get("workflow.start");
        assertThat(start.awaited().type()).isEqualTo("order_placed");
        assertThat(start.awaited().when()).isEqualTo("(.data | (.amount > 10))");
        StepModel ask = model.byElement().get("ask");
        assertThat(List.of(ask.name(), ask.due(), ask.role())).containsExactly("Approve it", "PT2H", "admin");
        assertThat(ask.excludesStarter()).isTrue();
        assertThat(model.byElement().get("ask.timeout").timer()).isEqualTo("PT24H");
        assertThat(arrows(model))
                .contains("ask.timeout > ask.late", "ask > ask.export", "ask.export > paid.1", "paid.2 > paid.out");
        assertThat(model.byElement().get("paid.1").awaited().subject()).isEqualTo("$workflow.id");
        assertThat(model.byElement().get("paid.out").data().exports()).containsExactly("ask.export");
        assertThat(model.byElement().get("pause").timer()).isEqualTo("PT1M30S");
        assertThat(Diagram.svg(model, Map.of("ask", "waiting"))).contains("data-element=\"ask\"");
    }

    @Test
    void aTaskStartsARunOfAnotherWorkflow() {
        WorkflowModel model = read(
                """
                - guarded:
                    try:
                      - sub:
                          run:
                            workflow: {namespace: test, name: other.flow, version: '2', input: {id: "${ .id }"}}
                          output: {as: .total}
                          timeout: {after: PT1H}
                    catch:
                      errors: {with: {type: "https://thespace.io/errors/CHILD_RUN_FAILED"}}
                      retry: {limit: {attempt: {count: 2}}}
                      do:
                        - note: {set: {failed: "${ $error.detail }"}}
                - tell: {run: {workflow: {namespace: test, name: other, version: latest}, await: false}}
                """);

        StepModel sub = model.byElement().get("sub");
        assertThat(sub.kind()).isEqualTo(Kind.CALL);
        assertThat(sub.call()).isEqualTo(new StepModel.Call("other.flow", 2, true));
        assertThat(sub.waits()).isTrue();
        assertThat(sub.input()).isEqualTo("{\"id\": (.id)}");
        assertThat(sub.data().as()).isEqualTo(".total");
        assertThat(sub.attempts()).isEqualTo(3);
        StepModel tell = model.byElement().get("tell");
        assertThat(tell.call()).isEqualTo(new StepModel.Call("other", null, false));
        assertThat(tell.waits()).isFalse();
        assertThat(arrows(model))
                .contains("sub.timeout > sub.late", "sub.catch.guarded > note", "sub.late.catch.guarded > note");
        assertThat(sources(model, "tell")).contains("sub", "note");
        assertThat(Diagram.svg(model, Map.of("sub", "waiting"))).contains("data-element=\"sub\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                // What the DSL has and the platform has not
                "- a: {call: grpc, with: {}} ~ /do/0/a/call ~ is not supported",
                "- a: {call: openapi, with: {}} ~ /do/0/a/call ~ is not supported",
                "- a: {call: asyncapi, with: {}} ~ /do/0/a/call ~ is not supported",
                "- a: {call: a2a, with: {}} ~ /do/0/a/call ~ is not supported",
                "- a: {call: mcp, with: {}} ~ /do/0/a/call ~ is not supported",
                "- a: {call: 'log:1.0.0@global'} ~ /do/0/a/call ~ the functions are http, action, model and approval",
                "- a: {run: {}} ~ /do/0/a/run/workflow ~ is needed",
                "- a: {run: {workflow: {namespace: t, version: '1'}}} ~ /do/0/a/run/workflow/name ~ is needed",
                "- a: {run: {workflow: {name: o}}} ~ /do/0/a/run/workflow/namespace ~ is needed",
                "- a: {run: {workflow: {namespace: t, name: '${ .name }'}}} ~ /do/0/a/run/workflow/name ~ when the document is put",
                "- a: {run: {workflow: {namespace: t, name: 1o}}} ~ /do/0/a/run/workflow/name ~ the id of a workflow",
                "- a: {run: {workflow: {namespace: t, name: o, version: 0.1.0}}} ~ /do/0/a/run/workflow/version ~ numbers versions from 1",
                "- a: {run: {workflow: {namespace: t, name: o, input: [1]}}} ~ /do/0/a/run/workflow/input ~ must be an object",
                "- a: {run: {workflow: {namespace: t, name: o}, await: 'no'}} ~ /do/0/a/run/await ~ true or false",
                "- a: {run: {workflow: {namespace: t, name: o}, return: all}} ~ /do/0/a/run/return ~ is not supported",
                "- a: {run: {workflow: {namespace: t, name: o}, await: false}, timeout: {after: PT1S}} ~ /do/0/a/timeout ~ run tasks that wait",
                "- a: {run: {script: {language: js, code: x}}} ~ /do/0/a/run ~ no containers, scripts and shells",
                "- a: {run: {shell: {command: ls}}} ~ /do/0/a/run ~ no containers, scripts and shells",
                "- a: {run: {container: {image: x}}} ~ /do/0/a/run ~ no containers, scripts and shells",
                "- a: {fork: {compete: true, branches: [{b: {set: {x: 1}}}]}} ~ /do/0/a/fork/compete ~ do not race",
                "- a: {try: [{f: {fork: {branches: [{b: {set: {x: 1}}}]}}}], catch: {}} ~ /do/0/a/try/0/f/fork ~ inside of a try",
                "- a: {fork: {branches: [{b: {set: {x: 1}, then: end}}, {c: {set: {x: 1}}}]}} ~ /do/0/a/fork/branches/0/b/then ~ from a branch of a fork",
                "- a: {listen: {to: {any: [{with: {type: a}}, {with: {type: b}}]}}} ~ /do/0/a/listen/to/any ~ one event at a time",
                "- a: {listen: {to: {any: [{with: {type: a}}], until: .x}}} ~ /do/0/a/listen/to/until ~ is not supported",
                "- a: {listen: {to: {one: {with: {type: a, subject: s}}}}, foreach: {}} ~ /do/0/a/foreach ~ is not supported",
                "- a: {listen: {to: {one: {with: {type: a, subject: s}}}, read: raw}} ~ /do/0/a/listen/read ~ is not supported",
                "- a: {listen: {to: {one: {with: {type: a, time: x, subject: s}}}}} ~ /do/0/a/listen/to/one/with/time ~ is not supported",
                "- a: {listen: {to: {one: {with: {type: a, subject: s, data: {x: 1}}}}}} ~ /do/0/a/listen/to/one/with/data ~ is not supported",
                "- a: {listen: {to: {one: {with: {type: a, subject: s, data: '${ .x == $context.x }'}}}}} ~ /do/0/a/listen/to/one/with/data ~ no variables",
                "- a: {listen: {to: {one: {with: {type: a}}}}} ~ /do/0/a/listen/to/one ~ needs with.subject",
                "- a: {listen: {to: {one: {with: {type: a}, correlate: {c: {from: .data.x, expect: y}}}}}} ~ /do/0/a/listen/to/one/correlate/c ~ by their subject",
                "- a: {emit: {event: {with: {type: a, source: 'https://x'}}}} ~ /do/0/a/emit/event/with/source ~ is not supported",
                "- a: {emit: {event: {with: {type: a, id: x}}}} ~ /do/0/a/emit/event/with/id ~ is not supported",
                "- a: {call: http, with: {method: get, endpoint: 'https://example.org/x'}} ~ /do/0/a/with/endpoint ~ the path of a route",
                "- a: {call: http, with: {method: get, endpoint: /x, headers: {a: b}}} ~ /do/0/a/with/headers ~ is not supported",
                "- a: {call: http, with: {method: get, endpoint: /x, output: raw}} ~ /do/0/a/with/output ~ is not supported",
                "- a: {call: http, with: {method: get, endpoint: /x, redirect: true}} ~ /do/0/a/with/redirect ~ is not supported",
                "- a: {call: http, with: {method: get, endpoint: {uri: /x, authentication: {use: k}}}} ~ /do/0/a/with/endpoint/authentication ~ is not supported",
                "- a: {try: [{b: {call: model, with: {model: m, prompt: p}}}], catch: {retry: {backoff: {exponential: {}}, limit: {attempt: {count: 2}}}}} ~ /do/0/a/catch/retry/backoff/exponential ~ is not supported",
                "- a: {try: [{b: {call: model, with: {model: m, prompt: p}}}], catch: {retry: {jitter: {from: PT1S, to: PT2S}, limit: {attempt: {count: 2}}}}} ~ /do/0/a/catch/retry/jitter ~ is not supported",
                "- a: {try: [{b: {call: model, with: {model: m, prompt: p}}}], catch: {retry: {limit: {duration: PT1M}}}} ~ /do/0/a/catch/retry/limit/duration ~ is not supported",
                "- a: {try: [{b: {set: {x: 1}}}, {c: {set: {x: 1}}}], catch: {retry: {limit: {attempt: {count: 2}}}}} ~ /do/0/a/catch/retry ~ one call, emit or run task alone",
                "- a: {try: [{b: {wait: PT1S}}], catch: {}} ~ /do/0/a/catch ~ can catch nothing",
                "- a: {set: {x: 1}, timeout: {after: PT1S}} ~ /do/0/a/timeout ~ is not supported",
                "- a: {set: {x: 1}, input: {schema: {document: {}}}} ~ /do/0/a/input/schema ~ is not supported",
                "- a: {set: {x: 1}, output: {schema: {document: {}}}} ~ /do/0/a/output/schema ~ is not supported",
                "- a: {set: {x: 1}, export: {as: ., schema: {document: {}}}} ~ /do/0/a/export/schema ~ is not supported",
                "- a: {wait: '${ .time }'} ~ /do/0/a/wait ~ when the document is put",
                // Mistakes
                "- a: {sett: {x: 1}} ~ /do/0/a ~ is not a task of the DSL",
                "- a: {set: {x: 1}, emit: {}} ~ /do/0/a/set ~ does not belong to a task with emit",
                "- a: {set: {x: 1}, b: {set: {x: 1}}} ~ /do/0/a/b ~ does not belong",
                "- {a: {set: {x: 1}}, b: {set: {x: 1}}} ~ /do/0 ~ one member",
                "- a.b: {set: {x: 1}} ~ /do/0/a.b ~ needs a name",
                "- end: {set: {x: 1}} ~ /do/0/end ~ needs a name",
                "[{a: {set: {x: 1}}}, {b: {do: [{a: {set: {x: 1}}}]}}] ~ /do/1/b/do/0/a ~ the name of another task",
                "- a: {set: {x: '${ .a | }'}} ~ /do/0/a/set/x ~ is not jq",
                "- a: {set: {x: '${ $secrets.k }'}} ~ /do/0/a/set/x ~ uses $secrets",
                "- a: {set: {x: '${ $item }'}} ~ /do/0/a/set/x ~ uses $item",
                "- a: {set: {x: '${ $workflow.definition.do }'}} ~ /do/0/a/set/x ~ $workflow.definition",
                "- a: {set: {x: 'Hello ${ .name }'}} ~ /do/0/a/set/x ~ within a text",
                "- a: {set: {x: '${ range(1000000000) }'}} ~ /do/0/a/set/x ~ uses range",
                "- a: {set: {x: 1}, then: b} ~ /do/0/a/then ~ names b, which is not a task",
                "[{a: {do: [{c: {set: {x: 1}, then: b}}]}}, {b: {set: {x: 1}}}] ~ /do/0/a/do/0/c/then ~ of the same list",
                "[{a: {set: {x: 1}, then: end}}, {b: {set: {x: 1}}}] ~ /do/1/b ~ is never reached",
                "- a: {switch: [{b: {then: end}}, {c: {then: end}}]} ~ /do/0/a/switch/1/c ~ a second case",
                "- a: {switch: [{b: {when: .x}}]} ~ /do/0/a/switch/0/b/then ~ is needed",
                "- a: {for: {each: x}, do: [{b: {set: {x: 1}}}]} ~ /do/0/a/for/in ~ is needed",
                "- a: {do: []} ~ /do/0/a/do ~ a list that is not empty",
                "- a: {wait: soon} ~ /do/0/a/wait ~ is not like",
                "- a: {wait: {seconds: -1}} ~ /do/0/a/wait/seconds ~ a whole number",
                "- a: {raise: {error: nothing}} ~ /do/0/a/raise/error ~ names no error",
                "- a: {raise: {error: {type: t}}} ~ /do/0/a/raise/error/status ~ a whole number",
                "- a: {emit: {event: {with: {type: Bad-Type}}}} ~ /do/0/a/emit/event/with/type ~ letters in lower case",
                "- a: {call: action, with: {plugin: p}} ~ /do/0/a/with/action ~ is needed",
                "- a: {call: action, with: {plugin: p, action: a, params: 5}} ~ /do/0/a/with/params ~ must be an object",
                "- a: {call: approval, with: {role: boss}} ~ /do/0/a/with/role ~ user or admin",
                "- a: {call: approval, with: {assignee: me}} ~ /do/0/a/with/assignee ~ a user's id",
                "- a: {set: 5} ~ /do/0/a/set ~ an object that is not empty",
                "- a: {set: {x: 1}, set: {x: 2}} ~ / ~ is no YAML",
                "[{a: &x {set: {x: 1}}}, {b: *x}] ~ / ~ has an alias",
                "- a: !!set {x: 1} ~ / ~ has a tag in line"
            })
    void whatIsNotTakenIsNamedWithItsPlace(String tasks, String pointer, String sentence) {
        assertThat(errors(HEAD + "do:\n" + tasks.indent(2)))
                .as("%s", errors(HEAD + "do:\n" + tasks.indent(2)))
                .anySatisfy(error -> {
                    assertThat(error.field()).isEqualTo(pointer);
                    assertThat(error.message()).contains(sentence);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "schedule: {cron: '0 0 * * *'} ~ /schedule/cron",
                "schedule: {every: PT1H} ~ /schedule/every",
                "schedule: {after: PT1H} ~ /schedule/after",
                "schedule: {on: {all: [{with: {type: a}}, {with: {type: b}}]}} ~ /schedule/on",
                "schedule: {on: {one: {with: {type: a}, correlate: {c: {from: .x}}}}} ~ /schedule/on/one/correlate",
                "timeout: {after: PT1H} ~ /timeout",
                "input: {schema: {document: {}}} ~ /input/schema",
                "output: {schema: {document: {}}} ~ /output/schema",
                "evaluate: {language: js} ~ /evaluate/language",
                "evaluate: {mode: loose} ~ /evaluate/mode",
                "use: {authentications: {a: {}}} ~ /use/authentications",
                "use: {secrets: [a]} ~ /use/secrets",
                "use: {extensions: []} ~ /use/extensions",
                "use: {functions: {f: {}}} ~ /use/functions",
                "use: {catalogs: {c: {}}} ~ /use/catalogs",
                "dos: [] ~ /dos"
            })
    void whatAWorkflowCannotHaveIsNamedWithItsPlace(String member, String pointer) {
        assertThat(errors(HEAD + member + "\ndo: [{a: {set: {x: 1}}}]"))
                .extracting(FieldError::field)
                .contains(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{dsl: 0.8.0, namespace: t, name: order, version: 0.1.0} ~ /document/dsl",
                "{dsl: 1.0.0, namespace: t, name: 1order, version: 0.1.0} ~ /document/name",
                "{dsl: 1.0.0, name: order, version: 0.1.0} ~ /document/namespace",
                "{dsl: 1.0.0, namespace: t, name: order, version: 0.1.0, owner: me} ~ /document/owner",
                "order ~ /document"
            })
    void theHeadIsChecked(String document, String pointer) {
        assertThat(errors("document: " + document + "\ndo: [{a: {set: {x: 1}}}]"))
                .extracting(FieldError::field)
                .contains(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"just text", "[1, 2]", "{\"document\": ", "a: [", "{\"a\": 1, \"a\": 2}"})
    void whatIsNoObjectIsRefusedAsAWhole(String source) {
        assertThat(errors(source)).extracting(FieldError::field).containsOnly("/");
    }

    @Test
    void aDocumentHasAnEnd() {
        StringBuilder tasks = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            tasks.append("- t").append(i).append(": {set: {x: 1}}\n");
        }
        assertThat(errors(HEAD + "do:\n" + tasks.toString().indent(2)))
                .extracting(FieldError::message)
                .contains("is beyond the 500 elements that a workflow may have");
    }
}
