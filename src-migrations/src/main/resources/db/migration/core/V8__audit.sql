-- Who did what. A record is written into the inbox in the transaction of its effect, which no other transaction waits for, and
-- is moved behind the last one of its chain a moment later. There is a chain for each organization, and one for what belongs
-- to none: that of the id 0.
create table core.audit_inbox (
    id uuid not null,
    org_id uuid not null,
    recorded_at timestamptz not null,
    user_id uuid,
    role text,
    sign_in_id uuid,
    address text,
    synthetic boolean not null,
    method text not null,
    path text not null,
    source text not null,
    action text,
    resource jsonb not null,
    outcome text not null check (outcome in ('done', 'replayed', 'refused', 'failed')),
    status integer,
    kind text,
    error text,
    request_id text not null,
    request_digest bytea,
    answer_digest bytea,
    before_digest bytea,
    after_digest bytea
);

-- A queue: what was moved is to be forgotten soon, or each look at the queue reads it again.
alter table core.audit_inbox set (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_vacuum_insert_threshold = 2000, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 100000,
    autovacuum_vacuum_cost_delay = 0);

create table core.audit_events (
    like core.audit_inbox including constraints,
    position bigint not null,
    previous bytea not null,
    hash bytea not null,
    primary key (org_id, position)
);

create index audit_events_of_request on core.audit_events (org_id, request_id);
create index audit_events_of_user on core.audit_events (org_id, user_id, position);
create index audit_events_recorded on core.audit_events (org_id, recorded_at);

-- Where each chain begins, since old records are dropped, and where it ends.
create table core.audit_chains (
    org_id uuid primary key,
    first_position bigint not null,
    first_previous bytea not null,
    position bigint not null,
    hash bytea not null
);

alter table core.audit_inbox enable row level security;
alter table core.audit_events enable row level security;
alter table core.audit_chains enable row level security;

create function core.audit_chain() returns uuid
language sql stable as $$
    select coalesce(nullif(current_setting('app.org_id', true), ''), '00000000-0000-0000-0000-000000000000')::uuid;
$$;

create policy tenant on core.audit_inbox using (org_id = core.audit_chain()) with check (org_id = core.audit_chain());
create policy tenant on core.audit_events using (org_id = core.audit_chain()) with check (org_id = core.audit_chain());
create policy tenant on core.audit_chains using (org_id = core.audit_chain()) with check (org_id = core.audit_chain());

-- Nothing of it may be changed by the role that serves requests, nor anything put into a chain but through the inbox.
grant insert on core.audit_inbox to ${app_role};
grant select on core.audit_events, core.audit_chains to ${app_role};

-- What is hashed: the hash of the record before, and this one as a JSON array in PostgreSQL's way of writing it.
create function core.audit_hash(e core.audit_events) returns bytea
language sql stable set search_path = pg_catalog as $$
    select sha256(e.previous || convert_to(jsonb_build_array(
        e.org_id, e.position, e.id, to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        e.user_id, e.role, e.sign_in_id, e.address, e.synthetic, e.method, e.path, e.source, e.action, e.resource,
        e.outcome, e.status, e.kind, e.error, e.request_id, encode(e.request_digest, 'hex'), encode(e.answer_digest, 'hex'),
        encode(e.before_digest, 'hex'), encode(e.after_digest, 'hex'))::text, 'UTF8'));
$$;

