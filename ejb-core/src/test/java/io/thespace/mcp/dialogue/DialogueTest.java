package io.thespace.mcp.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.endpoint.EndpointError;
import io.thespace.json.Json;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.client.Ability;
import io.thespace.plugin.api.client.Answers;
import io.thespace.plugin.api.client.Form;
import io.thespace.plugin.api.client.FormAnswer;
import io.thespace.plugin.api.client.LogLevel;
import io.thespace.plugin.api.client.Progress;
import io.thespace.plugin.api.client.Question;
import io.thespace.plugin.api.client.Roots;
import io.thespace.plugin.api.client.Sampling;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DialogueTest {

    private static final Form NAME = new Form(
            "name",
            "Who are you?",
            """
            {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}""");
    private static final Sampling GREETING = Sampling.of("greeting", "Greet", 10);
    private static final Roots ROOTS = new Roots("roots");
    private static final Set<Ability> ALL = EnumSet.allOf(Ability.class);

    private final List<Progress> reports = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();

    private final Dialogue.Listener listener = new Dialogue.Listener() {
        @Override
        public void progress(Progress progress) {
            reports.add(progress);
        }

        @Override
        public void log(LogLevel level, String logger, String message) {
            messages.add(level + ": " + message);
        }
    };

    private Dialogue dialogue(String... answers) {
        Map<String, JsonNode> byName = new java.util.HashMap<>();
        for (int i = 0; i < answers.length; i += 2) {
            byName.put(answers[i], read(answers[i + 1]));
        }
        return new Dialogue(ALL, LogLevel.INFO, listener, byName);
    }

    private static JsonNode read(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void refuses(EndpointError code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Rejection.class, refusal -> assertThat(refusal.code())
                .isEqualTo(code));
    }

    @Test
    void someNotificationsAreHandedOn() {
        try (Dialogue dialogue = dialogue()) {
            for (int done = 0; done < 1000; done++) {
                dialogue.progress(new Progress(done, null, "x".repeat(1000)));
                dialogue.log(LogLevel.INFO, "tests", "x".repeat(10_000));
            }
        }
        assertThat(reports).hasSize(Dialogue.MAX_NOTIFICATIONS).allSatisfy(progress -> assertThat(progress.message())
                .hasSize(Dialogue.MAX_PROGRESS_MESSAGE));
        assertThat(messages).hasSize(Dialogue.MAX_NOTIFICATIONS).allSatisfy(message -> assertThat(message)
                .hasSizeLessThan(Dialogue.MAX_LOG_MESSAGE + 10));
    }

    @Test
    void noneFollowsTheEndOfTheCall() {
        Dialogue dialogue = dialogue();
        dialogue.progress(new Progress(Double.NaN, null, null));
        dialogue.close();
        dialogue.progress(new Progress(1, null, null));
        dialogue.log(LogLevel.ERROR, null, "Too late");
        assertThat(reports).isEmpty();
        assertThat(messages).isEmpty();
    }

    @Test
    void aListenerThatFailsIsLeftAlone() {
        List<Progress> tried = new ArrayList<>();
        Dialogue.Listener failing = new Dialogue.Listener() {
            @Override
            public void progress(Progress progress) {
                tried.add(progress);
                throw new IllegalStateException("The client is gone");
            }

            @Override
            public void log(LogLevel level, String logger, String message) {
                throw new IllegalStateException("The client is gone");
            }
        };
        try (Dialogue dialogue = new Dialogue(ALL, LogLevel.DEBUG, failing, Map.of())) {
            dialogue.progress(new Progress(1, null, null));
            dialogue.progress(new Progress(2, null, null));
        }
        assertThat(tried).hasSize(1);
    }

    @Test
    void lessSevereMessagesThanTheClientWantsAreLeftOut() {
        try (Dialogue dialogue = dialogue()) {
            dialogue.log(LogLevel.DEBUG, null, "no");
            dialogue.log(LogLevel.INFO, null, "yes");
            dialogue.log(LogLevel.EMERGENCY, null, "yes");
        }
        assertThat(messages).containsExactly("INFO: yes", "EMERGENCY: yes");
        try (Dialogue silent = new Dialogue(ALL, null, listener, Map.of())) {
            silent.log(LogLevel.EMERGENCY, null, "no");
        }
        assertThat(messages).hasSize(2);
    }

    @Test
    void anAttemptEndsWithTheQuestionsThatAreOpen() {
        Dialogue dialogue = dialogue("name", "{\"action\": \"decline\"}");
        refuses(EndpointError.INPUT_REQUIRED, () -> dialogue.ask(NAME, GREETING, ROOTS));
        assertThat(dialogue.open()).extracting(Question::name).containsExactly("greeting", "roots");
    }

    @Test
    void answersAreRead() {
        Answers answers = dialogue(
                        "name",
                        "{\"action\": \"accept\", \"content\": {\"name\": \"Alice\"}}",
                        "greeting",
                        "{\"role\": \"assistant\", \"content\": {\"type\": \"text\", \"text\": \"Hi\"}, \"model\":"
                                + " \"m\"}",
                        "roots",
                        "{\"roots\": [{\"uri\": \"file:///a\"}]}",
                        "unknown",
                        "{}")
                .ask(NAME, GREETING, ROOTS);

        assertThat(answers.to(NAME).content()).isEqualTo(Map.of("name", "Alice"));
        assertThat(answers.to(GREETING).text()).isEqualTo("Hi");
        assertThat(answers.to(ROOTS).roots().get(0).uri()).isEqualTo("file:///a");
    }

    @Test
    void aConfirmationIsAYesOfAnAcceptedForm() {
        Form confirm = Form.confirmation("sure", "Sure?");
        assertThat(dialogue("sure", "{\"action\": \"accept\", \"content\": {\"confirmed\": true}}")
                        .ask(confirm)
                        .to(confirm)
                        .confirmed())
                .isTrue();
        for (String no : List.of(
                "{\"action\": \"accept\", \"content\": {\"confirmed\": false}}",
                "{\"action\": \"decline\", \"content\": {\"confirmed\": true}}",
                "{\"action\": \"cancel\"}")) {
            FormAnswer answer = dialogue("sure", no).ask(confirm).to(confirm);
            assertThat(answer.confirmed()).as(no).isFalse();
        }
    }

    @Test
    void answersThatDoNotFitAreRefused() {
        for (String wrong : List.of(
                "{}",
                "{\"action\": \"maybe\"}",
                "{\"action\": \"accept\"}",
                "{\"action\": \"accept\", \"content\": {}}",
                "{\"action\": \"accept\", \"content\": {\"name\": 7}}")) {
            refuses(EndpointError.INPUT_INVALID, () -> dialogue("name", wrong).ask(NAME));
        }
        refuses(EndpointError.INPUT_INVALID, () -> dialogue("greeting", "{}").ask(GREETING));
        refuses(EndpointError.INPUT_INVALID, () -> dialogue("roots", "{\"roots\": [{}]}")
                .ask(ROOTS));
    }

    @Test
    void aClientIsAskedOnlyForWhatItDeclares() {
        Dialogue dialogue = new Dialogue(Set.of(Ability.SAMPLING), null, null, Map.of());
        refuses(EndpointError.CLIENT_UNABLE, () -> dialogue.ask(NAME, GREETING));
        assertThat(dialogue.lacking()).containsExactly(Ability.ELICITATION);
        assertThat(dialogue.open()).isEmpty();
    }

    @Test
    void questionsOfAPluginAreChecked() {
        assertThatThrownBy(() -> dialogue().ask()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> dialogue().ask(NAME, new Roots("name"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Roots("No name")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> QuestionForms.params(new Form("form", "?", "{\"type\": \"string\"}")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
