-- Whether a step of a workflow's run sent the key. Only such a key is kept until its run has ended: any other client may send one of
-- the same form. Null in rows of earlier versions, whose keys are judged by their form as before.
alter table core.idempotency_keys add column of_run boolean;

-- As before, but only for keys of runs.
create or replace function core.claim_idempotency_key(
    of_org uuid, of_principal uuid, of_key text,
    out claimed boolean, out fingerprint bytea, out status integer, out media_type text, out body bytea, out headers jsonb)
language plpgsql volatile as $$
begin
    claimed := pg_try_advisory_xact_lock(hashtextextended(of_org || '/' || of_principal || '/' || of_key, 4711));
    if claimed then
        select k.fingerprint, k.status, k.media_type, k.body, k.headers into fingerprint, status, media_type, body, headers
            from core.idempotency_keys k
            where k.org_id = of_org and k.principal = of_principal and k.key = of_key
                and (k.expires_at >= now()
                    or (k.of_run is not false and core.key_of_open_run(k.org_id, k.principal, k.key)));
    end if;
end
$$;

-- As before, but only for keys of runs.
create or replace function core.replace_expired_answer() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    delete from core.idempotency_keys k
        where k.org_id = new.org_id and k.principal = new.principal and k.key = new.key and k.expires_at < clock_timestamp()
            and not (k.of_run is not false and core.key_of_open_run(k.org_id, k.principal, k.key));
    return new;
end
$$;

-- As before, but only for keys of runs.
create or replace function core.purge_idempotency_keys(most integer) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with due as materialized (
        select k.org_id, k.principal, k.key,
                k.of_run is not false and core.key_of_open_run(k.org_id, k.principal, k.key) as needed
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

-- The overloads without it stay for nodes of previous versions.
create function plugin_call.add_answer(
    of_ticket text, of_org uuid, principal uuid, key text, fingerprint bytea, status integer, media_type text, body bytea,
    headers text, of_run boolean)
    returns void
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.check_plugin_call(of_ticket, of_org);
    insert into core.idempotency_keys (org_id, principal, key, fingerprint, status, media_type, body, headers, of_run)
        values (of_org, principal, key, fingerprint, status, media_type, body, headers::jsonb, of_run);
end
$$;

revoke all on function plugin_call.add_answer(text, uuid, uuid, text, bytea, integer, text, bytea, text, boolean) from public;
