-- When an answer expires. Existing answers get another day.
alter table core.idempotency_keys add column expires_at timestamptz not null default now() + interval '24 hours';
drop index core.idempotency_keys_oldest;
create index idempotency_keys_expiring on core.idempotency_keys (expires_at);

-- Whether a workflow step may still repeat the call with this key, because its run has not ended. Such a key does not expire, since a
-- run may continue after days, by a retry or when the nodes are back. Only keys of the user as whom the run's steps act count.
create function core.key_of_open_run(of_org uuid, of_principal uuid, of_key text) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    if of_key !~ '^run-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-' then
        return false;
    end if;
    return exists (
        select from core.workflow_runs r
         where r.org_id = of_org and r.id = substr(of_key, 5, 36)::uuid and r.started_by = of_principal and r.ended_at is null);
end
$$;

-- Locks the key for the rest of the transaction, unless another transaction holds it, and returns the answer stored for it.
-- The lock comes first: each statement in a volatile function sees what was committed before it began. An expired answer is
-- ignored here, not deleted: an installed plugin's transaction stores the next one in another session, which would wait for the deletion.
create or replace function core.claim_idempotency_key(
    of_org uuid, of_principal uuid, of_key text,
    out claimed boolean, out fingerprint bytea, out status integer, out media_type text, out body bytea)
language plpgsql volatile as $$
begin
    claimed := pg_try_advisory_xact_lock(hashtextextended(of_org || '/' || of_principal || '/' || of_key, 4711));
    if claimed then
        select k.fingerprint, k.status, k.media_type, k.body into fingerprint, status, media_type, body
            from core.idempotency_keys k
            where k.org_id = of_org and k.principal = of_principal and k.key = of_key
                and (k.expires_at >= now() or core.key_of_open_run(k.org_id, k.principal, k.key));
    end if;
end
$$;

-- Deletes the expired answer in the session that stores the new one. Its transaction may have begun before the one that claimed the key.
create function core.replace_expired_answer() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    delete from core.idempotency_keys k
        where k.org_id = new.org_id and k.principal = new.principal and k.key = new.key and k.expires_at < clock_timestamp()
            and not core.key_of_open_run(k.org_id, k.principal, k.key);
    return new;
end
$$;

create trigger replaces_expired before insert on core.idempotency_keys
    for each row execute function core.replace_expired_answer();

-- Runs as the owner: a timer has no tenant, and so sees no rows. Keys of runs that have not ended get another day, so that each is
-- checked once a day. Returns the number of due rows.
create or replace function core.purge_idempotency_keys(most integer) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with due as materialized (
        select k.org_id, k.principal, k.key, core.key_of_open_run(k.org_id, k.principal, k.key) as needed
            from core.idempotency_keys k
            where k.expires_at < now() order by k.expires_at limit most
            for update skip locked),
    kept as (
        update core.idempotency_keys k set expires_at = now() + interval '24 hours'
            from due d
            where d.needed and k.org_id = d.org_id and k.principal = d.principal and k.key = d.key),
    gone as (
        delete from core.idempotency_keys k using due d
            where not d.needed and k.org_id = d.org_id and k.principal = d.principal and k.key = d.key)
    select count(*) from due;
$$;

revoke all on function core.key_of_open_run(uuid, uuid, text), core.replace_expired_answer() from public;
grant execute on function core.key_of_open_run(uuid, uuid, text) to ${app_role};
