package io.thespace.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.Workflows;
import io.thespace.workflow.run.Runs;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The schedules of the actor's organization. */
@Stateless
public class Schedules {

    /** The maximum of schedules of an organization. */
    public static final int MAX_SCHEDULES = 1000;

    private static final Duration MAX_AHEAD = Duration.ofDays(3650);

    @Inject
    ScheduleTables tables;

    @Inject
    Workflows workflows;

    /** The schedules, the oldest first. */
    public Page<ScheduleView> list(Actor actor, PageRequest page) {
        return Page.of(tables.list(actor, Instant.now(), page), page.limit(), schedule -> schedule.id()
                .toString());
    }

    /**
     * Returns a schedule.
     *
     * @throws Rejection {@code SCHEDULE_NOT_FOUND}
     */
    public ScheduleView find(Actor actor, UUID id) {
        return tables.find(actor, Instant.now(), id).orElseThrow(Schedules::notFound);
    }

    /**
     * Makes a schedule; its runs act as the actor.
     *
     * @throws Rejection {@code INVALID_SCHEDULE}, {@code WORKFLOW_NOT_FOUND}, {@code TOO_MANY_SCHEDULES}
     */
    public ScheduleView create(Actor actor, ScheduleOrder order) {
        Instant now = Instant.now();
        Schedule schedule = schedule(actor, UuidCreator.getTimeOrderedEpoch(), order, now);
        workflows.find(actor, order.workflowId());
        if (tables.count(actor) >= MAX_SCHEDULES) {
            throw new Rejection(
                    ScheduleError.TOO_MANY_SCHEDULES,
                    "There are %d schedules, which is the maximum. Delete one first.".formatted(MAX_SCHEDULES));
        }
        tables.add(actor, schedule, due(schedule), now);
        return find(actor, schedule.id());
    }

    /**
     * Replaces a schedule; its runs act as the actor from now on. Times that passed are not made up for.
     *
     * @throws Rejection {@code INVALID_SCHEDULE}, {@code SCHEDULE_NOT_FOUND}, {@code WORKFLOW_NOT_FOUND}
     */
    public ScheduleView change(Actor actor, UUID id, ScheduleOrder order) {
        Instant now = Instant.now();
        Schedule schedule = schedule(actor, id, order, now);
        if (!tables.lock(actor, id)) {
            throw notFound();
        }
        workflows.find(actor, order.workflowId());
        tables.change(actor, schedule, due(schedule), now);
        return find(actor, id);
    }

    /**
     * Deletes a schedule; runs that it started continue.
     *
     * @throws Rejection {@code SCHEDULE_NOT_FOUND}
     */
    public void delete(Actor actor, UUID id) {
        if (!tables.delete(actor, id)) {
            throw notFound();
        }
    }

    private static Schedule schedule(Actor actor, UUID id, ScheduleOrder order, Instant now) {
        String zone = Objects.requireNonNullElse(order.zone(), "UTC");
        Times.zone(zone);
        if ((order.cron() == null) == (order.at() == null)) {
            throw Times.refused("cron", "or at must be there, and not both");
        }
        if (order.cron() != null) {
            Times.of(order.cron(), Times.zone(zone));
        } else if (!order.at().isAfter(now) || order.at().isAfter(now.plus(MAX_AHEAD))) {
            throw Times.refused("at", "must be a time to come, within ten years");
        }
        JsonNode input = Json.MAPPER.valueToTree(Objects.requireNonNullElse(order.input(), Map.of()));
        if (input.toString().length() > Runs.MAX_INPUT) {
            throw Times.refused("input", "may have at most %d characters of JSON".formatted(Runs.MAX_INPUT));
        }
        Schedule schedule = new Schedule(
                id,
                order.name(),
                order.workflowId(),
                input,
                order.cron(),
                order.at(),
                zone,
                Objects.requireNonNullElse(order.jitterSeconds(), 0),
                Objects.requireNonNullElse(order.overlap(), "skip"),
                Objects.requireNonNullElse(order.catchUp(), "latest"),
                !Boolean.FALSE.equals(order.enabled()),
                null,
                actor.userId());
        return schedule.comingAfter(now);
    }

    /**
     * The time at which a node has to process a schedule: its next time plus a random part of its jitter; null for
     * never.
     */
    static Instant due(Schedule schedule) {
        return schedule.nextAt() == null
                ? null
                : schedule.nextAt().plusSeconds(ThreadLocalRandom.current().nextLong(schedule.jitterSeconds() + 1L));
    }

    private static Rejection notFound() {
        return new Rejection(
                ScheduleError.SCHEDULE_NOT_FOUND, "There is no schedule with this id in your organization.");
    }
}
