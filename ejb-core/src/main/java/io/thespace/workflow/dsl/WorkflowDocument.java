package io.thespace.workflow.dsl;

import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.document.BpmnReader;
import io.thespace.workflow.document.WorkflowModel;
import java.util.Locale;

/** Documents of workflows, in whichever of their formats. */
public enum WorkflowDocument {
    BPMN,
    DSL;

    /** As it stands in a version: {@code bpmn}, or {@code dsl} for the Serverless Workflow DSL in YAML or JSON. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of a document: XML begins with {@code <}. */
    public static WorkflowDocument of(String source) {
        String begin = source.startsWith("\uFEFF") ? source.substring(1) : source;
        return begin.stripLeading().startsWith("<") ? BPMN : DSL;
    }

    /**
     * Reads and checks a document.
     *
     * @throws Rejection {@code INVALID_WORKFLOW} with each place and reason
     */
    public static WorkflowModel read(String source) {
        return of(source) == BPMN ? BpmnReader.read(source) : DslReader.read(source);
    }
}
