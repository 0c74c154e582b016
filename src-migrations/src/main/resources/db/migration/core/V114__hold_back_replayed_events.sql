-- As before, but an event may be in the backlog already, for example when it is replayed. Its attempts are reset, since it waits
-- behind another event of its subject.
create or replace function core.event_held_back(of_name text, held uuid, at bigint, of_event uuid, of_org uuid, of_subject bigint) returns void
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    s core.event_subscribers := core.leased_event_subscriber(of_name, held);
begin
    insert into core.event_backlog (subscriber, position, event_id, org_id, subject_hash, attempts, next_at)
        values (of_name, at, of_event, of_org, of_subject, 0, case when not exists (
            select from core.event_backlog b
             where b.subscriber = of_name and b.subject_hash = of_subject and b.position <> at) then now() end)
        on conflict (subscriber, position) do update set attempts = 0, next_at = excluded.next_at;
    update core.event_subscribers e set position = at where e.name = of_name and e.position < at;
end
$$;
