-- The transactional outbox: a row is written in the transaction of its cause and is then never changed.
create table core.events (
    id uuid primary key,
    org_id uuid not null references core.organizations (id),
    type text not null,
    source text not null,
    subject text not null,
    data jsonb not null,
    actor_id uuid,
    request_id text not null,
    synthetic boolean not null,
    recorded_at timestamptz not null default now()
);

create index events_newest on core.events (org_id, id desc);
create index events_newest_of_type on core.events (org_id, type, id desc);

alter table core.events enable row level security;
create policy tenant on core.events
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

grant select, insert on core.events to ${app_role};
