-- An erasure forgets who was excluded from a task, too.
grant update (excluded) on core.workflow_tasks to ${app_role};
