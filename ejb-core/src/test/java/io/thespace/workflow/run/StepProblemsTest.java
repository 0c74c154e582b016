package io.thespace.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.document.DataFlow;
import io.thespace.workflow.document.DocumentError;
import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.document.StepModel.Caught;
import io.thespace.workflow.outside.OutsideError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error types of the Serverless Workflow DSL for failures of steps. */
class StepProblemsTest {

    private static final String SPEC = "https://serverlessworkflow.io/spec/1.0.0/errors/";

    private static StepModel step() throws Exception {
        DataFlow data =
                new DataFlow("pay", "/do/0/pay", List.of(), null, null, null, null, List.of(), List.of(), List.of());
        ObjectNode model = Json.MAPPER.createObjectNode().put("element", "pay").put("kind", "SERVICE");
        model.set("data", Json.MAPPER.valueToTree(data));
        return Json.MAPPER.treeToValue(model, StepModel.class);
    }

    private static ObjectNode of(ErrorCode code, FieldError... details) throws Exception {
        return StepProblems.of(new Rejection(code, "It failed.", List.of(details)), "", step());
    }

    @ParameterizedTest
    @CsvSource({"OUTSIDE_LATE, communication, 504", "HTTP_FAILED, communication, 502", "HTTP_ANSWER_TOO_LARGE, , 400"})
    void aRefusalHasTheTypeAndStatusOfItsKind(OutsideError code, String type, int status) throws Exception {
        ObjectNode error = of(code);

        assertThat(error.get("type").asText())
                .isEqualTo(type == null ? "https://thespace.io/errors/" + code.name() : SPEC + type);
        assertThat(error.get("status").asInt()).isEqualTo(status);
        assertThat(error.get("title").asText()).isEqualTo(code.name());
        assertThat(error.get("detail").asText()).isEqualTo("It failed.");
        assertThat(error.get("instance").asText()).isEqualTo("/do/0/pay");
    }

    @Test
    void anAnswersStatusIsTheErrors() throws Exception {
        ObjectNode error = of(OutsideError.HTTP_REFUSED, new FieldError("status", "404"));

        assertThat(error.get("type").asText()).isEqualTo(SPEC + "communication");
        assertThat(error.get("status").asInt()).isEqualTo(404);
    }

    @Test
    void whatIsRaisedIsTheError() throws Exception {
        ObjectNode raised = (ObjectNode)
                Json.MAPPER.readTree(
                        "{\"type\": \"https://example.org/poor\", \"status\": 402, \"title\": \"Poor\", \"detail\": \"Only 3\"}");
        Rejection refusal = StepProblems.raised(raised);

        assertThat(refusal.getMessage()).isEqualTo("Poor: Only 3");
        assertThat(StepProblems.of(refusal, "", step()))
                .isEqualTo(raised.deepCopy().put("instance", "/do/0/pay"));
        assertThat(of(DocumentError.INVALID_WORKFLOW).get("type").asText()).isEqualTo(SPEC + "expression");
        assertThat(StepProblems.of(null, "A defect.", step()).get("type").asText())
                .isEqualTo(SPEC + "runtime");
    }

    @Test
    void aCatchIsForTheErrorsThatHaveItsMembers() throws Exception {
        ObjectNode error = of(OutsideError.HTTP_FAILED, new FieldError("status", "503"));

        assertThat(StepProblems.matches(caught(null, null, null), error)).isTrue();
        assertThat(StepProblems.matches(caught(SPEC + "communication", 503, "/do/0/pay"), error))
                .isTrue();
        assertThat(StepProblems.matches(caught(SPEC + "timeout", null, null), error))
                .isFalse();
        assertThat(StepProblems.matches(caught(null, 502, null), error)).isFalse();
        assertThat(StepProblems.matches(caught(null, null, "/do/1/tell"), error))
                .isFalse();
    }

    private static Caught caught(String type, Integer status, String instance) {
        return new Caught(type, status, null, null, instance, "error", null, null);
    }
}
