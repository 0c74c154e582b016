-- Calls of plugins' actions that wait for an approval.
create table core.approval_rules (
    org_id uuid not null references core.organizations (id) on delete cascade,
    plugin text not null check (length(plugin) between 1 and 48),
    action text not null check (length(action) between 1 and 63),
    condition text check (length(condition) <= 10000), -- null for every call
    workflow_id text not null,
    changed_by uuid,
    changed_at timestamptz not null,
    primary key (org_id, plugin, action),
    foreign key (org_id, workflow_id) references core.workflows (org_id, id)
);
create index approval_rules_of_workflow on core.approval_rules (org_id, workflow_id);

alter table core.approval_rules enable row level security;
create policy tenant on core.approval_rules
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, update, delete on core.approval_rules to ${app_role};

-- Who may not do a task, whatever their role: who started the run.
alter table core.workflow_tasks add column excluded uuid;
