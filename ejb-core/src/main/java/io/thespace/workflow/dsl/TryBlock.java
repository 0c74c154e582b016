package io.thespace.workflow.dsl;

import io.thespace.workflow.document.DataFlow.CaughtError;
import io.thespace.workflow.document.StepModel.Caught;
import java.util.ArrayList;
import java.util.List;

/** A {@code try} task while it is read. */
final class TryBlock {

    final Step entry;
    final Caught caught;
    /** The events at the steps whose errors it catches. */
    final List<Step> events = new ArrayList<>();

    final List<Exit> exits = new ArrayList<>();

    /** The same list is filled until the workflow is complete. */
    private final List<String> elements = new ArrayList<>();

    TryBlock(Step entry, Caught caught) {
        this.entry = entry;
        this.caught = caught;
    }

    void add(Step event) {
        events.add(event);
        elements.add(event.element);
        exits.addAll(Exit.of(event));
    }

    CaughtError error() {
        return new CaughtError(caught.variable(), elements);
    }
}
