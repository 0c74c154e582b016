package io.thespace.simulator;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;

/** Error codes of the simulator, in the order of the checks. */
public enum SimulatorError implements ErrorCode {
    SYNTHETIC_CALLER(Kind.FORBIDDEN, "A synthetic user may not start or change a simulation."),
    SCENARIO_INVALID(Kind.INVALID, "A step of the scenario is invalid."),
    PERSONA_INVALID(Kind.INVALID, "A trait is not a single value, or there are too many traits."),
    RULE_INVALID(Kind.INVALID, "A rule of eligibility cannot be applied."),
    RUN_TOO_LARGE(
            Kind.INVALID, "The run has more users than simulate allows, or combines admission with users or personas."),
    SCHEDULE_INVALID(Kind.INVALID, "The time zone, the start or the recurrence rule is malformed or never comes due."),
    ICALENDAR_INVALID(Kind.INVALID, "The text is no iCalendar that can be imported."),
    SCENARIO_NOT_FOUND(Kind.NOT_FOUND, "The organization has no scenario of this name, and none is shipped."),
    PERSONA_NOT_FOUND(Kind.NOT_FOUND, "The organization has no such persona."),
    RUN_NOT_FOUND(Kind.NOT_FOUND, "The organization has no such run."),
    ADMISSION_NOT_FOUND(Kind.NOT_FOUND, "The organization has no such admission."),
    ENTRY_NOT_FOUND(Kind.NOT_FOUND, "The organization's calendar has no such entry."),
    SCENARIO_SHIPPED(Kind.CONFLICT, "The scenario is bundled and cannot be changed."),
    NAME_TAKEN(Kind.CONFLICT, "The name is taken in the organization."),
    PERSONA_ADMITTED(Kind.CONFLICT, "The persona has a place in a run, or waits for one."),
    TOO_MANY(Kind.CONFLICT, "The organization has the maximum number of objects of this kind."),
    RUN_TAKES_NO_ADMISSIONS(Kind.CONFLICT, "The run has no admissions, or has started."),
    NOT_ELIGIBLE(Kind.CONFLICT, "The persona does not satisfy the run's rules."),
    ALREADY_ADMITTED(Kind.CONFLICT, "The persona has a place in the run already, or waits for one."),
    NOBODY_ADMITTED(Kind.CONFLICT, "The run has no admitted persona."),
    RUN_UNDER_WAY(Kind.CONFLICT, "The run is queued or runs."),
    NODE_BUSY(Kind.UNAVAILABLE, "The node's maximum number of concurrent simulations is reached.");

    private final Kind kind;
    private final String summary;

    SimulatorError(Kind kind, String summary) {
        this.kind = kind;
        this.summary = summary;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String summary() {
        return summary;
    }
}
