package io.thespace.workflow.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.workflow.document.BpmnReader;
import io.thespace.workflow.document.WorkflowModel;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The pictures: well-formed, without markup of a document, and with nothing on top of anything else. */
class DiagramTest {

    private static String flow(String from, String to) {
        return "<sequenceFlow id='%1$s_%2$s' sourceRef='%1$s' targetRef='%2$s'/>".formatted(from, to);
    }

    private static WorkflowModel model(String name) {
        return BpmnReader.read("<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='a'>"
                + "<process id='p' name='%s' isExecutable='true'><startEvent id='start'/>".formatted(name)
                + flow("start", "fork") + "<parallelGateway id='fork'/>" + flow("fork", "a") + flow("fork", "b")
                + "<userTask id='a' name='Ask the &lt;b&gt;customer&lt;/b&gt; for every single missing document'/>"
                + "<userTask id='b'/><boundaryEvent id='late' attachedToRef='b'><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>"
                + "<exclusiveGateway id='merge'/>" + flow("b", "merge") + flow("late", "merge") + flow("merge", "join")
                + flow("a", "join") + "<parallelGateway id='join'/>" + flow("join", "check")
                + "<userTask id='check'/>" + flow("check", "good")
                + "<exclusiveGateway id='good' default='good_check'/>" + flow("good", "check")
                + "<sequenceFlow id='done' sourceRef='good' targetRef='end'><conditionExpression>true</conditionExpression></sequenceFlow>"
                + "<endEvent id='end'/></process></definitions>");
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void eachElementAndArrowIsThere() throws Exception {
        WorkflowModel model = model("Order");
        Document svg = parsed(Diagram.svg(model, Map.of("a", "completed", "b", "waiting")));

        NodeList groups = svg.getElementsByTagName("g");
        assertThat(groups.getLength()).isEqualTo(model.steps().size());
        int arrows = 0;
        NodeList paths = svg.getElementsByTagName("path");
        for (int i = 0; i < paths.getLength(); i++) {
            arrows += ((Element) paths.item(i)).hasAttribute("marker-end") ? 1 : 0;
        }
        assertThat(arrows).isEqualTo(model.flows().size());
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).contains("completed: Ask", "waiting: b");
        for (int i = 0; i < groups.getLength(); i++) {
            Element group = (Element) groups.item(i);
            String element = group.getAttribute("data-element");
            assertThat(group.getAttribute("class"))
                    .isEqualTo(Map.of("a", "completed", "b", "waiting").getOrDefault(element, "element"));
        }
    }

    @Test
    void textOfADocumentIsNoMarkup() throws Exception {
        String svg = Diagram.svg(model("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#x1F600;"), Map.of());

        assertThat(svg).doesNotContain("<script", "<b>");
        assertThat(parsed(svg).getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("<script>alert(1)</script> & \uD83D\uDE00");
    }

    @Test
    void noTwoElementsStandInOnePlace() {
        WorkflowModel model = model("Order");
        Layout layout = Layout.of(model);

        assertThat(model.steps().stream()
                        .filter(step -> !step.kind().boundary())
                        .map(step -> layout.of(step.element())))
                .doesNotHaveDuplicates();
        assertThat(layout.of("start").column()).isZero();
        assertThat(layout.of("join").column()).isGreaterThan(layout.of("merge").column());
        assertThat(layout.arrows().stream().filter(Layout.Arrow::back).map(arrow -> arrow.flow()
                        .id()))
                .containsExactly("good_check");
    }
}
