package io.thespace.workflow.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.identity.IdentityError;
import io.thespace.identity.access.Authentication;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.workflow.RunningEngine;
import io.thespace.workflow.WorkflowError;
import io.thespace.workflow.run.RunTables;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.flowable.engine.TaskService;

/** The tasks of runs that the actor may do: their own, and those for their role. */
@Stateless
public class Tasks {

    @Inject
    TaskTables tables;

    @Inject
    RunTables runs;

    @Inject
    RunningEngine engine;

    @Inject
    Authentication authentication;

    /** The tasks, the newest first. */
    public Page<TaskView> list(Actor actor, TaskState state, PageRequest page) {
        return Page.of(tables.tasks(actor, state, page), page.limit(), task -> task.id()
                .toString());
    }

    /**
     * Returns a task.
     *
     * @throws Rejection {@code TASK_NOT_FOUND}
     */
    public TaskView find(Actor actor, UUID id) {
        return task(actor, id, false).view();
    }

    /**
     * Makes a task the actor's own.
     *
     * @throws Rejection {@code TASK_NOT_FOUND}, {@code TASK_CLOSED}, {@code TASK_CLAIMED}
     */
    public TaskView claim(Actor actor, UUID id) {
        open(actor, id);
        tables.taskAssigned(actor, id, actor.userId());
        return find(actor, id);
    }

    /**
     * Assigns a task to another user, or returns it to all users with its role, even if another user has claimed it.
     *
     * @throws Rejection {@code TASK_NOT_FOUND}, {@code TASK_CLOSED}, {@code INVALID_ASSIGNEE}
     */
    public TaskView reassign(Actor actor, UUID id, AssignmentOrder order) {
        TaskTables.Task row = open(task(actor, id, true));
        TaskView task = row.view();
        if (order.assignee() == null && task.role() == null) {
            throw invalidAssignee("must be there: the task is for one user only");
        }
        if (order.assignee() != null && order.assignee().equals(row.excluded())) {
            throw invalidAssignee("started the run, and the task is for others");
        }
        if (order.assignee() != null && !may(actor, task, order.assignee())) {
            throw invalidAssignee("must be an active user of this organization with the role of the task");
        }
        tables.taskAssigned(actor, id, order.assignee());
        return find(actor, id);
    }

    private boolean may(Actor actor, TaskView task, UUID assignee) {
        try {
            Actor user = authentication.onBehalfOf(
                    Actor.platform(actor.orgId(), actor.requestId()), assignee, actor.requestId());
            return task.role() == null || user.role().covers(role(task));
        } catch (Rejection e) {
            if (e.code() == IdentityError.SUSPENDED) {
                return false;
            }
            throw e;
        }
    }

    private static Rejection invalidAssignee(String sentence) {
        return new Rejection(
                WorkflowError.INVALID_ASSIGNEE,
                "assignee " + sentence + ".",
                List.of(new FieldError("assignee", sentence)));
    }

    /**
     * Completes a task; the run continues.
     *
     * @throws Rejection {@code TASK_NOT_FOUND}, {@code TASK_CLOSED}, {@code TASK_CLAIMED}
     */
    public TaskView complete(Actor actor, UUID id, CompletionOrder order) {
        TaskTables.Task task = open(actor, id);
        TaskService service = engine.get().getTaskService();
        String execution = Optional.ofNullable(
                        service.createTaskQuery().taskId(task.engineTask()).singleResult())
                .orElseThrow(() -> new Rejection(WorkflowError.TASK_CLOSED, "The run has left this task."))
                .getExecutionId();
        ObjectNode output =
                order.output() == null ? Json.MAPPER.createObjectNode() : Json.MAPPER.valueToTree(order.output());
        output.put("decision", order.decision())
                .put("completed_by", actor.userId().toString());
        runs.stepHad(actor, task.view().runId(), execution, task.view().element(), null, output);
        tables.taskCompleted(actor, id, order.decision(), Instant.now());
        service.complete(task.engineTask());
        return find(actor, id);
    }

    private TaskTables.Task open(Actor actor, UUID id) {
        TaskTables.Task task = open(task(actor, id, true));
        if (task.view().assignee() != null && !task.view().assignee().equals(actor.userId())) {
            throw new Rejection(WorkflowError.TASK_CLAIMED, "Another user has claimed this task.");
        }
        return task;
    }

    private static TaskTables.Task open(TaskTables.Task task) {
        if (!task.view().state().equals(TaskState.OPEN.text())) {
            throw new Rejection(
                    WorkflowError.TASK_CLOSED,
                    "The task is %s.".formatted(task.view().state()));
        }
        return task;
    }

    private TaskTables.Task task(Actor actor, UUID id, boolean lock) {
        return tables.task(actor, id, lock)
                .filter(task -> !actor.userId().equals(task.excluded()) && may(actor, task.view()))
                .orElseThrow(() -> new Rejection(
                        WorkflowError.TASK_NOT_FOUND, "There is no task with this id that is yours to do."));
    }

    private static boolean may(Actor actor, TaskView task) {
        return actor.userId().equals(task.assignee())
                || (task.role() != null && actor.role().covers(role(task)));
    }

    private static Role role(TaskView task) {
        return task.role().equals("admin") ? Role.ADMIN : Role.USER;
    }
}
