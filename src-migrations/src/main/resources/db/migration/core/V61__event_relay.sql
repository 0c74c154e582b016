-- The relay of events to durable subscribers. A transaction that writes an event also writes it into the queue; an event gets its
-- position in the log only after that transaction has committed. So positions become visible in their order, and a subscriber that has
-- read up to a position has missed none before it.

create table core.event_queue (
    sequence bigint generated always as identity primary key,
    event_id uuid not null,
    org_id uuid not null
);

-- A queue: its deleted rows are to be vacuumed soon, or each look at its beginning reads them again.
alter table core.event_queue set (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_vacuum_insert_threshold = 2000, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 100000,
    autovacuum_vacuum_cost_delay = 0);

create table core.event_log (
    position bigint primary key,
    event_id uuid not null,
    org_id uuid not null
);

create index event_log_of_org on core.event_log (org_id, position);

-- One row: the last position.
create table core.event_log_head (
    position bigint not null
);
create unique index event_log_head_is_one_row on core.event_log_head ((true));
insert into core.event_log_head values (0);

create table core.event_subscribers (
    name text primary key check (length(name) between 1 and 200),
    position bigint not null,
    lease uuid,
    leased_until timestamptz,
    paused_until timestamptz,
    pauses integer not null default 0,
    created_at timestamptz not null default now()
);
comment on column core.event_subscribers.position is 'Up to here each event is delivered, not wanted, or in event_backlog.';

-- Events that a subscriber could not take, and behind them later ones of the same subject.
create table core.event_backlog (
    subscriber text not null references core.event_subscribers (name) on delete cascade,
    position bigint not null,
    event_id uuid not null,
    org_id uuid not null,
    subject_hash bigint not null,
    attempts integer not null,
    next_at timestamptz,
    failure text check (length(failure) <= 200),
    failed_at timestamptz,
    primary key (subscriber, position)
);
comment on column core.event_backlog.next_at is 'Null: parked when it was attempted, else behind another one of its subject.';

create index event_backlog_of_subject on core.event_backlog (subscriber, subject_hash, position);
create index event_backlog_due on core.event_backlog (subscriber, next_at) where next_at is not null;

alter table core.event_queue enable row level security;
create policy tenant on core.event_queue
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
alter table core.event_log enable row level security;
create policy tenant on core.event_log
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
alter table core.event_backlog enable row level security;
create policy tenant on core.event_backlog
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

grant select on core.event_log, core.event_backlog to ${app_role};

-- A trigger, so that no way of writing an event can forget it. Runs as the owner: nothing else writes the queue.
create function core.queue_event() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into core.event_queue (event_id, org_id) values (new.id, new.org_id);
    return null;
end
$$;

revoke all on function core.queue_event() from public;

create trigger queued after insert on core.events for each row execute function core.queue_event();

-- Gives positions to up to so many events that are committed, in the order in which they were queued. One node at a time; the row of
-- the head is the lock. Of two events of which the first was committed before the second was written, both are visible when the
-- second is, and the first has the lower sequence: their positions have the same order.
create function core.sequence_events(most integer) returns integer
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    head core.event_log_head;
    moved integer;
begin
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

-- Adds a subscriber; it gets what is sequenced from now on. One that is there keeps its position, and its pause ends.
create function core.add_event_subscriber(of_name text) returns void
    language sql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    insert into core.event_subscribers (name, position) select of_name, h.position from core.event_log_head h
        on conflict (name) do update set paused_until = null
$$;

create function core.remove_event_subscriber(of_name text) returns void
    language sql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    delete from core.event_subscribers where name = of_name
$$;

-- Leases a subscriber that has something to do and is nobody's. Returns whether it did.
create function core.claim_event_subscriber(of_name text, new_lease uuid, lease_seconds integer) returns boolean
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    update core.event_subscribers s
       set lease = new_lease, leased_until = now() + make_interval(secs => lease_seconds)
     where s.name = of_name and (s.lease is null or s.leased_until < now())
       and (s.paused_until is null or s.paused_until <= now())
       and (exists (select from core.event_log_head h where h.position > s.position)
            or exists (select from core.event_backlog b where b.subscriber = s.name and b.next_at <= now()));
    return found;
end
$$;

create function core.renew_event_subscriber(of_name text, held uuid, lease_seconds integer) returns void
    language sql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    update core.event_subscribers set leased_until = now() + make_interval(secs => lease_seconds)
     where name = of_name and lease = held
$$;

create function core.release_event_subscriber(of_name text, held uuid) returns void
    language sql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    update core.event_subscribers set lease = null, leased_until = null where name = of_name and lease = held
$$;

-- The row of a subscriber, locked; refuses a lease that is not the current one.
create function core.leased_event_subscriber(of_name text, held uuid) returns core.event_subscribers
    language plpgsql
    volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    s core.event_subscribers;
begin
    select * into s from core.event_subscribers e where e.name = of_name for update;
    if not found or s.lease is distinct from held then
        raise exception 'The lease of the event subscriber % is lost', of_name using errcode = '55000';
    end if;
    return s;
end
$$;

