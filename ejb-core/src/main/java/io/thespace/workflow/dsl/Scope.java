package io.thespace.workflow.dsl;

import io.thespace.workflow.document.DataFlow.CaughtError;
import io.thespace.workflow.document.DataFlow.Loop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The context of a task.
 *
 * @param tries the enclosing {@code try} tasks whose {@code catch} handles its errors, the innermost first
 * @param loops the enclosing {@code for} tasks, the outermost first
 * @param errors the errors that were caught before, the outermost first
 * @param parallel whether it is in a branch of a {@code fork}
 */
record Scope(List<TryBlock> tries, List<Loop> loops, List<CaughtError> errors, boolean parallel) {

    static final Scope WORKFLOW = new Scope(List.of(), List.of(), List.of(), false);

    /** The variables that only tasks here have. */
    Set<String> variables() {
        Set<String> names = new HashSet<>();
        loops.forEach(loop -> names.addAll(List.of(loop.each(), loop.at())));
        errors.forEach(error -> names.add(error.variable()));
        return names;
    }

    Scope in(TryBlock block) {
        List<TryBlock> more = new ArrayList<>(List.of(block));
        more.addAll(tries);
        return new Scope(more, loops, errors, parallel);
    }

    Scope in(Loop loop) {
        List<Loop> more = new ArrayList<>(loops);
        more.add(loop);
        return new Scope(tries, more, errors, parallel);
    }

    Scope after(CaughtError error) {
        List<CaughtError> more = new ArrayList<>(errors);
        more.add(error);
        return new Scope(tries, loops, more, parallel);
    }

    Scope branch() {
        return new Scope(tries, loops, errors, true);
    }
}
