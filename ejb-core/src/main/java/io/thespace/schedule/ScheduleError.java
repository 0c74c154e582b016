package io.thespace.schedule;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of schedules, in the order of the checks. */
public enum ScheduleError implements ErrorCode {
    INVALID_SCHEDULE(Kind.INVALID, "The times, the time zone or the input are invalid; the errors name each field."),
    SCHEDULE_NOT_FOUND(Kind.NOT_FOUND, "There is no such schedule in this organization."),
    SCHEDULED_WORKFLOW_NOT_FOUND(Kind.NOT_FOUND, "There is no workflow with the id that the schedule names."),
    TOO_MANY_SCHEDULES(Kind.CONFLICT, "The organization has the maximum number of schedules.");

    private final Kind kind;
    private final String summary;

    ScheduleError(Kind kind, String summary) {
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

    /** Refusals of an endpoint. */
    @Refusals
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Refuses {
        ScheduleError[] value();
    }
}
