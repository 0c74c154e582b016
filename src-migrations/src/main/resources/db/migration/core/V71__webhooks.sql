-- Webhooks: servers that get the events of an organization. Each is a subscriber of the relay that gets the events of one
-- organization only.
alter table core.event_subscribers add column org_id uuid references core.organizations (id) on delete cascade;
comment on column core.event_subscribers.org_id is 'Whose events alone it gets; null for those of all.';
alter table core.event_subscribers enable row level security;
create policy tenant on core.event_subscribers
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

create table core.webhooks (
    id uuid primary key,
    org_id uuid not null references core.organizations (id) on delete cascade,
    url text not null check (length(url) between 1 and 1000),
    description text check (length(description) <= 200),
    types text check (length(types) <= 10000),
    secret bytea not null,
    previous_secret bytea,
    previous_secret_until timestamptz,
    enabled boolean not null,
    failing_since timestamptz,
    paused_at timestamptz,
    paused_reason text check (length(paused_reason) <= 200),
    created_at timestamptz not null,
    changed_at timestamptz not null,
    version bigint not null default 0,
    unique (org_id, id)
);
comment on column core.webhooks.types is 'With commas between them; null for all.';

-- One row for each attempt, so many of each webhook.
create table core.webhook_deliveries (
    id uuid primary key,
    org_id uuid not null,
    webhook_id uuid not null,
    position bigint,
    event_id uuid not null,
    event_type text not null,
    attempted_at timestamptz not null,
    duration_millis bigint not null,
    outcome text not null check (outcome in ('delivered', 'failed', 'unreachable')),
    status integer,
    error text check (length(error) <= 200),
    answer text check (length(answer) <= 1000),
    foreign key (org_id, webhook_id) references core.webhooks (org_id, id) on delete cascade
);
comment on column core.webhook_deliveries.position is 'The event''s place in the log; null for a test, which is in no log.';
create index webhook_deliveries_newest on core.webhook_deliveries (org_id, webhook_id, id desc);

alter table core.webhooks enable row level security;
create policy tenant on core.webhooks
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.webhooks to ${app_role};
grant update (url, description, types, secret, previous_secret, previous_secret_until, enabled, failing_since, paused_at,
    paused_reason, changed_at, version) on core.webhooks to ${app_role};

alter table core.webhook_deliveries enable row level security;
create policy tenant on core.webhook_deliveries
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.webhook_deliveries to ${app_role};
grant update (answer) on core.webhook_deliveries to ${app_role};

-- Adds a subscriber that gets the events of one organization, from now on.
create function core.add_event_subscriber(of_name text, of_org uuid) returns void
    language sql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    insert into core.event_subscribers (name, position, org_id) select of_name, h.position, of_org from core.event_log_head h
$$;

-- Ends the pause of a subscriber of the tenant, and takes its lease away: who delivers stops, and begins anew with what is known
-- by then.
create function core.restart_event_subscriber(of_name text) returns void
    language sql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    update core.event_subscribers s set lease = null, leased_until = null, paused_until = null, pauses = 0
     where s.name = of_name and s.org_id = nullif(current_setting('app.org_id', true), '')::uuid
$$;

-- Webhooks that have something to do and are served by no node, so many of them, by chance: none waits for ever behind others.
create function core.due_webhooks(most integer) returns table (id uuid, org_id uuid, types text)
    language sql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select w.id, w.org_id, w.types
      from core.webhooks w join core.event_subscribers s on s.name = 'webhook:' || w.id
     where w.enabled and w.paused_at is null
       and (s.lease is null or s.leased_until < now())
       and (s.paused_until is null or s.paused_until <= now())
       and (exists (select from core.event_log l where l.org_id = w.org_id and l.position > s.position)
            or exists (select from core.event_backlog b where b.subscriber = s.name and b.next_at <= now()))
     order by random() limit most
$$;

