package io.thespace.workflow;

import io.thespace.endpoint.TextBody;
import io.thespace.workflow.document.BpmnReader;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * A workflow is to be made, or its next version.
 *
 * @param source the document, in BPMN 2.0 or in the Serverless Workflow DSL 1.0
 */
@TextBody(
        member = "source",
        types = {
            @TextBody.MediaType("application/xml"),
            @TextBody.MediaType("text/xml"),
            @TextBody.MediaType(value = "application/yaml", example = WorkflowOrder.YAML),
            @TextBody.MediaType(value = "text/yaml", example = WorkflowOrder.YAML)
        },
        jsonMember = "document")
public record WorkflowOrder(@NotBlank @Size(max = BpmnReader.MAX_LENGTH) String source) {

    static final String YAML =
            """
            document: {dsl: 1.0.3, namespace: default, name: large-transfer, version: 1.0.0}
            do:
              - approve:
                  call: approval
                  with: {name: Approve the transfer, role: admin, due: P1D}
            """;

    /** For the documentation. */
    public static final WorkflowOrder EXAMPLE = new WorkflowOrder(
            "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='https://example.org/workflows'>"
                    + "<process id='large_transfer' name='Large transfer' isExecutable='true'>"
                    + "<startEvent id='start'/><sequenceFlow id='f1' sourceRef='start' targetRef='approve'/>"
                    + "<userTask id='approve' name='Approve the transfer'><extensionElements>"
                    + "<task xmlns='https://thespace.io/bpmn/1.0' role='admin' due='P1D'/></extensionElements></userTask>"
                    + "<sequenceFlow id='f2' sourceRef='approve' targetRef='end'/><endEvent id='end'/></process></definitions>");
}
