-- Answers that a call with the same key gets again, stored in the transaction of their effect and kept for a day.
create table core.idempotency_keys (
    org_id uuid not null references core.organizations (id),
    principal uuid not null,
    key text not null,
    fingerprint bytea not null,
    status integer not null,
    media_type text,
    body bytea not null,
    created_at timestamptz not null default now(),
    primary key (org_id, principal, key)
);

create index idempotency_keys_oldest on core.idempotency_keys (created_at);

alter table core.idempotency_keys enable row level security;
create policy tenant on core.idempotency_keys
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

grant select, insert, delete on core.idempotency_keys to ${app_role};

-- Holds the key for the rest of the transaction, if nobody else does, and gives the answer that is stored for it.
-- The lock comes first: each statement in a volatile function sees what was committed before it began.
create function core.claim_idempotency_key(
    of_org uuid, of_principal uuid, of_key text,
    out claimed boolean, out fingerprint bytea, out status integer, out media_type text, out body bytea)
language plpgsql volatile as $$
begin
    claimed := pg_try_advisory_xact_lock(hashtextextended(of_org || '/' || of_principal || '/' || of_key, 4711));
    if claimed then
        delete from core.idempotency_keys k
            where k.org_id = of_org and k.principal = of_principal and k.key = of_key
                and k.created_at < now() - interval '24 hours';
        select k.fingerprint, k.status, k.media_type, k.body into fingerprint, status, media_type, body
            from core.idempotency_keys k
            where k.org_id = of_org and k.principal = of_principal and k.key = of_key;
    end if;
end
$$;

-- Runs as the owner: a timer has no tenant, and sees no tenant's rows.
create function core.purge_idempotency_keys(most integer) returns bigint
language sql volatile security definer set search_path = pg_catalog as $$
    with gone as (
        delete from core.idempotency_keys
            where (org_id, principal, key) in (
                select org_id, principal, key from core.idempotency_keys
                    where created_at < now() - interval '24 hours' order by created_at limit most
                    for update skip locked)
            returning 1)
    select count(*) from gone;
$$;

revoke execute on function core.purge_idempotency_keys(integer) from public;
grant execute on function core.purge_idempotency_keys(integer) to ${app_role};
