-- Workflows: definitions in immutable versions, runs, their steps and the tasks that people do. The engine's own state is in
-- schema flow, without row-level security: only the workflow capability asks it, and by ids that these tables hold.

create table core.workflows (
    org_id uuid not null references core.organizations (id) on delete cascade,
    id text not null check (id ~ '^[A-Za-z_][A-Za-z0-9_.-]{0,99}$'),
    latest integer not null check (latest > 0),
    status text not null check (status in ('active', 'disabled')),
    created_at timestamptz not null,
    changed_at timestamptz not null,
    version bigint not null default 0,
    primary key (org_id, id)
);

create table core.workflow_versions (
    org_id uuid not null,
    workflow_id text not null,
    number integer not null check (number > 0),
    name text not null check (length(name) between 1 and 200),
    format text not null check (format in ('bpmn')),
    source text not null check (length(source) <= 1000000),
    engine_definition text not null,
    created_by uuid,
    created_at timestamptz not null,
    primary key (org_id, workflow_id, number),
    foreign key (org_id, workflow_id) references core.workflows (org_id, id) on delete cascade
);

create table core.workflow_runs (
    org_id uuid not null references core.organizations (id) on delete cascade,
    id uuid primary key,
    workflow_id text not null,
    workflow_version integer not null,
    state text not null check (state in ('running', 'waiting', 'completed', 'failed', 'cancelled')),
    input jsonb not null,
    output jsonb,
    cause text check (length(cause) <= 2000),
    started_by uuid,
    start_key text check (length(start_key) <= 200),
    started_at timestamptz not null,
    ended_at timestamptz,
    unique (org_id, id),
    unique (org_id, workflow_id, start_key),
    foreign key (org_id, workflow_id, workflow_version) references core.workflow_versions (org_id, workflow_id, number)
);
create index workflow_runs_newest on core.workflow_runs (org_id, id desc);
create index workflow_runs_of_workflow on core.workflow_runs (org_id, workflow_id, id desc);

create table core.workflow_steps (
    org_id uuid not null,
    run_id uuid not null,
    number bigint generated always as identity,
    element text not null check (length(element) <= 200),
    name text check (length(name) <= 200),
    kind text not null check (length(kind) <= 50),
    state text not null check (state in ('running', 'waiting', 'completed', 'failed', 'cancelled')),
    execution text not null, -- of the engine
    attempt integer not null default 1,
    node text,
    input jsonb,
    output jsonb,
    cause text check (length(cause) <= 2000),
    started_at timestamptz not null,
    ended_at timestamptz,
    primary key (org_id, run_id, number),
    foreign key (org_id, run_id) references core.workflow_runs (org_id, id) on delete cascade
);
create index workflow_steps_open on core.workflow_steps (org_id, run_id, execution) where ended_at is null;

create table core.workflow_tasks (
    org_id uuid not null,
    id uuid primary key,
    run_id uuid not null,
    element text not null,
    name text not null check (length(name) between 1 and 200),
    engine_task text not null,
    role text check (role in ('user', 'admin')),
    assignee uuid,
    due_at timestamptz,
    state text not null check (state in ('open', 'completed', 'cancelled')),
    decision text check (length(decision) <= 100),
    completed_by uuid,
    created_at timestamptz not null,
    completed_at timestamptz,
    unique (org_id, engine_task),
    foreign key (org_id, run_id) references core.workflow_runs (org_id, id) on delete cascade
);
create index workflow_tasks_newest on core.workflow_tasks (org_id, state, id desc);

alter table core.workflows enable row level security;
create policy tenant on core.workflows
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.workflows to ${app_role};
grant update (latest, status, changed_at, version) on core.workflows to ${app_role};

alter table core.workflow_versions enable row level security;
create policy tenant on core.workflow_versions
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert on core.workflow_versions to ${app_role};
grant update (created_by) on core.workflow_versions to ${app_role};

alter table core.workflow_runs enable row level security;
create policy tenant on core.workflow_runs
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert on core.workflow_runs to ${app_role};
grant update (state, input, output, cause, started_by, ended_at) on core.workflow_runs to ${app_role};

alter table core.workflow_steps enable row level security;
create policy tenant on core.workflow_steps
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert on core.workflow_steps to ${app_role};
grant update (state, input, output, cause, ended_at) on core.workflow_steps to ${app_role};

alter table core.workflow_tasks enable row level security;
create policy tenant on core.workflow_tasks
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert on core.workflow_tasks to ${app_role};
grant update (assignee, state, decision, completed_by, completed_at) on core.workflow_tasks to ${app_role};

-- The nodes whose engines run. Each holds the advisory lock of its number; a row whose lock is free is of a node that is gone.
create table core.workflow_nodes (
    owner text primary key,
    number bigint not null unique,
    name text not null,
    started_at timestamptz not null default now()
);
grant select, insert, delete on core.workflow_nodes to ${app_role};
