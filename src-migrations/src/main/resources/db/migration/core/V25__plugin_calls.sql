-- What the platform writes in the transactions of installed plugins. Their sessions are those of the plugin's own role, which reaches
-- nothing of this schema; these functions do, for one transaction of one tenant, and for the bearer of its ticket.
create schema plugin_call;

-- The key that tickets are signed with (HMAC-SHA-256), and the same with the paddings of RFC 2104.
create table core.plugin_call_key (
    key bytea not null,
    inner_key bytea not null,
    outer_key bytea not null
);

do $$
declare
    key bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
        || sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
    inner_key bytea := key;
    outer_key bytea := key;
begin
    for i in 0 .. 63 loop
        inner_key := set_byte(inner_key, i, get_byte(key, i) # 54);
        outer_key := set_byte(outer_key, i, get_byte(key, i) # 92);
    end loop;
    insert into core.plugin_call_key values (key, inner_key, outer_key);
end
$$;

grant select on core.plugin_call_key to ${app_role};

-- The transactions that are open; nothing of it is ever committed.
create unlogged table core.plugin_calls (
    ticket text primary key,
    transaction xid8 not null,
    tenant uuid
);

alter table core.plugin_calls set (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_vacuum_insert_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

create function core.refuse_open_plugin_call() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from core.plugin_calls c where c.ticket = new.ticket) then
        raise exception 'The transaction of a plugin''s call ends with the call' using errcode = '2D000';
    end if;
    return null;
end
$$;

revoke all on function core.refuse_open_plugin_call() from public;

-- At a commit that is not the platform's, and when constraints are made immediate.
create constraint trigger ends_with_the_call after insert on core.plugin_calls
    deferrable initially deferred
    for each row execute function core.refuse_open_plugin_call();

-- Binds this transaction to the tenant that the ticket was signed for, and keeps it from being committed before end_call.
-- A ticket is good for one session of one role, until a time.
create function plugin_call.begin_call(of_org uuid, until bigint, of_ticket text) returns void
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    expected text;
begin
    select encode(sha256(k.outer_key || sha256(k.inner_key || convert_to(
            concat_ws('|', session_user, pg_backend_pid()::text, coalesce(of_org::text, 'none'), until::text), 'UTF8'))), 'hex')
        into strict expected from core.plugin_call_key k;
    if of_ticket is distinct from expected or until < extract(epoch from clock_timestamp()) then
        raise exception 'This is no ticket of the platform for this session' using errcode = '42501';
    end if;
    insert into core.plugin_calls values (of_ticket, pg_current_xact_id(), of_org);
    perform set_config('app.org_id', coalesce(of_org::text, ''), true);
end
$$;

-- Refuses what is not of the ticket's transaction, or of another tenant than the ticket's.
create function core.check_plugin_call(of_ticket text, of_org uuid) returns void
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    bound core.plugin_calls;
begin
    select * into bound from core.plugin_calls c where c.ticket = of_ticket and c.transaction = pg_current_xact_id();
    if not found then
        raise exception 'No call of a plugin is open in this transaction' using errcode = '42501';
    elsif bound.tenant is distinct from of_org then
        raise exception 'This transaction belongs to another organization' using errcode = '42501';
    end if;
end
$$;

revoke all on function core.check_plugin_call(text, uuid) from public;

create function plugin_call.add_event(
    of_ticket text, id uuid, of_org uuid, type text, source text, subject text, data text, actor_id uuid,
    request_id text, synthetic boolean, recorded_at timestamptz) returns void
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.check_plugin_call(of_ticket, of_org);
    insert into core.events (id, org_id, type, source, subject, data, actor_id, request_id, synthetic, recorded_at)
        values (id, of_org, type, source, subject, data::jsonb, actor_id, request_id, synthetic, recorded_at);
end
$$;

create function plugin_call.add_audit_record(
    of_ticket text, id uuid, of_chain uuid, recorded_at timestamptz, user_id uuid, role text, sign_in_id uuid, address text,
    synthetic boolean, method text, path text, source text, action text, resource text, outcome text, status integer,
    kind text, error text, request_id text, request_digest bytea, answer_digest bytea, before_digest bytea,
    after_digest bytea) returns void
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.check_plugin_call(of_ticket, nullif(of_chain, '00000000-0000-0000-0000-000000000000'));
    insert into core.audit_inbox (id, org_id, recorded_at, user_id, role, sign_in_id, address, synthetic, method, path, source,
            action, resource, outcome, status, kind, error, request_id, request_digest, answer_digest, before_digest, after_digest)
        values (id, of_chain, recorded_at, user_id, role, sign_in_id, address, synthetic, method, path, source,
            action, resource::jsonb, outcome, status, kind, error, request_id, request_digest, answer_digest, before_digest,
            after_digest);
end
$$;

create function plugin_call.add_answer(
    of_ticket text, of_org uuid, principal uuid, key text, fingerprint bytea, status integer, media_type text, body bytea)
    returns void
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.check_plugin_call(of_ticket, of_org);
    insert into core.idempotency_keys (org_id, principal, key, fingerprint, status, media_type, body)
        values (of_org, principal, key, fingerprint, status, media_type, body);
end
$$;

-- Lets the transaction be committed.
create function plugin_call.end_call(of_ticket text) returns void
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from core.plugin_calls c where c.ticket = of_ticket and c.transaction = pg_current_xact_id();
    if not found then
        raise exception 'No call of a plugin is open in this transaction' using errcode = '42501';
    end if;
end
$$;

-- To each installed plugin's role when its schema is made.
revoke all on all functions in schema plugin_call from public;
