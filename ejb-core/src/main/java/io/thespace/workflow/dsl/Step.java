package io.thespace.workflow.dsl;

import io.thespace.workflow.document.DataFlow;
import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.document.StepModel.Awaited;
import io.thespace.workflow.document.StepModel.Call;
import io.thespace.workflow.document.StepModel.Caught;
import io.thespace.workflow.document.StepModel.Http;
import io.thespace.workflow.document.StepModel.Kind;
import java.util.List;
import java.util.UUID;

/** A step while it is made; see {@link StepModel}. */
final class Step {

    private static final int USUAL_ATTEMPTS = 3;
    private static final String USUAL_WAIT = "PT5S";

    final String element;
    final Kind kind;
    final String task;
    final Place place;
    final Scope scope;

    String name;
    String action;
    String event;
    Http http;
    boolean model;
    Call call;
    String input;
    String subject;
    int attempts = USUAL_ATTEMPTS;
    String retryWait = USUAL_WAIT;
    String role;
    boolean excludesStarter;
    UUID assignee;
    String due;
    String timer;
    String attachedTo;
    String errorCode;
    Awaited awaited;
    boolean computes;
    boolean raises;
    Caught caught;
    String from;
    String as;

    /** Whether its output is the next task's raw input. */
    boolean bearing;

    /** The sources of its raw input, if other than its predecessors. */
    List<String> sources;

    /** For a boundary event: the sources of the raw input of its successors. */
    List<String> passes;

    List<List<String>> branches;
    boolean joins;

    /** The task whose input is {@code $input}, when that is not its own. */
    Step inputOf;

    Step(String element, Kind kind, String task, Place place, Scope scope) {
        this.element = element;
        this.kind = kind;
        this.task = task;
        this.place = place;
        this.scope = scope;
    }

    StepModel model(DataFlow data) {
        boolean service = kind == Kind.SERVICE;
        boolean tried = service || kind == Kind.CALL;
        return new StepModel(
                element,
                name,
                kind,
                action,
                event,
                http,
                service ? (Boolean) model : null,
                call,
                input,
                subject,
                tried ? (Integer) attempts : null,
                tried ? retryWait : null,
                role,
                kind == Kind.TASK ? (Boolean) excludesStarter : null,
                assignee,
                due,
                timer,
                attachedTo,
                errorCode,
                awaited,
                service ? (Boolean) computes : null,
                service ? (Boolean) raises : null,
                data,
                caught);
    }
}
