package io.thespace.failing;

import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.client.Ability;
import io.thespace.plugin.api.client.Answers;
import io.thespace.plugin.api.client.Client;
import io.thespace.plugin.api.client.Form;
import io.thespace.plugin.api.client.FormAnswer;
import io.thespace.plugin.api.client.LogLevel;
import io.thespace.plugin.api.client.Question;
import io.thespace.plugin.api.client.Roots;
import io.thespace.plugin.api.client.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Tools for the conformance suite of the Model Context Protocol, under the names that the suite calls: they notify and
 * query their client.
 */
final class ProtocolDialogue {

    private static final String TEXT = "text/plain";

    private static final String ONE_TEXT =
            """
            {"type": "object", "properties": {"%1$s": {"type": "string"}}, "required": ["%1$s"]}""";

    private static final String PERSON =
            """
            {"type": "object", "required": ["username", "email"], "properties": {
              "username": {"type": "string", "description": "User's response"},
              "email": {"type": "string", "description": "User's email address"}}}""";

    private static final String DEFAULTS =
            """
            {"type": "object", "properties": {
              "name": {"type": "string", "default": "John Doe"},
              "age": {"type": "integer", "default": 30},
              "score": {"type": "number", "default": 95.5},
              "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
              "verified": {"type": "boolean", "default": true}}}""";

    private static final String CHOICES =
            """
            {"type": "object", "properties": {
              "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
              "titledSingle": {"type": "string", "oneOf": [
                {"const": "value1", "title": "First Option"}, {"const": "value2", "title": "Second Option"}]},
              "legacyEnum": {"type": "string", "enum": ["opt1", "opt2"], "enumNames": ["Option One", "Option Two"]},
              "untitledMulti": {"type": "array", "items": {"type": "string", "enum": ["option1", "option2", "option3"]}},
              "titledMulti": {"type": "array", "items": {"anyOf": [
                {"const": "value1", "title": "First Choice"}, {"const": "value2", "title": "Second Choice"}]}}}}""";

    private static final Form NAME = new Form("user_name", "What is your name?", ONE_TEXT.formatted("name"));
    private static final Form CONFIRM = Form.confirmation("confirm", "Please confirm");
    private static final Sampling CAPITAL = Sampling.of("capital_question", "What is the capital of France?", 100);
    private static final Sampling GREETING = Sampling.of("greeting", "Generate a greeting", 50);
    private static final Roots ROOTS = new Roots("client_roots");

    private ProtocolDialogue() {}

