package io.thespace.workflow.document;

import java.util.Map;
import java.util.Set;

/** The elements of BPMN 2.0 that documents may have, and the attributes of each. */
final class BpmnElements {

    /** Drawings: kept in the source, and without meaning for a run. */
    static final Set<String> DRAWING = Set.of(
            "http://www.omg.org/spec/BPMN/20100524/DI",
            "http://www.omg.org/spec/DD/20100524/DC",
            "http://www.omg.org/spec/DD/20100524/DI");

    static final Set<String> STEPS = Set.of(
            "startEvent",
            "endEvent",
            "serviceTask",
            "callActivity",
            "userTask",
            "exclusiveGateway",
            "parallelGateway",
            "receiveTask",
            "intermediateCatchEvent",
            "boundaryEvent");
    static final Set<String> IGNORED = Set.of(
            "documentation", "incoming", "outgoing", "extensionElements", "textAnnotation", "text", "association");

    static final Map<String, Set<String>> ATTRIBUTES = Map.ofEntries(
            Map.entry(
                    "definitions",
                    Set.of(
                            "id",
                            "name",
                            "targetNamespace",
                            "exporter",
                            "exporterVersion",
                            "typeLanguage",
                            "expressionLanguage")),
            Map.entry("process", Set.of("id", "name", "isExecutable", "isClosed", "processType")),
            Map.entry("startEvent", Set.of("id", "name", "isInterrupting", "parallelMultiple")),
            Map.entry("endEvent", Set.of("id", "name")),
            Map.entry(
                    "serviceTask",
                    Set.of("id", "name", "implementation", "default", "startQuantity", "completionQuantity")),
            Map.entry(
                    "callActivity",
                    Set.of("id", "name", "calledElement", "default", "startQuantity", "completionQuantity")),
            Map.entry(
                    "userTask",
                    Set.of("id", "name", "implementation", "default", "startQuantity", "completionQuantity")),
            Map.entry(
                    "receiveTask",
                    Set.of(
                            "id",
                            "name",
                            "implementation",
                            "instantiate",
                            "messageRef",
                            "default",
                            "startQuantity",
                            "completionQuantity")),
            Map.entry("exclusiveGateway", Set.of("id", "name", "gatewayDirection", "default")),
            Map.entry("parallelGateway", Set.of("id", "name", "gatewayDirection")),
            Map.entry("intermediateCatchEvent", Set.of("id", "name", "parallelMultiple")),
            Map.entry("boundaryEvent", Set.of("id", "name", "attachedToRef", "cancelActivity", "parallelMultiple")),
            Map.entry("sequenceFlow", Set.of("id", "name", "sourceRef", "targetRef", "isImmediate")),
            Map.entry("error", Set.of("id", "name", "errorCode")),
            Map.entry("message", Set.of("id", "name")));

    private BpmnElements() {}
}
