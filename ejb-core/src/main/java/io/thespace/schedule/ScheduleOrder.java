package io.thespace.schedule;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;

/**
 * Request to create a schedule. Exactly one of {@code cron} and {@code at} is given. It has either {@code cron} or
 * {@code at}.
 *
 * @param workflowId the workflow to run
 * @param input the value of {@code .input} in its steps; an empty object when left out
 * @param cron minute, hour, day of the month, month and day of the week, for example {@code 0 8 * * MON-FRI}
 * @param at the one time
 * @param zone the time zone of {@code cron}; UTC when left out
 * @param jitterSeconds the maximum random delay of each run; 0
 * @param overlap the behaviour at a time while an earlier run has not ended: {@code skip}, the default, or {@code
 *     allow}
 * @param catchUp the handling of times missed while no node ran: "none", "latest", the default, or "all", at most the
 *     last 100
 * @param enabled false to skip its times; true when left out
 */
public record ScheduleOrder(
        @NotBlank @Size(max = 200) String name,
        @NotBlank @Size(max = 100) String workflowId,
        Map<String, Object> input,
        @Size(max = 200) String cron,
        Instant at,
        @Size(max = 60) String zone,
        @Min(0) @Max(3600) Integer jitterSeconds,
        @Pattern(regexp = "skip|allow", message = "must be skip or allow") String overlap,
        @Pattern(regexp = "none|latest|all", message = "must be none, latest or all") String catchUp,
        Boolean enabled) {

    /** For the documentation. */
    public static final ScheduleOrder EXAMPLE = new ScheduleOrder(
            "Each working day",
            "large_transfer",
            Map.of("amount", 25_000),
            "0 8 * * MON-FRI",
            null,
            "Europe/Berlin",
            0,
            "skip",
            "latest",
            true);
}
