-- Privacy: organizations that only their own people see, and what is done when somebody asks about their data.

-- Beside the tenant's own, a transaction sees the one organization that it names: when a platform administrator suspends
-- another one, and when the sandbox is founded.
alter table core.organizations enable row level security;
create policy tenant on core.organizations
    using (id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy named on core.organizations
    using (id = nullif(current_setting('app.named_org_id', true), '')::uuid)
    with check (id = nullif(current_setting('app.named_org_id', true), '')::uuid);

-- Where synthetic users act; asked before a tenant is known.
create function core.sandbox_organization()
    returns uuid
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select id from core.organizations where sandbox
$$;

-- When organizations were founded, the newest first, and nothing else of them.
create function core.organizations_founded(since timestamptz, most integer)
    returns setof timestamptz
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select created_at from core.organizations where created_at >= since and not sandbox order by created_at desc limit most
$$;

revoke all on function core.sandbox_organization(), core.organizations_founded(timestamptz, integer) from public;
grant execute on function core.sandbox_organization(), core.organizations_founded(timestamptz, integer) to ${app_role};
