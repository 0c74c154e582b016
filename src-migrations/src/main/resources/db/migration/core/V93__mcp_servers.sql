-- Servers behind the MCP server: remote ones whose tools it has, and virtual ones that combine tools. They are the platform's: they
-- hold no tenant's data, hence no org_id and no policy; only endpoints for platform administrators write them.
create table core.mcp_servers (
    name              text        primary key check (name ~ '^[a-z][a-z0-9-]{0,62}$'),
    definition        text        not null check (length(definition) <= 100000), -- JSON
    sealed_credential bytea       check (length(sealed_credential) <= 9000),     -- for its address; null for none
    created_at        timestamptz not null,
    changed_at        timestamptz not null,
    version           bigint      not null default 0
);

grant select, insert, delete on core.mcp_servers to ${app_role};
grant update (definition, sealed_credential, changed_at, version) on core.mcp_servers to ${app_role};

-- What the last reading of a remote server came to, and when the next one is due. Any node does it.
create table core.mcp_server_readings (
    server  text        primary key references core.mcp_servers (name) on delete cascade,
    due_at  timestamptz not null,
    wire    text        check (wire in ('session', 'stateless')), -- null before the first reading
    read_at timestamptz,                                          -- the last one that succeeded
    fault   text        check (length(fault) <= 1000),            -- why the last one failed; null when it did not
    remark  text        check (length(remark) <= 1000)            -- what the last one left out, and why; null for nothing
);
create index mcp_server_readings_due on core.mcp_server_readings (due_at);

grant select, insert, update on core.mcp_server_readings to ${app_role};

-- Tools and prompts of remote servers, each pinned by its definition. What differs from what was accepted is quarantined.
create table core.mcp_server_items (
    server      text        not null references core.mcp_servers (name) on delete cascade,
    kind        text        not null check (kind in ('tool', 'prompt')),
    name        text        not null check (length(name) <= 128),
    accepted    text        check (length(accepted) <= 70000), -- JSON; null for one that was never accepted
    offered     text        check (length(offered) <= 70000),  -- JSON; null when the server offers what was accepted
    present     boolean     not null,                          -- whether the last reading found it
    changed_at  timestamptz not null,
    primary key (server, kind, name),
    check (accepted is not null or offered is not null)
);

grant select, insert, update, delete on core.mcp_server_items to ${app_role};

-- Grows with every change of what this file keeps, so that nodes see changes by reading one row.
create table core.mcp_federation_revision (
    revision bigint not null
);
insert into core.mcp_federation_revision values (0);

grant select, update on core.mcp_federation_revision to ${app_role};

-- A caller's session at a remote server. It is never another caller's.
create table core.mcp_upstream_sessions (
    org_id    uuid        not null,
    user_id   uuid        not null,
    server    text        not null references core.mcp_servers (name) on delete cascade,
    sealed    bytea       not null check (length(sealed) <= 4000), -- its id and revision
    opened_at timestamptz not null default now(),
    primary key (org_id, user_id, server),
    foreign key (org_id, user_id) references core.memberships (org_id, user_id) on delete cascade
);
create index mcp_upstream_sessions_oldest on core.mcp_upstream_sessions (opened_at);

alter table core.mcp_upstream_sessions enable row level security;
create policy tenant on core.mcp_upstream_sessions
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.mcp_upstream_sessions to ${app_role};
grant update (sealed, opened_at) on core.mcp_upstream_sessions to ${app_role};

-- Deletes sessions that were opened more than a day ago. Runs as the owner: they are of all tenants.
create function core.purge_mcp_upstream_sessions(most integer) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with gone as (
        delete from core.mcp_upstream_sessions
            where (org_id, user_id, server) in (
                select org_id, user_id, server from core.mcp_upstream_sessions
                    where opened_at < now() - interval '1 day' order by opened_at limit most for update skip locked)
            returning 1)
    select count(*) from gone;
$$;

revoke execute on function core.purge_mcp_upstream_sessions(integer) from public;
grant execute on function core.purge_mcp_upstream_sessions(integer) to ${app_role};

-- What a user shows a remote server instead of a credential that all share.
create table core.mcp_credentials (
    org_id     uuid        not null,
    user_id    uuid        not null,
    server     text        not null references core.mcp_servers (name) on delete cascade,
    sealed     bytea       not null check (length(sealed) <= 9000),
    changed_at timestamptz not null,
    primary key (org_id, user_id, server),
    foreign key (org_id, user_id) references core.memberships (org_id, user_id) on delete cascade
);

alter table core.mcp_credentials enable row level security;
create policy tenant on core.mcp_credentials
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.mcp_credentials to ${app_role};
grant update (sealed, changed_at) on core.mcp_credentials to ${app_role};
