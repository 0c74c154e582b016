-- Directives, what agents are told to keep to; sessions, what was said to them and by them; analytics, what that came to.

create table core.directives (
    id         uuid primary key,
    org_id     uuid        not null references core.organizations (id),
    agent_id   uuid, -- null: for every agent of the organization
    status     text        not null check (status in ('draft', 'active', 'revoked')),
    latest     integer     not null check (latest >= 1),
    active     integer,
    created_by uuid, -- null: forgotten
    created_at timestamptz not null,
    changed_at timestamptz not null,
    version    bigint      not null default 0,
    check ((status = 'active') = (active is not null)),
    unique (id, org_id),
    foreign key (agent_id, org_id) references core.agents (id, org_id) on delete cascade
);
create index directives_newest on core.directives (org_id, id desc);
create index directives_newest_of_status on core.directives (org_id, status, id desc);
create index directives_newest_of_agent on core.directives (org_id, agent_id, status, id desc);

alter table core.directives enable row level security;
create policy tenant on core.directives
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.directives to ${app_role};
grant update (status, latest, active, created_by, changed_at, version) on core.directives to ${app_role};

create table core.directive_versions (
    id             uuid primary key,
    org_id         uuid        not null,
    directive_id   uuid        not null,
    number         integer     not null check (number >= 1),
    name           text        not null check (name <> '' and length(name) <= 200),
    content        text        not null check (content <> '' and length(content) <= 16000),
    priority       integer     not null check (priority between 0 and 1000),
    status         text        not null check (status in ('draft', 'active', 'superseded', 'revoked')),
    created_by     uuid, -- null: forgotten
    created_at     timestamptz not null,
    promoted_by    uuid,
    promoted_at    timestamptz,
    ended_at       timestamptz,
    revoked_by     uuid,
    revoked_reason text check (length(revoked_reason) <= 500),
    version        bigint      not null default 0,
    check ((status = 'draft') = (promoted_at is null)),
    check ((status in ('superseded', 'revoked')) = (ended_at is not null)),
    check ((status = 'revoked') = (revoked_reason is not null)),
    unique (directive_id, number),
    foreign key (directive_id, org_id) references core.directives (id, org_id) on delete cascade
);
create unique index directive_versions_active on core.directive_versions (directive_id) where status = 'active';

alter table core.directive_versions enable row level security;
create policy tenant on core.directive_versions
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert on core.directive_versions to ${app_role};
grant update (status, created_by, promoted_by, promoted_at, ended_at, revoked_by, revoked_reason, version)
    on core.directive_versions to ${app_role};

-- What was in force can be read back as it was, whoever asks and whoever would like it otherwise: also the tables' owner.
create function core.keep_directive_version() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
    if (new.id, new.org_id, new.directive_id, new.number, new.name, new.content, new.priority, new.created_at)
        is distinct from
        (old.id, old.org_id, old.directive_id, old.number, old.name, old.content, old.priority, old.created_at) then
        raise exception 'A version of a directive never changes' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger immutable before update on core.directive_versions
    for each row execute function core.keep_directive_version();

create table core.sessions (
    id           uuid primary key,
    org_id       uuid        not null references core.organizations (id),
    agent_id     uuid        not null, -- no reference: what was said outlives who said it
    user_id      uuid, -- null: forgotten
    subject      text check (subject <> '' and length(subject) <= 200),
    metadata     text        not null check (length(metadata) <= 8000), -- JSON, never searched
    status       text        not null check (status in ('active', 'terminated', 'timed_out')),
    reason       text check (length(reason) <= 500),
    messages     integer     not null default 0,
    idle_seconds integer     not null check (idle_seconds between 5 and 2592000),
    idle_at      timestamptz not null, -- when it times out unless a message comes
    created_at   timestamptz not null,
    ended_at     timestamptz,
    version      bigint      not null default 0,
    check ((status = 'active') = (ended_at is null)),
    unique (id, org_id)
);
create index sessions_newest on core.sessions (org_id, id desc);
create index sessions_newest_of_status on core.sessions (org_id, status, id desc);
create index sessions_newest_of_agent on core.sessions (org_id, agent_id, id desc);
create index sessions_of_user on core.sessions (org_id, user_id, id);
create index sessions_of_subject on core.sessions (org_id, subject, id);
create index sessions_idle on core.sessions (idle_at) where status = 'active';

alter table core.sessions enable row level security;
create policy tenant on core.sessions
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.sessions to ${app_role};
grant update (user_id, status, reason, messages, idle_at, ended_at, version) on core.sessions to ${app_role};

