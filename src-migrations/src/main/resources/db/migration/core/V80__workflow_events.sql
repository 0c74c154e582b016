-- Workflows that events start, and runs that wait for an event.

-- What the versions of workflows listen to.
create table core.workflow_listeners (
    org_id uuid not null,
    workflow_id text not null,
    number integer not null,
    element text not null check (length(element) <= 200),
    type text not null check (length(type) <= 100),
    source text check (length(source) <= 200),
    condition text check (length(condition) <= 10000),
    starts boolean not null,
    primary key (org_id, workflow_id, number, element),
    foreign key (org_id, workflow_id, number)
        references core.workflow_versions (org_id, workflow_id, number) on delete cascade
);
create index workflow_listeners_of_type on core.workflow_listeners (org_id, type) where starts;
create index workflow_listeners_types on core.workflow_listeners (type, source);

alter table core.workflow_listeners enable row level security;
create policy tenant on core.workflow_listeners
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert on core.workflow_listeners to ${app_role};

-- Runs that wait, each until an event of its type and subject is there.
create table core.workflow_waits (
    org_id uuid not null,
    run_id uuid not null,
    execution text not null, -- of the engine
    element text not null check (length(element) <= 200),
    type text not null,
    source text,
    subject text not null check (length(subject) <= 500),
    condition text,
    primary key (org_id, execution),
    foreign key (org_id, run_id) references core.workflow_runs (org_id, id) on delete cascade
);
create index workflow_waits_of_subject on core.workflow_waits (org_id, type, subject);

alter table core.workflow_waits enable row level security;
create policy tenant on core.workflow_waits
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.workflow_waits to ${app_role};

-- How many runs stand behind a run: each was started by an event that a step of the one before caused.
alter table core.workflow_runs add column depth integer not null default 0 check (depth >= 0);
alter table core.workflow_runs rename column start_key to triggered_by;

-- The types that any organization's workflows listen to, for the relay, which has no tenant.
create function core.workflow_listener_types() returns table (source text, type text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select distinct l.source, l.type from core.workflow_listeners l
$$;
revoke execute on function core.workflow_listener_types() from public;
grant execute on function core.workflow_listener_types() to ${app_role};
