-- The response headers that an endpoint has set, such as an ETag, so that a replayed answer has them too.
alter table core.idempotency_keys add column headers jsonb not null default '{}';
grant update (headers) on core.idempotency_keys to ${app_role};

-- As before, with the headers.
drop function core.claim_idempotency_key(uuid, uuid, text);
create function core.claim_idempotency_key(
    of_org uuid, of_principal uuid, of_key text,
    out claimed boolean, out fingerprint bytea, out status integer, out media_type text, out body bytea, out headers jsonb)
language plpgsql volatile as $$
begin
    claimed := pg_try_advisory_xact_lock(hashtextextended(of_org || '/' || of_principal || '/' || of_key, 4711));
    if claimed then
        select k.fingerprint, k.status, k.media_type, k.body, k.headers into fingerprint, status, media_type, body, headers
            from core.idempotency_keys k
            where k.org_id = of_org and k.principal = of_principal and k.key = of_key
                and (k.expires_at >= now() or core.key_of_open_run(k.org_id, k.principal, k.key));
    end if;
end
$$;

-- The overload without headers stays for nodes of the previous version.
create function plugin_call.add_answer(
    of_ticket text, of_org uuid, principal uuid, key text, fingerprint bytea, status integer, media_type text, body bytea,
    headers text)
    returns void
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.check_plugin_call(of_ticket, of_org);
    insert into core.idempotency_keys (org_id, principal, key, fingerprint, status, media_type, body, headers)
        values (of_org, principal, key, fingerprint, status, media_type, body, headers::jsonb);
end
$$;

revoke all on function plugin_call.add_answer(text, uuid, uuid, text, bytea, integer, text, bytea, text) from public;
