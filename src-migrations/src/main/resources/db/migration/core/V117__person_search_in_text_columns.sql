-- The search for a person's identifier reads text columns only. In a row cast to text, an identifier of digits also matches ids,
-- positions, microseconds and vectors, which would block an erasure for ever.

-- Whether values of a type may contain text: all types except UUIDs, numbers, times, booleans, ranges, geometry, bits, vectors and
-- arrays of these. Unknown types are searched.
create function plugin_call.holds_text(of_type oid) returns boolean
    language sql
    stable
    strict
    parallel safe
    set search_path = pg_catalog, pg_temp
as $$
    select case
            when t.typbasetype <> 0 then plugin_call.holds_text(t.typbasetype)
            when t.typcategory = 'A' then plugin_call.holds_text(t.typelem)
            else t.typcategory not in ('N', 'D', 'T', 'B', 'R', 'G', 'V')
                and t.oid not in ('uuid'::regtype, 'tsvector'::regtype, 'tsquery'::regtype)
                and not (t.typcategory = 'U' and t.typname in ('vector', 'halfvec', 'sparsevec'))
        end
      from pg_type t
     where t.oid = of_type
$$;

revoke all on function plugin_call.holds_text(oid) from public;

create or replace function core.traces(of_schema text, of_table text, expression text) returns bigint
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    number_found bigint;
    texts text;
begin
    select string_agg(
            case when a.atttypid = 'bytea'::regtype then format('core.text_of(t.%I)', a.attname)
                else format('t.%I::text', a.attname) end, ', ' order by a.attnum)
      into texts
      from pg_attribute a
     where a.attrelid = format('%I.%I', of_schema, of_table)::regclass and a.attnum > 0 and not a.attisdropped
       and plugin_call.holds_text(a.atttypid);
    if texts is null then
        return 0;
    end if;
    execute format('select count(*) from (select from %I.%I t
            where t.org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid
              and core.matches_person(array_to_string(array[%s], e''\n''), $1)
            limit 1000) s', of_schema, of_table, texts)
        into number_found using expression;
    return number_found;
end
$$;
