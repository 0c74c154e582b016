-- The same as core.mentions, for the role of an installed plugin, as which its tables are searched.
create function plugin_call.mentions(what text, who text) returns boolean
    language sql
    immutable
    parallel safe
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select core.mentions(what, who)
$$;

revoke all on function plugin_call.mentions(text, text) from public;
