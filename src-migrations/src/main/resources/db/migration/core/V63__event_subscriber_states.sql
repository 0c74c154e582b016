-- How far subscribers are. Runs as the owner: a subscriber gets the events of all tenants, and only numbers leave here.
create function core.event_subscriber_states(most integer)
    returns table (name text, behind bigint, retrying bigint, parked bigint, waiting bigint, oldest_failure timestamptz,
        paused_until timestamptz)
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select s.name, h.position - s.position,
            count(*) filter (where b.attempts > 0 and b.next_at is not null),
            count(*) filter (where b.attempts > 0 and b.next_at is null),
            count(*) filter (where b.attempts = 0),
            min(b.failed_at), case when s.paused_until > now() then s.paused_until end
      from core.event_subscribers s cross join core.event_log_head h
      left join core.event_backlog b on b.subscriber = s.name
     group by s.name, s.position, s.paused_until, h.position
     order by s.name limit most
$$;

-- Lets parked events of a subscriber be attempted again, and ends its pause. Returns how many; null when there is no such subscriber.
create function core.replay_event_subscriber(of_name text) returns integer
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    replayed integer;
begin
    update core.event_subscribers s set paused_until = null where s.name = of_name;
    if not found then
        return null;
    end if;
    update core.event_backlog b set next_at = now()
     where b.subscriber = of_name and b.attempts > 0 and b.next_at is null;
    get diagnostics replayed = row_count;
    return replayed;
end
$$;

revoke all on function core.event_subscriber_states(integer), core.replay_event_subscriber(text) from public;
grant execute on function core.event_subscriber_states(integer), core.replay_event_subscriber(text) to ${app_role};
