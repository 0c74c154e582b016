-- A cursor of the log is an epoch and a position. Whoever goes back to an older state of the database draws another epoch, so that
-- cursors of the lost state are refused instead of skipping events: update core.event_log_head set epoch = gen_random_uuid().
alter table core.event_log_head add column epoch uuid not null default gen_random_uuid();

grant select on core.event_log_head to ${app_role};

-- As before, but without locking the head when the queue is empty: each node looks once a second.
create or replace function core.sequence_events(most integer) returns integer
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    head core.event_log_head;
    moved integer;
begin
    if not exists (select from core.event_queue) then
        return 0;
    end if;
    select * into strict head from core.event_log_head for update;
    -- A new statement: it sees what was committed while this one waited for the lock.
    with taken as (
        delete from core.event_queue where sequence = any (
            array(select q.sequence from core.event_queue q order by q.sequence limit most)) returning *)
    insert into core.event_log (position, event_id, org_id)
        select head.position + row_number() over (order by t.sequence), t.event_id, t.org_id from taken t;
    get diagnostics moved = row_count;
    if moved > 0 then
        update core.event_log_head set position = head.position + moved;
    end if;
    return moved;
end
$$;