-- Moves up to so many records from the inbox into their chains, in the order in which they became visible, those of one look
-- by their ids. Runs as the owner: a timer has no tenant. One node at a time; the others have nothing to do meanwhile.
create function core.seal_audit(most integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
    entry core.audit_inbox;
    link core.audit_events;
    head core.audit_chains;
    moved integer := 0;
begin
    if not pg_try_advisory_xact_lock(4712, 1) then
        return 0;
    end if;
    for entry in
        with taken as (
            delete from core.audit_inbox where ctid = any (array(select ctid from core.audit_inbox limit most)) returning *)
        select * from taken order by org_id, id
    loop
        if head.org_id is distinct from entry.org_id then
            update core.audit_chains set position = head.position, hash = head.hash where org_id = head.org_id;
            insert into core.audit_chains values (entry.org_id, 1, '', 0, '') on conflict do nothing;
            select * into head from core.audit_chains where org_id = entry.org_id for update;
        end if;
        select entry.*, head.position + 1, head.hash, ''::bytea into link;
        link.hash := core.audit_hash(link);
        insert into core.audit_events select link.*;
        head.position := link.position;
        head.hash := link.hash;
        moved := moved + 1;
    end loop;
    update core.audit_chains set position = head.position, hash = head.hash where org_id = head.org_id;
    return moved;
end
$$;

-- Walks up to so many records of a chain behind a position. A stable function sees one state from its first query to its last.
create function core.verify_audit(
    of_org uuid, after bigint, most integer,
    out checked integer, out reached bigint, out last_position bigint, out last_hash bytea,
    out broken_at bigint, out broken_how text)
language plpgsql stable as $$
declare
    chain core.audit_chains;
    e core.audit_events;
    previous bytea;
begin
    checked := 0;
    select * into chain from core.audit_chains c where c.org_id = of_org;
    if not found then
        reached := 0;
        last_position := 0;
        last_hash := '';
        if exists (select 1 from core.audit_events a where a.org_id = of_org) then
            broken_at := 1;
            broken_how := 'head';
        end if;
        return;
    end if;
    last_position := chain.position;
    last_hash := chain.hash;
    reached := least(after, chain.position);
    if reached < chain.first_position then
        reached := chain.first_position - 1;
        previous := chain.first_previous;
        if exists (select 1 from core.audit_events a where a.org_id = of_org and a.position < chain.first_position) then
            broken_at := chain.first_position;
            broken_how := 'head';
            return;
        end if;
    else
        select a.hash into previous from core.audit_events a where a.org_id = of_org and a.position = reached;
        if not found then
            broken_at := reached;
            broken_how := 'missing';
            return;
        end if;
    end if;
    for e in select * from core.audit_events a where a.org_id = of_org and a.position > reached order by a.position limit most
    loop
        broken_how := case
            when e.position <> reached + 1 then 'missing'
            when e.previous <> previous then 'unlinked'
            when e.hash <> core.audit_hash(e) then 'altered' end;
        if broken_how is not null then
            broken_at := reached + 1;
            return;
        end if;
        checked := checked + 1;
        reached := e.position;
        previous := e.hash;
    end loop;
    if checked < most and reached < chain.position then
        broken_at := reached + 1;
        broken_how := 'missing';
    elsif reached > chain.position or (reached = chain.position and previous <> chain.hash) then
        broken_at := reached;
        broken_how := 'head';
    end if;
end
$$;

-- Drops records from the beginnings of the chains, and keeps the hash that what is left builds upon. Whoever calls it cannot
-- drop what is younger than thirty days.
create function core.purge_audit(before timestamptz, most integer) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
    chain core.audit_chains;
    young bigint;
    dropped bigint := 0;
    latest timestamptz := least(before, now() - interval '30 days');
begin
    for chain in
        select * from core.audit_chains c
            where exists (select 1 from core.audit_events e
                where e.org_id = c.org_id and e.position = c.first_position and e.recorded_at < latest)
            limit most for update skip locked
    loop
        exit when dropped >= most;
        select min(e.position) into young from (
            select position, recorded_at from core.audit_events
                where org_id = chain.org_id order by position limit most) e
            where e.recorded_at >= latest;
        if young is null then
            select max(e.position) + 1 into young from (
                select position from core.audit_events where org_id = chain.org_id order by position limit most) e;
        end if;
        update core.audit_chains set first_position = young,
            first_previous = (select hash from core.audit_events where org_id = chain.org_id and position = young - 1)
            where org_id = chain.org_id;
        delete from core.audit_events where org_id = chain.org_id and position < young;
        dropped := dropped + young - chain.first_position;
    end loop;
    return dropped;
end
$$;

revoke execute on function core.seal_audit(integer), core.purge_audit(timestamptz, integer) from public;
grant execute on function core.seal_audit(integer), core.purge_audit(timestamptz, integer) to ${app_role};
