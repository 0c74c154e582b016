package io.thespace.workflow.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accepted documents, and the errors of others. */
class BpmnReaderTest {

    private static final String OPEN =
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:space="https://thespace.io/bpmn/1.0"
                xmlns:flowable="http://flowable.org/bpmn" targetNamespace="https://example.org/workflows">
              <error id="poor" errorCode="INSUFFICIENT_FUNDS"/>
              <process id="order" name="Order" isExecutable="true">
            """;
    private static final String CLOSE = "</process></definitions>";

    private static String flow(String from, String to) {
        return "<sequenceFlow id='%1$s_%2$s' sourceRef='%1$s' targetRef='%2$s'/>".formatted(from, to);
    }

    private static String around(String step) {
        return OPEN + "<startEvent id='start'/>" + flow("start", "step") + step + flow("step", "end")
                + "<endEvent id='end'/>" + CLOSE;
    }

    private static List<FieldError> errors(String document) {
        return catchThrowableOfType(Rejection.class, () -> BpmnReader.read(document))
                .details();
    }

    @Test
    void aDocumentIsReadAsItIs() {
        WorkflowModel model = BpmnReader.read(around(
                """
                <serviceTask id="step" name="Pay"><extensionElements>
                  <space:action plugin="financial_business" name="transfer"/>
                  <space:input>{amount: .input.amount}</space:input>
                  <space:retry attempts="5" wait="PT1M"/>
                </extensionElements></serviceTask>
                <boundaryEvent id="refused" attachedToRef="step"><errorEventDefinition errorRef="poor"/></boundaryEvent>
                """
                        + flow("refused", "end")));

        assertThat(model.id()).isEqualTo("order");
        assertThat(model.name()).isEqualTo("Order");
        StepModel step = model.byElement().get("step");
        assertThat(step.action()).isEqualTo("financial_business.transfer");
        assertThat(step.input()).isEqualTo("{amount: .input.amount}");
        assertThat(step.attempts()).isEqualTo(5);
        assertThat(step.retryWait()).isEqualTo("PT1M");
        assertThat(model.byElement().get("refused").errorCode()).isEqualTo("INSUFFICIENT_FUNDS");
        assertThat(model.flows()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scriptTask",
                "sendTask",
                "manualTask",
                "businessRuleTask",
                "subProcess",
                "transaction",
                "adHocSubProcess",
                "inclusiveGateway",
                "eventBasedGateway",
                "complexGateway",
                "intermediateThrowEvent",
                "dataObject",
                "laneSet",
                "task"
            })
    void whatIsNotSupportedIsNamedWithItsLine(String element) {
        assertThat(errors(around("<%s id='step'/>".formatted(element))))
                .contains(new FieldError("line 5", "has <%s>, which is not supported".formatted(element)));
    }

    @ParameterizedTest
    @CsvSource({
        "startEvent, signalEventDefinition",
        "startEvent, timerEventDefinition",
        "endEvent, errorEventDefinition",
        "intermediateCatchEvent, signalEventDefinition",
        "boundaryEvent, compensateEventDefinition"
    })
    void anEventThatIsNotSupportedIsNamed(String element, String definition) {
        assertThat(errors(around("<%s id='step'><%s/></%s>".formatted(element, definition, element))))
                .extracting(FieldError::message)
                .contains("has <%s>, which is not supported here".formatted(definition));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<serviceTask id='step' flowable:class='java.lang.Runtime'/>",
                "<serviceTask id='step' flowable:expression='${1}'/>",
                "<userTask id='step'><extensionElements><flowable:taskListener event='create'/></extensionElements></userTask>",
                "<userTask id='step'><multiInstanceLoopCharacteristics/></userTask>",
                "<userTask id='step'><standardLoopCharacteristics/></userTask>"
            })
    void whatBelongsToAnEngineIsRefused(String step) {
        assertThat(errors(around(step))).isNotEmpty();
    }

    @Test
    void namesHoldNoExpressionsOfTheEngine() {
        assertThat(errors(around("<userTask id='step' name='${execution.engineServices}'/>")))
                .containsExactly(
                        new FieldError("step", "has a name that is longer than 200 characters, or with ${ or #{"));
    }

    @Test
    void noElementHasTheIdOfTheProcess() {
        assertThat(errors(around("<userTask id='step'/>").replace("'step'", "'order'")))
                .contains(new FieldError("order", "is the id of two elements"));
    }

    @Test
    void eventsStartARunOrLetItGoOn() {
        WorkflowModel model = BpmnReader.read((OPEN
                        + """
                        <startEvent id="start"><extensionElements>
                          <space:on source="/plugins/financial_business"/><space:when>.data.amount &gt; 10</space:when>
                        </extensionElements><messageEventDefinition messageRef="m"/></startEvent>
                        <receiveTask id="step" messageRef="m"><extensionElements>
                          <space:subject>.input.subject</space:subject>
                        </extensionElements></receiveTask>
                        <boundaryEvent id="late" attachedToRef="step">
                          <timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>
                        </boundaryEvent>
                        """
                        + flow("start", "step") + flow("step", "end") + flow("late", "end") + "<endEvent id='end'/>"
                        + CLOSE)
                .replace("<error id=", "<message id='m' name='funds_transferred'/><error id="));

        assertThat(model.byElement().get("start").awaited())
                .isEqualTo(new StepModel.Awaited(
                        "funds_transferred", "/plugins/financial_business", null, ".data.amount > 10"));
        assertThat(model.byElement().get("step").kind()).isEqualTo(StepModel.Kind.EVENT);
        assertThat(model.byElement().get("step").awaited())
                .isEqualTo(new StepModel.Awaited("funds_transferred", null, ".input.subject", null));
    }

    @Test
    void aCallActivityStartsARunOfAnotherWorkflow() {
        WorkflowModel model = BpmnReader.read(around(
                """
                <callActivity id="step" name="Ask elsewhere" calledElement="other"><extensionElements>
                  <space:call version="3" await="false"/><space:input>{id: .input.id}</space:input>
                  <space:retry attempts="5" wait="PT1M"/>
                </extensionElements></callActivity>
                <boundaryEvent id="failed" attachedToRef="step"><errorEventDefinition/></boundaryEvent>
                <boundaryEvent id="late" attachedToRef="step">
                  <timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>
                </boundaryEvent>
                """
                        + flow("failed", "end") + flow("late", "end")));

        StepModel step = model.byElement().get("step");
        assertThat(step.kind()).isEqualTo(StepModel.Kind.CALL);
        assertThat(step.call()).isEqualTo(new StepModel.Call("other", 3, false));
        assertThat(step.input()).isEqualTo("{id: .input.id}");
        assertThat(step.attempts()).isEqualTo(5);
        assertThat(BpmnReader.read(around("<callActivity id='step' calledElement='other'/>"))
                        .byElement()
                        .get("step")
                        .call())
                .isEqualTo(new StepModel.Call("other", null, true));
    }

    @ParameterizedTest
    @CsvSource({
        "<callActivity id='step'/>, needs a calledElement",
        "<callActivity id='step' calledElement='${x}'/>, needs a calledElement",
        "<callActivity id='step' calledElement='o'><extensionElements><space:call version='0'/></extensionElements></callActivity>, version",
        "<callActivity id='step' calledElement='o'><extensionElements><space:call await='no'/></extensionElements></callActivity>, await",
        "<callActivity id='step' calledElement='o'><extensionElements><space:action plugin='a' name='b'/></extensionElements></callActivity>, does not belong",
        "<serviceTask id='step'><extensionElements><space:call/></extensionElements></serviceTask>, does not belong",
        "<receiveTask id='step'/>, needs a messageRef",
        "<receiveTask id='step'/>, needs a <subject>",
        "<receiveTask id='step' instantiate='true'/>, instantiates",
        "<intermediateCatchEvent id='step'><messageEventDefinition messageRef='none'/></intermediateCatchEvent>, needs a messageRef",
        "<userTask id='step'><extensionElements><space:task due='tomorrow'/></extensionElements></userTask>, duration",
        "<userTask id='step'><extensionElements><space:task role='king'/></extensionElements></userTask>, role",
        "<userTask id='step'><extensionElements><space:task exclude='everybody'/></extensionElements></userTask>, excludes",
        "<userTask id='step'><extensionElements><space:task assignee='ada'/></extensionElements></userTask>, assignee",
        "<serviceTask id='step'/>, needs one of",
        "<serviceTask id='step'><extensionElements><space:emit type='a'/><space:model/></extensionElements></serviceTask>, needs one of",
        "<serviceTask id='step'><extensionElements><space:http method='get'/></extensionElements></serviceTask>, method",
        "<serviceTask id='step'><extensionElements><space:http method='GET'/></extensionElements></serviceTask>, needs a <path>",
        "<serviceTask id='step'><extensionElements><space:model/><space:path>.a</space:path></extensionElements></serviceTask>, without <http>",
        "<serviceTask id='step'><extensionElements><space:emit type='A B'/></extensionElements></serviceTask>, type of letters",
        "<intermediateCatchEvent id='step'><timerEventDefinition/></intermediateCatchEvent>, needs a <timeDuration>",
        "<intermediateCatchEvent id='step'><timerEventDefinition><timeDate>${now}</timeDate></timerEventDefinition></intermediateCatchEvent>, time"
    })
    void eachMistakeIsNamedWithItsElement(String step, String words) {
        assertThat(errors(around(step))).anySatisfy(error -> {
            assertThat(error.field()).isEqualTo("step");
            assertThat(error.message()).contains(words);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no XML",
                "<definitions",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><definitions>&e;</definitions>",
                "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'/>"
            })
    void whatIsNoDocumentIsRefused(String document) {
        assertThatThrownBy(() -> BpmnReader.read(document))
                .isInstanceOf(Rejection.class)
                .hasMessageNotContaining("root:");
    }

    @Test
    void aJoinBehindAnErrorPathIsRefused() {
        String document = OPEN + "<startEvent id='start'/>" + flow("start", "fork") + "<parallelGateway id='fork'/>"
                + flow("fork", "a") + flow("fork", "b")
                + "<userTask id='a'/><userTask id='b'/>"
                + "<boundaryEvent id='late' attachedToRef='a'><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>"
                + flow("late", "other") + flow("a", "join") + flow("b", "join")
                + "<parallelGateway id='join'/>" + flow("join", "end")
                + "<endEvent id='end'/><endEvent id='other'/>" + CLOSE;

        assertThat(errors(document))
                .containsExactly(
                        new FieldError("join", "can wait for ever: one of its incoming flows is not always taken"));
    }

    @Test
    void branchesThatAreMergedWithoutAJoinAreRefused() {
        String document = OPEN + "<startEvent id='start'/>" + flow("start", "fork") + "<parallelGateway id='fork'/>"
                + flow("fork", "a") + flow("fork", "b") + "<userTask id='a'/><userTask id='b'/>"
                + flow("a", "merge") + flow("b", "merge")
                + "<exclusiveGateway id='merge'/>" + flow("merge", "end") + "<endEvent id='end'/>" + CLOSE;

        assertThat(errors(document))
                .extracting(FieldError::message)
                .containsExactly("can be taken twice at once: what a parallel gateway has split must be joined by one");
    }

    @Test
    void aLoopThatCanEndIsTaken() {
        String document = OPEN
                + "<startEvent id='start'/>" + flow("start", "work") + "<userTask id='work'/>" + flow("work", "good")
                + "<exclusiveGateway id='good' default='good_work'/>" + flow("good", "work")
                + "<sequenceFlow id='done' sourceRef='good' targetRef='end'><conditionExpression>.steps.work.decision == \"done\"</conditionExpression></sequenceFlow>"
                + "<endEvent id='end'/>" + CLOSE;

        assertThat(BpmnReader.read(document).from("good")).hasSize(2);
    }

    @Test
    void anExclusiveGatewayNeedsADefault() {
        String document = OPEN + "<startEvent id='start'/>" + flow("start", "which") + "<exclusiveGateway id='which'/>"
                + flow("which", "a") + flow("which", "b")
                + "<endEvent id='a'/><endEvent id='b'/>" + CLOSE;

        assertThat(errors(document))
                .containsExactly(new FieldError("which", "needs a default flow, and a condition on each other one"));
    }
}
