-- The least severe messages that a session's client wants of its calls' log.
alter table core.mcp_sessions add column log_level text not null default 'info'
    check (log_level in ('debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'));
grant update (log_level) on core.mcp_sessions to ${app_role};

-- Questions to clients, for which calls wait. Any node takes the answer; the waiting node deletes the row.
create table core.mcp_questions (
    id         uuid        primary key,
    org_id     uuid        not null,
    session_id uuid        not null references core.mcp_sessions (id) on delete cascade,
    answer     text        check (length(answer) <= 65536), -- JSON: a result or an error; null as long as there is none
    expires_at timestamptz not null
);
create index mcp_questions_of_session on core.mcp_questions (session_id);
create index mcp_questions_expired on core.mcp_questions (expires_at);

alter table core.mcp_questions enable row level security;
create policy tenant on core.mcp_questions
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.mcp_questions to ${app_role};
grant update (answer) on core.mcp_questions to ${app_role};

-- Deletes questions whose call waits no longer. Runs as the owner: they are of all tenants.
create function core.purge_mcp_questions(most integer) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with gone as (
        delete from core.mcp_questions
            where id in (
                select id from core.mcp_questions where expires_at <= now() order by expires_at limit most
                    for update skip locked)
            returning 1)
    select count(*) from gone;
$$;

revoke execute on function core.purge_mcp_questions(integer) from public;
grant execute on function core.purge_mcp_questions(integer) to ${app_role};

-- Resources that clients with sessions want to be notified of.
create table core.mcp_subscriptions (
    session_id uuid not null references core.mcp_sessions (id) on delete cascade,
    org_id     uuid not null,
    uri        text not null check (length(uri) <= 2048),
    primary key (session_id, uri)
);

alter table core.mcp_subscriptions enable row level security;
create policy tenant on core.mcp_subscriptions
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.mcp_subscriptions to ${app_role};