create table core.session_messages (
    id            uuid primary key,
    org_id        uuid        not null,
    session_id    uuid        not null,
    position      integer     not null check (position >= 1),
    role          text        not null check (role in ('user', 'assistant', 'system', 'tool')),
    content       text        not null check (length(content) <= 100000),
    metadata      text        not null check (length(metadata) <= 8000), -- JSON, never searched
    model         text check (length(model) <= 200),
    input_tokens  bigint check (input_tokens >= 0),
    output_tokens bigint check (output_tokens >= 0),
    cost          numeric(24, 9) check (cost >= 0),
    currency      text check (currency ~ '^[A-Z]{3}$'),
    latency_ms    integer check (latency_ms >= 0),
    error         text check (length(error) <= 500),
    created_at    timestamptz not null,
    check ((cost is null) = (currency is null)),
    unique (session_id, position),
    foreign key (session_id, org_id) references core.sessions (id, org_id) on delete cascade
);

alter table core.session_messages enable row level security;
create policy tenant on core.session_messages
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.session_messages to ${app_role};

-- Which sessions have had their time; a timer has no tenant, hence across all of them.
create function core.idle_sessions(most integer) returns table (org_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog as $$
    select s.org_id, s.id from core.sessions s
    where s.status = 'active' and s.idle_at <= now()
    order by s.idle_at limit most
$$;
revoke execute on function core.idle_sessions(integer) from public;
grant execute on function core.idle_sessions(integer) to ${app_role};

-- What was counted in a stretch of time. Each message adds to one row of each length in its own transaction; eight rows share
-- the work, by session, so that those who talk at once to one agent seldom wait for each other.
create table core.analytics_usage (
    org_id        uuid        not null references core.organizations (id),
    bucket        text        not null check (bucket in ('minute', 'hour', 'day')),
    starts_at     timestamptz not null,
    agent_id      uuid        not null,
    shard         smallint    not null check (shard between 0 and 7),
    sessions      bigint      not null,
    messages      bigint      not null,
    calls         bigint      not null,
    errors        bigint      not null,
    input_tokens  bigint      not null,
    output_tokens bigint      not null,
    latencies     bigint[]    not null, -- how many calls took so long, by the histogram's bin; in bin 0 those of unknown length
    primary key (org_id, bucket, starts_at, agent_id, shard)
) with (fillfactor = 70);
create index analytics_usage_oldest on core.analytics_usage (bucket, starts_at);

alter table core.analytics_usage enable row level security;
create policy tenant on core.analytics_usage
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert on core.analytics_usage to ${app_role};
grant update (sessions, messages, calls, errors, input_tokens, output_tokens, latencies) on core.analytics_usage to ${app_role};

create table core.analytics_spend (
    org_id    uuid           not null references core.organizations (id),
    bucket    text           not null check (bucket in ('minute', 'hour', 'day')),
    starts_at timestamptz    not null,
    agent_id  uuid           not null,
    shard     smallint       not null check (shard between 0 and 7),
    currency  text           not null check (currency ~ '^[A-Z]{3}$'),
    amount    numeric(38, 9) not null,
    primary key (org_id, bucket, starts_at, agent_id, shard, currency)
) with (fillfactor = 70);
create index analytics_spend_oldest on core.analytics_spend (bucket, starts_at);

alter table core.analytics_spend enable row level security;
create policy tenant on core.analytics_spend
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert on core.analytics_spend to ${app_role};
grant update (amount) on core.analytics_spend to ${app_role};

-- Drops minutes after eight days and hours after 400; days stay.
create function core.purge_analytics(most integer) returns bigint
language sql volatile security definer set search_path = pg_catalog as $$
    with old as (
        values ('minute', now() - interval '8 days'), ('hour', now() - interval '400 days')),
    usage as (
        delete from core.analytics_usage where ctid = any (array(
            select u.ctid from core.analytics_usage u join old on u.bucket = old.column1 and u.starts_at < old.column2
            limit most for update of u skip locked))
        returning 1),
    spend as (
        delete from core.analytics_spend where ctid = any (array(
            select s.ctid from core.analytics_spend s join old on s.bucket = old.column1 and s.starts_at < old.column2
            limit most for update of s skip locked))
        returning 1)
    select (select count(*) from usage) + (select count(*) from spend)
$$;
revoke execute on function core.purge_analytics(integer) from public;
grant execute on function core.purge_analytics(integer) to ${app_role};
