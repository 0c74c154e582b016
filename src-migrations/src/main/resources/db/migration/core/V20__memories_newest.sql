-- A misspelt word that a good part of all memories hold: the trigrams' index brings any of them, and collects all of them
-- before the first, for which a list's time may not be enough. The newest are read in the order of the list's index instead,
-- whatever there is, so they are found in the time that so many rows take.
--
-- The rows are read as the application's role, under its policy: no operator here needs an index behind it.

create function core.memories_newest_by_trigrams(
    sought text, acting uuid, of_agent uuid, of_category text, of_importance double precision, at timestamptz, pool integer)
    returns table (memory uuid, value double precision)
    language plpgsql
    stable
    set plan_cache_mode = force_custom_plan
as $$
declare
    org uuid := nullif(current_setting('app.org_id', true), '')::uuid;
begin
    for memory, value in
        select newest.id, word_similarity(sought, newest.content)
        from (select m.id, m.content from core.memories m
              where m.org_id = org
                and (acting is null or m.agent_id is null or m.agent_id = acting)
                and (of_agent is null or m.agent_id = of_agent)
                and (of_category is null or m.category = of_category)
                and (of_importance is null or m.importance >= of_importance)
                and m.valid_from <= at and (m.valid_to is null or m.valid_to > at)
              order by m.id desc limit pool) newest
        where sought <% newest.content
    loop
        return next;
    end loop;
exception when query_canceled then
    memory := null;
    return next;
end
$$;

do $$
declare
    path text := (select 'pg_catalog, ' || quote_ident(n.nspname) || ', pg_temp'
        from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm');
    name text := 'core.memories_newest_by_trigrams(text, uuid, uuid, text, double precision, timestamptz, integer)';
begin
    execute format('alter function %s set search_path = %s', name, path);
    execute format('revoke all on function %s from public', name);
    execute format('grant execute on function %s to %s', name, '${app_role}');
end
$$;