    static List<Endpoint<?>> endpoints() {
        return List.of(
                tool("test_tool_with_logging", ProtocolDialogue::logged),
                tool("test_logging_tool", ProtocolDialogue::logged),
                endpoint("test_sampling")
                        .query("prompt", String.class, "The prompt.", "Hello")
                        .handler(call -> text("LLM response: "
                                + asked(
                                                call,
                                                Sampling.of(
                                                        "completion",
                                                        call.query("prompt", String.class)
                                                                .orElse("Hello"),
                                                        100))
                                        .text())),
                endpoint("test_elicitation")
                        .query("message", String.class, "The message.", "Who are you?")
                        .handler(call -> text("User response: "
                                + said(asked(
                                        call,
                                        new Form(
                                                "person",
                                                call.query("message", String.class)
                                                        .orElse("Who are you?"),
                                                PERSON))))),
                tool(
                        "test_elicitation_sep1034_defaults",
                        call -> "Elicitation completed: "
                                + said(asked(call, new Form("defaults", "Please check these values", DEFAULTS)))),
                tool(
                        "test_elicitation_sep1330_enums",
                        call -> "Elicitation completed: "
                                + said(asked(call, new Form("choices", "Please choose", CHOICES)))),
                tool("test_missing_capability", call -> asked(call, CAPITAL).text()),
                tool("test_streaming_elicitation", call -> said(asked(call, NAME))),
                tool(
                        "test_input_required_result_elicitation",
                        call -> "Hello, " + asked(call, NAME).content().get("name") + "!"),
                tool("test_input_required_result_sampling", call -> asked(call, CAPITAL)
                        .text()),
                tool(
                        "test_input_required_result_list_roots",
                        call -> asked(call, ROOTS).roots().toString()),
                tool(
                        "test_input_required_result_request_state",
                        call -> "state-ok: "
                                + said(asked(
                                        call,
                                        new Form(
                                                "confirm",
                                                "Please confirm",
                                                "{\"type\": \"object\", \"properties\": {\"ok\": {\"type\":"
                                                        + " \"boolean\"}}, \"required\": [\"ok\"]}")))),
                tool("test_input_required_result_multiple_inputs", call -> {
                    Answers answers = call.client().ask(NAME, GREETING, ROOTS);
                    return "%s, %s: %s"
                            .formatted(
                                    answers.to(GREETING).text(),
                                    answers.to(NAME).content().get("name"),
                                    answers.to(ROOTS).roots());
                }),
                tool("test_input_required_result_multi_round", call -> {
                    Object name = asked(call, step(1, "What is your name?", "name"))
                            .content()
                            .get("name");
                    Object color = asked(call, step(2, "What is your favorite color?", "color"))
                            .content()
                            .get("color");
                    return name + " likes " + color;
                }),
                tool(
                        "test_input_required_result_tampered_state",
                        call -> said(asked(
                                call,
                                new Form(
                                        "confirm",
                                        "Please confirm",
                                        "{\"type\": \"object\", \"properties\": {\"ok\":"
                                                + " {\"type\": \"boolean\"}}, \"required\": [\"ok\"]}")))),
                tool("test_input_required_result_capabilities", ProtocolDialogue::whatTheClientCan),
                tool(
                        "test_confirmation",
                        call -> "confirmed: " + asked(call, CONFIRM).confirmed()),
                tool("test_endless_questions", call -> {
                    for (int number = 1; ; number++) {
                        call.client().ask(step(number, "And now?", "answer"));
                    }
                }),
                Endpoint.get("/content/test_input_required_result_prompt")
                        .summary("Content: test_input_required_result_prompt")
                        .description("Answers as the conformance suite of the protocol wants it.")
                        .answersContent(TEXT)
                        .action("test_input_required_result_prompt")
                        .prompt()
                        .handler(call -> text("Use this context: "
                                + asked(
                                                call,
                                                new Form(
                                                        "user_context",
                                                        "What context should the prompt use?",
                                                        ONE_TEXT.formatted("context")))
                                        .content()
                                        .get("context"))),
                Endpoint.get("/watched-resource")
                        .summary("Content: /watched-resource")
                        .description("Answers as the conformance suite of the protocol wants it.")
                        .answersContent(TEXT)
                        .resource()
                        .handler(call -> text("Watched.")));
    }

    private static Endpoint<Void> tool(String name, Function<Call<Void>, String> answer) {
        return endpoint(name).handler(call -> text(answer.apply(call)));
    }

    private static Endpoint.Builder<Void> endpoint(String name) {
        return Endpoint.post("/content/" + name)
                .summary("Content: " + name)
                .description("Answers as the conformance suite of the protocol wants it.")
                .answersContent(TEXT)
                .action(name)
                .tool();
    }

    private static Content text(String text) {
        return Content.text(TEXT, text);
    }

    private static <A> A asked(Call<?> call, Question<A> question) {
        return call.client().ask(question).to(question);
    }

    private static Form step(int number, String message, String member) {
        return new Form("step" + number, "Step %d: %s".formatted(number, message), ONE_TEXT.formatted(member));
    }

    private static String said(FormAnswer answer) {
        return "action=%s, content=%s".formatted(answer.action(), answer.content());
    }

    private static String logged(Call<?> call) {
        Client client = call.client();
        client.log(LogLevel.DEBUG, "failing", "Nothing to see here");
        client.log(LogLevel.INFO, "failing", "Tool execution started");
        client.log(LogLevel.INFO, "failing", "Tool processing data");
        client.log(LogLevel.INFO, null, "Tool execution completed");
        return "Logged.";
    }

    private static String whatTheClientCan(Call<?> call) {
        List<Question<?>> questions = new ArrayList<>();
        if (call.client().can(Ability.ELICITATION)) {
            questions.add(NAME);
        }
        if (call.client().can(Ability.SAMPLING)) {
            questions.add(GREETING);
        }
        if (call.client().can(Ability.ROOTS)) {
            questions.add(ROOTS);
        }
        return questions.isEmpty()
                ? "The client can be asked nothing."
                : call.client().ask(questions.toArray(Question<?>[]::new)).toString();
    }
}
