-- Runs that steps of other runs start.
alter table core.workflow_runs add column parent_run_id uuid;
alter table core.workflow_runs add foreign key (org_id, parent_run_id) references core.workflow_runs (org_id, id);
create index workflow_runs_of_parent on core.workflow_runs (org_id, parent_run_id) where parent_run_id is not null;

-- The run that a step has started.
alter table core.workflow_steps add column child_run_id uuid;
grant update (child_run_id) on core.workflow_steps to ${app_role};