-- What is next for a subscriber: first the attempts that are due, then what follows its position in the log, wanted or not. While its
-- backlog is full nothing new is returned. Extends the lease.
create function core.next_event_deliveries(
    of_name text, held uuid, lease_seconds integer, of_sources text[], of_types text[], most integer, most_backlog integer)
    returns table (at bigint, event_id uuid, org_id uuid, subject_hash bigint, attempts integer, wanted boolean, blocked boolean)
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    s core.event_subscribers := core.leased_event_subscriber(of_name, held);
begin
    update core.event_subscribers e set leased_until = now() + make_interval(secs => lease_seconds) where e.name = of_name;
    return query
        select b.position, b.event_id, b.org_id, b.subject_hash, b.attempts, true, false from core.event_backlog b
         where b.subscriber = of_name and b.next_at <= now() order by b.position limit most;
    if (select count(*) from (select from core.event_backlog b where b.subscriber = of_name limit most_backlog) c) < most_backlog then
        return query
            with next as (
                select l.position, l.event_id, l.org_id,
                        hashtextextended(concat_ws(chr(31), l.org_id, e.source, e.subject), 0) as subject_hash,
                        coalesce(exists (select from unnest(of_sources, of_types) w (source, type)
                            where w.type = e.type and (w.source is null or w.source = e.source)), false) as wanted
                  from (select * from core.event_log g where g.position > s.position order by g.position limit most) l
                  left join core.events e on e.id = l.event_id)
            select n.position, n.event_id, n.org_id, n.subject_hash, 0, n.wanted,
                    n.wanted and exists (select from core.event_backlog b
                        where b.subscriber = of_name and b.subject_hash = n.subject_hash)
              from next n order by n.position;
    end if;
end
$$;

-- An event is delivered, or everything up to it is not wanted. Called in the transaction of the effect, where there is one. Refuses
-- what was settled before.
create function core.event_delivered(of_name text, held uuid, at bigint) returns void
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    s core.event_subscribers := core.leased_event_subscriber(of_name, held);
    gone core.event_backlog;
begin
    if at > s.position then
        update core.event_subscribers e set position = at, paused_until = null, pauses = 0 where e.name = of_name;
        return;
    end if;
    delete from core.event_backlog b where b.subscriber = of_name and b.position = at returning * into gone;
    if not found then
        raise exception 'The event at % was settled before for %', at, of_name using errcode = '55000';
    end if;
    update core.event_backlog b set next_at = now()
     where b.subscriber = of_name and b.position = (select min(o.position) from core.event_backlog o
        where o.subscriber = of_name and o.subject_hash = gone.subject_hash);
end
$$;

-- An attempt failed: another one follows after so many seconds; with null the event is parked.
create function core.event_failed(
    of_name text, held uuid, at bigint, of_event uuid, of_org uuid, of_subject bigint, why text, delay_seconds integer)
    returns void
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    s core.event_subscribers := core.leased_event_subscriber(of_name, held);
begin
    if at > s.position then
        insert into core.event_backlog (subscriber, position, event_id, org_id, subject_hash, attempts, next_at, failure, failed_at)
            values (of_name, at, of_event, of_org, of_subject, 1, now() + make_interval(secs => delay_seconds), why, now());
        update core.event_subscribers e set position = at where e.name = of_name;
    else
        update core.event_backlog b
           set attempts = b.attempts + 1, next_at = now() + make_interval(secs => delay_seconds), failure = why, failed_at = now()
         where b.subscriber = of_name and b.position = at;
    end if;
end
$$;

-- An event waits behind another one of its subject; when there is none any more, it is next.
create function core.event_held_back(of_name text, held uuid, at bigint, of_event uuid, of_org uuid, of_subject bigint) returns void
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
            select from core.event_backlog b where b.subscriber = of_name and b.subject_hash = of_subject) then now() end);
    update core.event_subscribers e set position = at where e.name = of_name and e.position < at;
end
$$;

-- Nothing can be delivered at the moment: gives the subscriber back, and keeps it from being claimed for a time that doubles with each
-- pause in a row. Returns that time in seconds.
create function core.pause_event_subscriber(of_name text, held uuid, first_seconds integer, most_seconds integer) returns integer
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    s core.event_subscribers := core.leased_event_subscriber(of_name, held);
    seconds integer := least(most_seconds, first_seconds * 2 ^ least(s.pauses, 20));
begin
    update core.event_subscribers e
       set lease = null, leased_until = null, pauses = s.pauses + 1,
           paused_until = now() + make_interval(secs => seconds * (1 + random() / 4))
     where e.name = of_name;
    return seconds;
end
$$;

-- The same as core.event_delivered, in the transaction of an installed plugin.
create function plugin_call.event_delivered(of_ticket text, of_org uuid, of_name text, held uuid, at bigint) returns void
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.check_plugin_call(of_ticket, of_org);
    perform core.event_delivered(of_name, held, at);
end
$$;

revoke all on function core.sequence_events(integer), core.add_event_subscriber(text), core.remove_event_subscriber(text),
    core.claim_event_subscriber(text, uuid, integer), core.renew_event_subscriber(text, uuid, integer),
    core.release_event_subscriber(text, uuid),
    core.leased_event_subscriber(text, uuid),
    core.next_event_deliveries(text, uuid, integer, text[], text[], integer, integer),
    core.event_delivered(text, uuid, bigint), core.event_failed(text, uuid, bigint, uuid, uuid, bigint, text, integer),
    core.event_held_back(text, uuid, bigint, uuid, uuid, bigint), core.pause_event_subscriber(text, uuid, integer, integer),
    plugin_call.event_delivered(text, uuid, text, uuid, bigint) from public;
grant execute on function core.sequence_events(integer), core.add_event_subscriber(text), core.remove_event_subscriber(text),
    core.claim_event_subscriber(text, uuid, integer), core.renew_event_subscriber(text, uuid, integer),
    core.release_event_subscriber(text, uuid),
    core.next_event_deliveries(text, uuid, integer, text[], text[], integer, integer),
    core.event_delivered(text, uuid, bigint), core.event_failed(text, uuid, bigint, uuid, uuid, bigint, text, integer),
    core.event_held_back(text, uuid, bigint, uuid, uuid, bigint), core.pause_event_subscriber(text, uuid, integer, integer) to ${app_role};
