-- Privacy: organizations that only their own people see, and what is done when somebody asks about their data.

-- Beside the tenant's own, a transaction sees the one organization that it names: when a platform administrator suspends
-- another one, and when the sandbox is founded.
alter table core.organizations enable row level security;
create policy tenant on core.organizations
    using (id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy named on core.organizations
    using (id = nullif(current_setting('app.named_org_id', true), '')::uuid)
    with check (id = nullif(current_setting('app.named_org_id', true), '')::uuid);

-- Where synthetic users act; asked before a tenant is known.
create function core.sandbox_organization()
    returns uuid
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select id from core.organizations where sandbox
$$;

-- When organizations were founded, the newest first, and nothing else of them.
create function core.organizations_founded(since timestamptz, most integer)
    returns setof timestamptz
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select created_at from core.organizations where created_at >= since and not sandbox order by created_at desc limit most
$$;

revoke all on function core.sandbox_organization(), core.organizations_founded(timestamptz, integer) from public;
grant execute on function core.sandbox_organization(), core.organizations_founded(timestamptz, integer) to ${app_role};

-- What somebody asks about their data, as a job. A lease says who works on it: what was begun under an older one is refused.
create table core.data_requests (
    id                uuid primary key,
    org_id            uuid        not null references core.organizations (id),
    kind              text        not null check (kind in ('access', 'portability', 'erasure')),
    user_id           uuid,
    identifier        text check (length(identifier) between 4 and 320), -- null once it is erased
    identifier_digest bytea, -- keyed, so that whoever brings the identifier again can be believed
    state             text        not null
        check (state in ('queued', 'held', 'running', 'blocked', 'completed')),
    reason            text,
    requested_by      uuid        not null,
    created_at        timestamptz not null,
    due_at            timestamptz not null,
    started_at        timestamptz,
    ended_at          timestamptz,
    lease             uuid,
    leased_until      timestamptz,
    attempts          integer     not null default 0,
    next_at           timestamptz,
    export_until      timestamptz,
    receipt           text,
    version           bigint      not null default 0,
    unique (id, org_id)
);
create index data_requests_newest on core.data_requests (org_id, id desc);
create index data_requests_open on core.data_requests (due_at) where state in ('queued', 'running', 'blocked');
create index data_requests_exported on core.data_requests (export_until) where export_until is not null;

-- How far a job has come with each store.
create table core.data_request_stores (
    request_id uuid   not null,
    org_id     uuid   not null,
    source     text   not null, -- the capability or plugin that answers for the store
    store      text   not null,
    found      bigint not null,
    treated    bigint not null default 0,
    remaining  bigint,
    outcome    text   not null check (outcome in ('pending', 'erased', 'exported', 'kept', 'left')),
    note       text,
    primary key (request_id, source, store),
    foreign key (request_id, org_id) references core.data_requests (id, org_id) on delete cascade
);

-- An export, in parts that each fit into an answer: JSON arrays without their brackets.
create table core.data_exports (
    request_id uuid    not null,
    org_id     uuid    not null,
    source     text    not null,
    part       integer not null,
    content    text    not null,
    primary key (request_id, source, part),
    foreign key (request_id, org_id) references core.data_requests (id, org_id) on delete cascade
);

create table core.legal_holds (
    id             uuid primary key,
    org_id         uuid        not null references core.organizations (id),
    user_id        uuid,
    identifier     text check (length(identifier) between 4 and 320),
    reason         text        not null check (length(reason) between 1 and 500),
    placed_by      uuid        not null,
    placed_at      timestamptz not null,
    cleared_by     uuid,
    cleared_at     timestamptz,
    cleared_reason text check (length(cleared_reason) between 1 and 500),
    version        bigint      not null default 0,
    check ((cleared_at is null) = (cleared_by is null))
);
create index legal_holds_newest on core.legal_holds (org_id, id desc);
create index legal_holds_active on core.legal_holds (org_id) where cleared_at is null;

alter table core.data_requests enable row level security;
create policy tenant on core.data_requests
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
alter table core.data_request_stores enable row level security;
create policy tenant on core.data_request_stores
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
alter table core.data_exports enable row level security;
create policy tenant on core.data_exports
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
alter table core.legal_holds enable row level security;
create policy tenant on core.legal_holds
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

grant select, insert on core.data_requests to ${app_role};
grant update (identifier, state, reason, started_at, ended_at, lease, leased_until, attempts, next_at, export_until, receipt, version)
    on core.data_requests to ${app_role};
grant select, insert, update, delete on core.data_request_stores, core.data_exports to ${app_role};
grant select, insert on core.legal_holds to ${app_role};
grant update (identifier, reason, cleared_by, cleared_at, cleared_reason, version) on core.legal_holds to ${app_role};

-- Takes the most urgent job that nobody works on. Runs as the owner: a node looks for the jobs of all organizations.
create function core.claim_data_request(new_lease uuid, lease_seconds integer)
    returns table (request_id uuid, request_org uuid)
    language sql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    update core.data_requests r
       set state = 'running', lease = new_lease, leased_until = now() + make_interval(secs => lease_seconds),
           attempts = r.attempts + 1, started_at = coalesce(r.started_at, now()), version = r.version + 1
     where r.id = (select q.id from core.data_requests q
                   where q.state = 'queued' or (q.state = 'blocked' and q.next_at <= now())
                      or (q.state = 'running' and q.leased_until < now())
                   order by q.due_at, q.id for update skip locked limit 1)
    returning r.id, r.org_id
$$;

-- Deletes exports whose time is over, at most so many parts.
create function core.purge_data_exports(most integer) returns bigint
    language sql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    with gone as (
        delete from core.data_exports where (request_id, source, part) in (
            select e.request_id, e.source, e.part from core.data_exports e
              join core.data_requests r on r.id = e.request_id
             where r.export_until < now() limit most for update of e skip locked)
        returning 1)
    select count(*) from gone
$$;

-- Whether a text speaks of somebody, in large or small letters, and not merely amid a longer word. JSON's escapes are no words.
-- Without a search path of its own, so that the planner can take it into the query.
create function core.mentions(what text, who text) returns boolean
    language sql
    immutable
    parallel safe
as $$
    select position(lower(who) in lower(what)) > 0
       and regexp_replace(what, '\\+[a-z]', ' ', 'g') ~* (
           '(^|[^[:alnum:]])' || regexp_replace(who, '([][\\.^$|?*+(){}])', '\\\1', 'g') || '($|[^[:alnum:]])')
$$;

-- The same of a user or, where there is one, of an identifier.
create function core.mentions(what text, of_user uuid, identifier text) returns boolean
    language sql
    immutable
    parallel safe
as $$
    select coalesce(core.mentions(what, of_user::text), false) or coalesce(core.mentions(what, identifier), false)
$$;

-- Events stay, since others count on them; whom they speak of is forgotten with all that they say.
create function core.erase_events(of_user uuid, identifier text, ids uuid[]) returns bigint
    language sql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    with gone as (
        update core.events e
           set actor_id = case when e.actor_id = of_user then null else e.actor_id end,
               data = '{"erased": true}',
               subject = case when core.mentions(e.subject, of_user, identifier) then 'erased' else e.subject end,
               request_id = case when core.mentions(e.request_id, of_user, identifier) then 'erased' else e.request_id end
         where e.id = any (ids) and e.org_id = nullif(current_setting('app.org_id', true), '')::uuid
        returning 1)
    select count(*) from gone
$$;

create function core.erase_tokens(of_user uuid, identifier text, most integer) returns bigint
    language sql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    with picked as (
        select t.id from core.tokens t
         where t.org_id = nullif(current_setting('app.org_id', true), '')::uuid
           and (t.user_id = of_user or core.mentions(t.name, identifier) or core.mentions(t.revoked_reason, identifier))
         limit most),
    gone as (
        delete from core.tokens t using picked p where t.id = p.id and t.user_id = of_user returning 1),
    renamed as (
        update core.tokens t
           set name = case when core.mentions(t.name, identifier) then 'erased' else t.name end,
               revoked_reason = case when core.mentions(t.revoked_reason, identifier) then 'erased' else t.revoked_reason end,
               version = t.version + 1
          from picked p
         where t.id = p.id and t.user_id is distinct from of_user
        returning 1)
    select (select count(*) from gone) + (select count(*) from renamed)
$$;

create function core.erase_sign_ins(of_user uuid, most integer) returns bigint
    language sql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    with gone as (
        delete from core.sign_ins where id in (
            select s.id from core.sign_ins s
             where s.org_id = nullif(current_setting('app.org_id', true), '')::uuid and s.user_id = of_user limit most)
        returning 1)
    select count(*) from gone
$$;

-- Whether somebody who left all organizations still has a name here.
create function core.user_is_left(of_user uuid) returns boolean
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select from core.users u
         where u.id = of_user and not u.platform_admin and u.email is distinct from 'erased-' || u.id || '@erased.invalid'
           and not exists (select from core.memberships m where m.user_id = u.id))
