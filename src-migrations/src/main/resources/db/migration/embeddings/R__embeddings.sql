-- Model: ${model}, ${dimensions} dimensions. Runs when a model is configured, and again when another one is, or when this script
-- changes; then all memories are embedded anew. Vectors of two models cannot be compared.

do $$
begin
    if not exists (select from pg_extension where extname = 'vector') then
        begin
            create extension vector with schema core;
        exception when insufficient_privilege or undefined_file or feature_not_supported then
            raise exception 'The extension vector (pgvector) is needed and cannot be made: %', sqlerrm
                using hint = 'Install pgvector beside PostgreSQL, let the database''s administrator run: create extension vector';
        end;
    end if;
    -- Wherever an administrator put it.
    perform set_config('search_path',
        (select 'pg_catalog, ' || quote_ident(n.nspname) || ', pg_temp'
           from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector'), true);
end
$$;

drop trigger if exists added on core.memories;
drop trigger if exists reworded on core.memories;
drop index if exists core.memory_embeddings_nearest;
truncate core.memory_embeddings;

create index memory_embeddings_nearest on core.memory_embeddings
    using hnsw ((embedding::vector(${dimensions})) vector_cosine_ops) where embedding is not null;

create trigger added after insert on core.memories
    for each row execute function core.await_embedding();
create trigger reworded after update of content_hash on core.memories
    for each row when (old.content_hash <> new.content_hash) execute function core.await_embedding();

insert into core.memory_embeddings (org_id, memory_id, content_hash) select m.org_id, m.id, m.content_hash from core.memories m;

-- The nearest memories, with the cosine of the angle to what is sought. Runs as the tables' owner, as the other lists do (ADR 0016);
-- the tenant is what the transaction is stamped with. A row without an id says that the time ran out, or that another model is
-- configured by now.
create or replace function core.memories_by_embedding(
    sought text, acting uuid, of_agent uuid, of_category text, of_importance double precision, at timestamptz, pool integer)
    returns table (memory uuid, value double precision)
    language plpgsql
    security definer
    set plan_cache_mode = force_custom_plan
    set search_path from current
as $$
declare
    org uuid := nullif(current_setting('app.org_id', true), '')::uuid;
    target vector(${dimensions});
begin
    target := sought::vector(${dimensions}); -- loads the extension, so that its settings are known
    perform set_config('hnsw.ef_search', pool::text, true);
    if current_setting('hnsw.iterative_scan', true) is not null then
        -- From pgvector 0.8 on. Goes on where the nearest are other organizations' or are filtered out.
        perform set_config('hnsw.iterative_scan', 'relaxed_order', true);
    end if;
    for memory, value in
        select m.id, 1 - (e.embedding::vector(${dimensions}) <=> target)
        from core.memory_embeddings e join core.memories m on m.org_id = e.org_id and m.id = e.memory_id
        where e.org_id = org and e.embedding is not null
          and (acting is null or m.agent_id is null or m.agent_id = acting)
          and (of_agent is null or m.agent_id = of_agent)
          and (of_category is null or m.category = of_category)
          and (of_importance is null or m.importance >= of_importance)
          and m.valid_from <= at and (m.valid_to is null or m.valid_to > at)
        order by e.embedding::vector(${dimensions}) <=> target limit pool
    loop
        return next;
    end loop;
exception when query_canceled or data_exception then
    memory := null;
    return next;
end
$$;

revoke all on function core.memories_by_embedding(text, uuid, uuid, text, double precision, timestamptz, integer) from public;
grant execute on function core.memories_by_embedding(text, uuid, uuid, text, double precision, timestamptz, integer)
    to ${app_role};