-- Lets a delivery of a webhook be attempted once more. Returns whether its event is still there.
create function core.replay_webhook_delivery(of_webhook uuid, at bigint) returns boolean
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    s core.event_subscribers;
begin
    update core.event_subscribers e set paused_until = null
     where e.name = 'webhook:' || of_webhook and e.org_id = nullif(current_setting('app.org_id', true), '')::uuid
    returning * into s;
    if not found then
        return false;
    end if;
    insert into core.event_backlog (subscriber, position, event_id, org_id, subject_hash, attempts, next_at)
        select s.name, l.position, l.event_id, l.org_id,
                hashtextextended(concat_ws(chr(31), l.org_id, e.source, e.subject), 0), 0, now()
          from core.event_log l join core.events e on e.id = l.event_id
         where l.position = at and l.org_id = s.org_id and at <= s.position
        on conflict (subscriber, position) do update set next_at = now() where core.event_backlog.attempts > 0;
    -- What the position has not passed is next anyway.
    return exists (select from core.event_log l join core.events e on e.id = l.event_id
                    where l.position = at and l.org_id = s.org_id);
end
$$;

-- As before; a subscriber of one organization has something to do when that one's log goes on.
create or replace function core.claim_event_subscriber(of_name text, new_lease uuid, lease_seconds integer) returns boolean
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
       and ((s.org_id is null and exists (select from core.event_log_head h where h.position > s.position))
            or (s.org_id is not null
                and exists (select from core.event_log l where l.org_id = s.org_id and l.position > s.position))
            or exists (select from core.event_backlog b where b.subscriber = s.name and b.next_at <= now()));
    return found;
end
$$;

-- As before; of one organization's log for a subscriber that gets no other, and with null for every type.
create or replace function core.next_event_deliveries(
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
                            where (w.type is null or w.type = e.type) and (w.source is null or w.source = e.source))
                            and e.id is not null, false) as wanted
                  from ((select * from core.event_log g
                          where s.org_id is null and g.position > s.position order by g.position limit most)
                        union all
                        (select * from core.event_log g
                          where g.org_id = s.org_id and g.position > s.position order by g.position limit most)) l
                  left join core.events e on e.id = l.event_id)
            select n.position, n.event_id, n.org_id, n.subject_hash, 0, n.wanted,
                    n.wanted and exists (select from core.event_backlog b
                        where b.subscriber = of_name and b.subject_hash = n.subject_hash)
              from next n order by n.position;
    end if;
end
$$;

-- As before, without the subscribers of other organizations; of one organization's up to 10,000 events are counted.
create or replace function core.event_subscriber_states(most integer)
    returns table (name text, behind bigint, retrying bigint, parked bigint, waiting bigint, oldest_failure timestamptz,
        paused_until timestamptz)
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select s.name,
            case when s.org_id is null then h.position - s.position
                else (select count(*) from (select from core.event_log l
                    where l.org_id = s.org_id and l.position > s.position limit 10000) c) end,
            count(*) filter (where b.attempts > 0 and b.next_at is not null),
            count(*) filter (where b.attempts > 0 and b.next_at is null),
            count(*) filter (where b.attempts = 0),
            min(b.failed_at), case when s.paused_until > now() then s.paused_until end
      from core.event_subscribers s cross join core.event_log_head h
      left join core.event_backlog b on b.subscriber = s.name
     where s.org_id is null or s.org_id = nullif(current_setting('app.org_id', true), '')::uuid
     group by s.name, s.position, s.org_id, s.paused_until, h.position
     order by s.name limit most
$$;

create or replace function core.replay_event_subscriber(of_name text) returns integer
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    replayed integer;
begin
    update core.event_subscribers s set paused_until = null
     where s.name = of_name and (s.org_id is null or s.org_id = nullif(current_setting('app.org_id', true), '')::uuid);
    if not found then
        return null;
    end if;
    update core.event_backlog b set next_at = now()
     where b.subscriber = of_name and b.attempts > 0 and b.next_at is null;
    get diagnostics replayed = row_count;
    return replayed;
end
$$;

revoke all on function core.add_event_subscriber(text, uuid), core.restart_event_subscriber(text), core.due_webhooks(integer),
    core.replay_webhook_delivery(uuid, bigint) from public;
grant execute on function core.add_event_subscriber(text, uuid), core.restart_event_subscriber(text), core.due_webhooks(integer),
    core.replay_webhook_delivery(uuid, bigint) to ${app_role};