$$;

-- Makes the account of somebody who left all organizations nobody's: bookkeeping and audit go on to name its id.
create function core.erase_user(of_user uuid) returns bigint
    language sql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    with gone as (
        update core.users u
           set email = 'erased-' || u.id || '@erased.invalid', name = 'Erased', password_hash = null, issuer = null,
               subject = null, status = 'disabled', version = u.version + 1
         where u.id = of_user and not u.synthetic and core.user_is_left(of_user)
        returning 1)
    select count(*) from gone
$$;

-- Whether a schema holds anything of the tenant's, or rows that are no tenant's.
create function core.holds_tenants_rows(of_schema text) returns boolean
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    stored record;
    found_any boolean;
begin
    for stored in
        select c.oid::regclass as name, exists (
                select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped) as separated
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = of_schema and c.relkind in ('r', 'p') and c.relname <> 'flyway_schema_history'
    loop
        execute format('select exists (select from %s t %s)', stored.name,
                case when stored.separated then 'where t.org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid' else '' end)
            into found_any;
        if found_any then
            return true;
        end if;
    end loop;
    return false;
end
$$;

-- In how many rows of one table, of the tenant's, somebody is still spoken of: as text, and as bytes. At most 1000.
create function core.traces(of_schema text, of_table text, identifier text) returns bigint
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    number_found bigint;
begin
    execute format('select count(*) from (select from %I.%I t
            where t.org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid
              and (position(lower($1) in lower(t::text)) > 0 and core.mentions(t::text, $1) or position($2 in t::text) > 0)
            limit 1000) s', of_schema, of_table)
        into number_found using identifier, encode(convert_to(identifier, 'UTF8'), 'hex');
    return number_found;
end
$$;

revoke all on function core.claim_data_request(uuid, integer), core.purge_data_exports(integer),
    core.erase_events(uuid, text, uuid[]), core.erase_tokens(uuid, text, integer), core.erase_sign_ins(uuid, integer),
    core.user_is_left(uuid), core.erase_user(uuid), core.holds_tenants_rows(text), core.traces(text, text, text) from public;
grant execute on function core.claim_data_request(uuid, integer), core.purge_data_exports(integer),
    core.erase_events(uuid, text, uuid[]), core.erase_tokens(uuid, text, integer), core.erase_sign_ins(uuid, integer),
    core.user_is_left(uuid), core.erase_user(uuid), core.holds_tenants_rows(text), core.traces(text, text, text) to ${app_role};

-- Who made an agent may be forgotten; and what is kept of a call's answer, not that there was a call.
alter table core.agents alter column created_by drop not null;
grant update (created_by) on core.agents to ${app_role};
grant update (media_type, body) on core.idempotency_keys to ${app_role};
