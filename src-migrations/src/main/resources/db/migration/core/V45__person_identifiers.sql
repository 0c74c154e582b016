-- Identifiers of people are compared in one normal form, PersonIdentifier of the plugin API. Java computes it: stored columns
-- hold the normal form, and texts are searched by regular expressions that match every spelling. So no result depends on the
-- database's locale.

alter table core.memories add column subject_key text;
alter table core.sessions add column subject_key text;
grant update (subject_key) on core.memories to ${app_role};

-- Depends on the locale. Addresses are stored in normal form.
alter table core.users drop constraint users_email_check;

-- A text as the expressions expect it (PersonIdentifier.plain): in Unicode's normal form NFKD, in which ASCII is what it is, and
-- without what is not displayed.
create function core.plain(what text) returns text
    language sql
    immutable
    parallel safe
as $$
    select case when octet_length(what) = length(what) then what else regexp_replace(normalize(what, NFKD),
        '[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]', '', 'g') end
$$;

-- Whether a text matches an expression of PersonIdentifier.
create function core.matches_person(what text, expression text) returns boolean
    language sql
    immutable
    parallel safe
as $$
    select core.plain(what) collate "C" ~ expression
$$;

-- The same, or whether it holds the id of a user.
create function core.matches_person(what text, of_user uuid, expression text) returns boolean
    language sql
    immutable
    parallel safe
as $$
    select coalesce(position(of_user::text in lower(what)) > 0, false) or coalesce(core.matches_person(what, expression), false)
$$;

-- Bytes as text: UTF-8 or, where they are not, their ASCII.
create function core.text_of(bytes bytea) returns text
    language plpgsql
    immutable
    parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return convert_from(bytes, 'UTF8');
exception when character_not_in_repertoire or untranslatable_character then
    return encode(bytes, 'escape');
end
$$;

drop function core.erase_events(uuid, text, uuid[]);
drop function core.erase_tokens(uuid, text, integer);
drop function core.traces(text, text, text);
drop function core.mentions(text, uuid, text);
drop function core.mentions(text, text);

-- Events stay, since others count on them; whom they speak of is forgotten with all that they say.
create function core.erase_events(of_user uuid, expression text, ids uuid[]) returns bigint
    language sql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    with gone as (
        update core.events e
           set actor_id = case when e.actor_id = of_user then null else e.actor_id end,
               data = '{"erased": true}',
               subject = case when core.matches_person(e.subject, of_user, expression) then 'erased' else e.subject end,
               request_id = case when core.matches_person(e.request_id, of_user, expression) then 'erased' else e.request_id end
         where e.id = any (ids) and e.org_id = nullif(current_setting('app.org_id', true), '')::uuid
        returning 1)
    select count(*) from gone
$$;

create function core.erase_tokens(of_user uuid, expression text, most integer) returns bigint
    language sql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    with picked as (
        select t.id from core.tokens t
         where t.org_id = nullif(current_setting('app.org_id', true), '')::uuid
           and (t.user_id = of_user or core.matches_person(t.name, expression)
                or core.matches_person(t.revoked_reason, expression))
         limit most),
    gone as (
        delete from core.tokens t using picked p where t.id = p.id and t.user_id = of_user returning 1),
    renamed as (
        update core.tokens t
           set name = case when core.matches_person(t.name, expression) then 'erased' else t.name end,
               revoked_reason =
                   case when core.matches_person(t.revoked_reason, expression) then 'erased' else t.revoked_reason end,
               version = t.version + 1
          from picked p
         where t.id = p.id and t.user_id is distinct from of_user
        returning 1)
    select (select count(*) from gone) + (select count(*) from renamed)
$$;

-- In how many rows of one table, of the tenant's, somebody is still spoken of: as text, and in bytes. At most 1000.
create function core.traces(of_schema text, of_table text, expression text) returns bigint
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    number_found bigint;
    in_bytes text;
begin
    select coalesce(string_agg(format(' or core.matches_person(core.text_of(t.%I), $1)', a.attname), ''), '')
      into in_bytes
      from pg_attribute a
     where a.attrelid = format('%I.%I', of_schema, of_table)::regclass and a.attnum > 0 and not a.attisdropped
       and a.atttypid = 'bytea'::regtype;
    execute format('select count(*) from (select from %I.%I t
            where t.org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid
              and (core.matches_person(t::text, $1) %s)
            limit 1000) s', of_schema, of_table, in_bytes)
        into number_found using expression;
    return number_found;
end
$$;

revoke all on function core.erase_events(uuid, text, uuid[]), core.erase_tokens(uuid, text, integer),
    core.traces(text, text, text) from public;
grant execute on function core.erase_events(uuid, text, uuid[]), core.erase_tokens(uuid, text, integer),
    core.traces(text, text, text) to ${app_role};
