-- Contexts: parts that MCP clients keep between calls. A context belongs to one user and ends at its time.
create table core.mcp_contexts (
    id         uuid        primary key,
    org_id     uuid        not null,
    user_id    uuid        not null,
    parts      text        not null check (length(parts) <= 262144), -- JSON
    expires_at timestamptz not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    version    bigint      not null,
    foreign key (org_id, user_id) references core.memberships (org_id, user_id) on delete cascade
);
create index mcp_contexts_of_user on core.mcp_contexts (org_id, user_id, id);
create index mcp_contexts_expired on core.mcp_contexts (expires_at);

alter table core.mcp_contexts enable row level security;
create policy tenant on core.mcp_contexts
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.mcp_contexts to ${app_role};
grant update (parts, expires_at, changed_at, version) on core.mcp_contexts to ${app_role};

-- Deletes contexts that have expired. Runs as the owner: they are of all tenants.
create function core.purge_mcp_contexts(most integer) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with gone as (
        delete from core.mcp_contexts
            where id in (
                select id from core.mcp_contexts where expires_at <= now() order by expires_at limit most
                    for update skip locked)
            returning 1)
    select count(*) from gone;
$$;

revoke execute on function core.purge_mcp_contexts(integer) from public;
grant execute on function core.purge_mcp_contexts(integer) to ${app_role};
