-- Sessions of MCP clients. A session belongs to one user; any node answers its requests.
create table core.mcp_sessions (
    id               uuid        primary key,
    org_id           uuid        not null,
    user_id          uuid        not null,
    protocol_version text        not null check (length(protocol_version) <= 20),
    client           text        not null check (length(client) <= 16384), -- JSON: the parameters of initialize
    created_at       timestamptz not null default now(),
    used_at          timestamptz not null default now(),
    foreign key (org_id, user_id) references core.memberships (org_id, user_id) on delete cascade
);
create index mcp_sessions_of_user on core.mcp_sessions (org_id, user_id, used_at);
create index mcp_sessions_oldest on core.mcp_sessions (used_at);

alter table core.mcp_sessions enable row level security;
create policy tenant on core.mcp_sessions
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.mcp_sessions to ${app_role};
grant update (used_at) on core.mcp_sessions to ${app_role};

-- Deletes sessions that were not used for a day. Runs as the owner: they are of all tenants.
create function core.purge_mcp_sessions(most integer) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with gone as (
        delete from core.mcp_sessions
            where id in (
                select id from core.mcp_sessions where used_at < now() - interval '1 day' order by used_at limit most
                    for update skip locked)
            returning 1)
    select count(*) from gone;
$$;

revoke execute on function core.purge_mcp_sessions(integer) from public;
grant execute on function core.purge_mcp_sessions(integer) to ${app_role};
