package io.thespace.workflow.dsl;

import io.thespace.workflow.document.StepModel.Caught;
import io.thespace.workflow.document.StepModel.Kind;
import io.thespace.workflow.dsl.Place.Named;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code catch}: the errors, and the number of retries of their task. */
final class CatchReader {

    private static final int MAX_RETRIES = 19;

    private final Graph graph;
    private final Place use;

    CatchReader(Graph graph, Place use) {
        this.graph = graph;
        this.use = use;
    }

    Caught read(Place catching, String variable, Scope scope) {
        Place errors = catching.at("errors");
        Place with = errors.at("with");
        if (!errors.node().isMissingNode() && errors.object("with")) {
            with.object("type", "status", "title", "detail", "details", "instance");
        }
        Integer status = null;
        if (with.has("status")) {
            if (with.at("status").node().isInt()) {
                status = with.at("status").node().intValue();
            } else {
                with.at("status").refuse("must be a whole number");
            }
        }
        Set<String> variables = new HashSet<>(scope.variables());
        variables.add(variable);
        return new Caught(
                with.at("type").text(),
                status,
                with.at("title").text(),
                with.has("detail")
                        ? with.at("detail").text()
                        : with.at("details").text(),
                with.at("instance").text(),
                variable,
                JqText.expression(catching.at("when"), variables),
                JqText.expression(catching.at("exceptWhen"), variables));
    }

    /** Adds the events that take a step's errors to the {@code catch} of the {@code try} tasks around it. */
    void attach(Step step) {
        for (TryBlock block : step.scope.tries()) {
            Step event = graph.add(
                    step.element + ".catch." + block.entry.element,
                    Kind.BOUNDARY_ERROR,
                    step.task,
                    step.place,
                    step.scope,
                    List.of());
            event.attachedTo = step.element;
            event.errorCode = event.element;
            event.caught = block.caught;
            event.passes = List.of(block.entry.element);
            block.add(event);
        }
    }

    /** Has the one task of a {@code try} tried again. */
    void retry(Place tasks, Place retry, Caught caught) {
        Place policy = retry;
        if (retry.node().isTextual()) {
            policy = use.at("retries").at(retry.node().textValue());
            if (policy.node().isMissingNode()) {
                retry.refuse("names no policy of use.retries");
                return;
            }
        }
        if (!policy.object("when", "exceptWhen", "delay", "backoff", "limit", "jitter")) {
            return;
        }
        policy.at("when").notSupported("catch has a when of its own");
        policy.at("exceptWhen").notSupported("catch has an exceptWhen of its own");
        policy.at("jitter").notSupported("attempts have the same distance");
        Place backoff = policy.at("backoff");
        for (Named kind : backoff.members()) {
            if (!kind.name().equals("constant")) {
                kind.place().notSupported("attempts have the same distance");
            }
        }
        String delay = Durations.read(policy.at("delay"));
        int count = count(policy.at("limit"));
        Step step = tasks.items().size() == 1 && tasks.items().get(0).node().size() == 1
                ? graph.step(tasks.items().get(0).members().get(0).name())
                : null;
        if (step == null || (step.kind != Kind.SERVICE && step.kind != Kind.CALL) || step.computes || step.raises) {
            retry.refuse("is supported for a try with one call, emit or run task alone:"
                    + " others would be done twice when a later one is tried again");
            return;
        }
        step.caught = caught;
        step.attempts = 1 + count;
        step.retryWait = delay == null ? "PT0S" : delay;
    }

    private static int count(Place limit) {
        limit.at("duration").notSupported("attempts are limited by their number");
        if (!limit.object("attempt", "duration") || !limit.at("attempt").object("count", "duration")) {
            return 0;
        }
        limit.at("attempt").at("duration").notSupported("a call has its own time limit");
        Place count = limit.at("attempt").at("count");
        if (!count.node().isInt() || count.node().intValue() < 1 || count.node().intValue() > MAX_RETRIES) {
            count.refuse("must be a whole number from 1 to %d".formatted(MAX_RETRIES));
            return 0;
        }
        return count.node().intValue();
    }
}
