-- Personas, scenarios, runs with their admissions, and the calendar that starts runs. All rows are one organization's.
-- The placeholder app_role is the role that the application runs as; it is subject to row-level security.

create table human_simulator.persona (
    id           uuid primary key,
    org_id       uuid         not null,
    name         text         not null,
    think_factor numeric(5, 2) not null check (think_factor between 0 and 10),
    error_rate   numeric(4, 3) not null check (error_rate between 0 and 1),
    thoroughness numeric(4, 3) not null check (thoroughness between 0 and 1),
    uses         jsonb        not null,
    traits       jsonb        not null,
    created_at   timestamptz  not null default now(),
    unique (org_id, name)
);
create index persona_newest on human_simulator.persona (org_id, id desc);

create table human_simulator.scenario (
    org_id     uuid        not null,
    name       text        not null,
    definition jsonb       not null,
    changed_at timestamptz not null default now(),
    primary key (org_id, name)
);

create table human_simulator.run (
    id            uuid primary key,
    org_id        uuid        not null,
    scenario      text        not null,
    definition    jsonb       not null,
    users         integer     not null check (users between 0 and 1000),
    concurrency   integer     not null check (concurrency between 1 and 50),
    seed          bigint      not null,
    limit_seconds integer     not null check (limit_seconds between 1 and 3600),
    persona_ids   jsonb       not null,
    capacity      integer check (capacity between 1 and 1000),
    eligibility   jsonb       not null,
    places        bigint      not null default 0,
    state         text        not null
        check (state in ('planned', 'queued', 'running', 'completed', 'stopped', 'failed', 'interrupted')),
    reason        text,
    stop          boolean     not null default false,
    result        jsonb,
    node          uuid,
    leased_until  timestamptz,
    requested_by  uuid,
    request_id    text        not null,
    created_at    timestamptz not null default now(),
    started_at    timestamptz,
    ended_at      timestamptz
);
comment on column human_simulator.run.places is 'How many places were ever given out or waited for: the number of the next one.';
comment on column human_simulator.run.leased_until is 'Until when its node has said that it goes on; past it the run is interrupted.';
create index run_newest on human_simulator.run (org_id, id desc);
create index run_queued on human_simulator.run (id) where state = 'queued';
create index run_leased on human_simulator.run (leased_until) where state = 'running';
create index run_ended on human_simulator.run (ended_at) where ended_at is not null;

create table human_simulator.admission (
    id         uuid primary key,
    org_id     uuid        not null,
    run_id     uuid        not null references human_simulator.run (id) on delete cascade,
    persona_id uuid        not null references human_simulator.persona (id),
    place      bigint      not null,
    status     text        not null check (status in ('admitted', 'waiting')),
    created_at timestamptz not null default now(),
    unique (run_id, persona_id),
    unique (run_id, place)
);
create index admission_waiting on human_simulator.admission (run_id, place) where status = 'waiting';
create index admission_persona on human_simulator.admission (persona_id);

create table human_simulator.calendar (
    id         uuid primary key,
    org_id     uuid        not null,
    uid        text        not null,
    name       text        not null,
    scenario   text        not null,
    users      integer     not null check (users between 1 and 1000),
    zone       text        not null,
    starts_at  timestamp   not null,
    rule       text,
    enabled    boolean     not null,
    next_at    timestamptz,
    last_run   uuid,
    problem    text,
    created_by uuid,
    created_at timestamptz not null default now(),
    unique (org_id, uid)
);
comment on column human_simulator.calendar.starts_at is 'The wall clock of its zone; an instant would move when the zone''s rules change.';
create index calendar_newest on human_simulator.calendar (org_id, id desc);
create index calendar_due on human_simulator.calendar (next_at) where next_at is not null;

alter table human_simulator.persona enable row level security;
alter table human_simulator.scenario enable row level security;
alter table human_simulator.run enable row level security;
alter table human_simulator.admission enable row level security;
alter table human_simulator.calendar enable row level security;

create policy tenant on human_simulator.persona
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy tenant on human_simulator.scenario
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy tenant on human_simulator.run
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy tenant on human_simulator.admission
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy tenant on human_simulator.calendar
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

-- What nodes do for all organizations runs as the tables' owner, and tells no more than ids -----------------------------

-- Takes the oldest queued run for a node.
create function human_simulator.claim_run(by_node uuid, lease_seconds integer)
    returns table (run_id uuid, run_org uuid)
    language sql security definer set search_path = pg_catalog, pg_temp
as $$
    update human_simulator.run r
       set state = 'running', node = by_node, started_at = now(),
           leased_until = now() + make_interval(secs => lease_seconds)
     where r.id = (select q.id from human_simulator.run q where q.state = 'queued' order by q.id
                   for update skip locked limit 1)
    returning r.id, r.org_id
$$;

-- Ends the runs whose node does not say any more that it goes on. Returns how many.
create function human_simulator.end_interrupted()
    returns integer
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    ended integer;
begin
    update human_simulator.run
       set state = 'interrupted', ended_at = now(), reason = 'Its node went away in the middle of it.'
     where id in (select id from human_simulator.run where state = 'running' and leased_until < now()
                  for update skip locked limit 100);
    get diagnostics ended = row_count;
    return ended;
end
$$;

-- Which calendar entries are due.
create function human_simulator.due_entries(at_most integer)
    returns table (entry_id uuid, entry_org uuid)
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select id, org_id from human_simulator.calendar where next_at <= now() order by next_at limit at_most
$$;

-- Deletes runs that ended so long ago. Returns how many.
create function human_simulator.purge_runs(days integer, at_most integer)
    returns integer
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    deleted integer;
begin
    delete from human_simulator.run where id in (
        select id from human_simulator.run where ended_at < now() - make_interval(days => days)
        order by ended_at limit at_most for update skip locked);
    get diagnostics deleted = row_count;
    return deleted;
end
$$;

revoke all on all functions in schema human_simulator from public;
grant usage on schema human_simulator to ${app_role};
grant execute on all functions in schema human_simulator to ${app_role};
grant select, insert, update, delete
    on human_simulator.persona, human_simulator.scenario, human_simulator.run, human_simulator.admission, human_simulator.calendar
    to ${app_role};
