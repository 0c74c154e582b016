-- Times at which runs of workflows start.
create table core.schedules (
    org_id uuid not null references core.organizations (id) on delete cascade,
    id uuid primary key,
    name text not null check (length(name) between 1 and 200),
    workflow_id text not null,
    input jsonb not null,
    cron text check (length(cron) <= 200),
    at timestamptz,
    zone text not null check (length(zone) <= 60),
    jitter_seconds integer not null check (jitter_seconds between 0 and 3600),
    overlap text not null check (overlap in ('skip', 'allow')),
    catch_up text not null check (catch_up in ('none', 'latest', 'all')),
    enabled boolean not null,
    next_at timestamptz, -- the next time; null for none
    due_at timestamptz, -- it and its jitter
    last_at timestamptz,
    last_outcome text check (length(last_outcome) <= 200),
    owned_by uuid,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    check ((cron is null) <> (at is null)),
    check ((next_at is null) = (due_at is null)),
    foreign key (org_id, workflow_id) references core.workflows (org_id, id) on delete cascade
);
create index schedules_of_org on core.schedules (org_id, id);
create index schedules_due on core.schedules (due_at) where enabled and due_at is not null;

alter table core.schedules enable row level security;
create policy tenant on core.schedules
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, update, delete on core.schedules to ${app_role};

-- Which schedules are due, for the nodes' looks, which have no tenant.
create function core.due_schedules(most integer) returns table (org_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.org_id, s.id from core.schedules s where s.enabled and s.due_at <= now() order by s.due_at limit most
$$;
revoke execute on function core.due_schedules(integer) from public;
grant execute on function core.due_schedules(integer) to ${app_role};
