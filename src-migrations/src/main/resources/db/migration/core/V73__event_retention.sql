-- Events are kept for so many days. They are deleted in the order of the log, so that a cursor tells whether what follows it is there.
create table core.event_log_purges (
    org_id uuid primary key references core.organizations (id) on delete cascade,
    position bigint not null
);
comment on column core.event_log_purges.position is 'The last one of the organization whose event was deleted.';

alter table core.event_log_purges enable row level security;
create policy tenant on core.event_log_purges
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select on core.event_log_purges to ${app_role};

-- Deletes events that are older than so many days, up to so many at a time; one node at a time. Returns how many.
create function core.purge_events(days integer, most integer) returns integer
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    cutoff timestamptz := now() - make_interval(days => days);
    last bigint;
    gone integer := 0;
    others integer := 0;
begin
    if not pg_try_advisory_xact_lock(4773) then
        return 0;
    end if;
    -- The beginning of the log, up to the first event that is kept.
    select max(o.position) into last
      from (select l.position, bool_and(e.id is null or e.recorded_at < cutoff) over (order by l.position) as old
              from (select g.position, g.event_id from core.event_log g order by g.position limit most) l
              left join core.events e on e.id = l.event_id) o
     where o.old;
    if last is not null then
        insert into core.event_log_purges (org_id, position)
            select l.org_id, max(l.position) from core.event_log l
              join core.organizations o on o.id = l.org_id
             where l.position <= last group by l.org_id
            on conflict (org_id) do update set position = excluded.position;
        -- A parked one is attempted once more, found to be gone, and lets those behind it go on.
        update core.event_backlog b set next_at = now()
          from core.event_subscribers s
         where b.subscriber = s.name and b.position <= last and b.attempts > 0 and b.next_at is null;
        with places as (
            delete from core.event_log l where l.position <= last returning l.event_id)
        delete from core.events e using places p where e.id = p.event_id;
        get diagnostics gone = row_count;
    end if;
    -- Those from before there was a log, once the log has no old ones.
    if gone < most then
        with oldest as (
            select e.id, e.recorded_at from core.events e order by e.id limit most)
        delete from core.events e using oldest o
         where e.id = o.id and o.recorded_at < cutoff
           and not exists (select from core.event_log l where l.event_id = e.id)
           and not exists (select from core.event_queue q where q.event_id = e.id);
        get diagnostics others = row_count;
    end if;
    return gone + others;
end
$$;

revoke all on function core.purge_events(integer, integer) from public;
grant execute on function core.purge_events(integer, integer) to ${app_role};
