-- What memories mean, as vectors that a model makes (ADR 0026). Without a configured model there is nothing in here. What needs
-- the extension vector is in R__embeddings.sql, which runs when a model is configured.

create table core.memory_embeddings (
    org_id       uuid        not null,
    memory_id    uuid        not null,
    content_hash bytea       not null, -- of the content that is to be embedded: a vector of an older one is not stored
    embedding    real[], -- null: not made yet
    attempts     integer     not null default 0,
    due_at       timestamptz not null default now(), -- when a node may try, again if need be
    primary key (org_id, memory_id),
    foreign key (org_id, memory_id) references core.memories (org_id, id) on delete cascade
);
create index memory_embeddings_due on core.memory_embeddings (due_at) where embedding is null;

alter table core.memory_embeddings enable row level security;
create policy tenant on core.memory_embeddings
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, update (embedding) on core.memory_embeddings to ${app_role};

-- In the transaction that writes a memory, so that none is forgotten, whatever becomes of the node.
create function core.await_embedding() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into core.memory_embeddings (org_id, memory_id, content_hash) values (new.org_id, new.id, new.content_hash)
    on conflict (org_id, memory_id) do update
        set content_hash = excluded.content_hash, embedding = null, attempts = 0, due_at = now();
    return null;
end
$$;

-- Gives a node memories of any organization to embed, and tells their ids only. Whoever does not manage (or is killed) within a
-- minute leaves them to the next, twice as long each time, up to sixteen minutes.
create function core.claim_memory_embeddings(at_most integer)
    returns table (org uuid, memory uuid)
    language sql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    update core.memory_embeddings e
       set attempts = e.attempts + 1, due_at = now() + interval '1 minute' * power(2, least(e.attempts, 4))
     where (e.org_id, e.memory_id) in (
        select w.org_id, w.memory_id from core.memory_embeddings w
         where w.embedding is null and w.due_at <= now() order by w.due_at limit at_most for update skip locked)
    returning e.org_id, e.memory_id
$$;

revoke all on function core.await_embedding(), core.claim_memory_embeddings(integer) from public;
grant execute on function core.claim_memory_embeddings(integer) to ${app_role};
