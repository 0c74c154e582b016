-- Calls of people who are known, each explained in a few words, for some hours. A record is written a moment after its call, by
-- nobody who waits for it, and may be missing.
create table core.requests (
    id         uuid        primary key,
    org_id     uuid        not null,
    request_id text        not null,
    user_id    uuid,
    call       jsonb       not null
);
comment on column core.requests.id is 'A UUIDv7 of the time at which the call was over: the primary key is the index by time, too.';

create index requests_by_request on core.requests (org_id, request_id, id desc);

-- Filled all the time and emptied from its beginning.
alter table core.requests set (
    autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.2);

alter table core.requests enable row level security;
create policy tenant on core.requests
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, delete on core.requests to ${app_role};

-- Writes the calls of all organizations at once. Runs as the owner: the writer has no tenant. Nobody waits for the disk: what a
-- crash of PostgreSQL takes with it is a fraction of a second.
create function core.record_requests(calls jsonb) returns integer
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
    written integer;
begin
    perform set_config('synchronous_commit', 'off', true);
    insert into core.requests (id, org_id, request_id, user_id, call)
        select r.id, r.org_id, r.request_id, r.user_id, r.call
            from jsonb_to_recordset(calls) as r (id uuid, org_id uuid, request_id text, user_id uuid, call jsonb)
        on conflict do nothing;
    get diagnostics written = row_count;
    return written;
end
$$;

-- Drops calls that were over before the time in an id. Runs as the owner: a timer has no tenant, and sees no tenant's rows.
create function core.purge_requests(before uuid, most integer) returns bigint
language sql volatile security definer set search_path = pg_catalog as $$
    with gone as (
        delete from core.requests
            where id in (select id from core.requests where id < before order by id limit most for update skip locked)
            returning 1)
    select count(*) from gone;
$$;

revoke execute on function core.record_requests(jsonb), core.purge_requests(uuid, integer) from public;
grant execute on function core.record_requests(jsonb), core.purge_requests(uuid, integer) to ${app_role};
