-- The organization that gets the events of the platform itself, which belong to none: the first one that was made. Null before that.
create function core.platform_organization() returns uuid
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select o.id from core.organizations o where not o.sandbox order by o.created_at, o.id limit 1
$$;

revoke all on function core.platform_organization() from public;
grant execute on function core.platform_organization() to ${app_role};
