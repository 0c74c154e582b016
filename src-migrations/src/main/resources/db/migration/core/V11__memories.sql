-- Memories: what agents and their organizations keep in mind, with a search that works under row-level security (ADR 0016).

-- Both extensions are trusted: whoever may create in the database may make them, as this script's role does.
do $$
declare
    extension text;
begin
    foreach extension in array array['pg_trgm', 'btree_gin'] loop
        if not exists (select from pg_extension where extname = extension) then
            begin
                execute format('create extension %I with schema core', extension);
            exception when insufficient_privilege or undefined_file or feature_not_supported then
                raise exception 'The extension % is needed and cannot be made: %', extension, sqlerrm
                    using hint = 'Let the database''s administrator run: create extension ' || extension
                        || '; its files come with PostgreSQL''s contrib modules.';
            end;
        end if;
    end loop;
    -- Wherever an administrator put them, the index below finds them.
    perform set_config('search_path',
        (select 'core, ' || string_agg(distinct quote_ident(n.nspname), ', ')
           from pg_extension e join pg_namespace n on n.oid = e.extnamespace
          where e.extname in ('pg_trgm', 'btree_gin')), true);
end
$$;

create table core.memories (
    id              uuid             not null,
    org_id          uuid             not null references core.organizations (id),
    agent_id        uuid, -- null: the whole organization's
    content         text             not null check (content <> '' and length(content) <= 8000),
    content_hash    bytea            not null check (length(content_hash) = 32), -- SHA-256 of the normalised content
    category        text check (category ~ '^[a-z][a-z0-9_.-]{0,62}$'),
    importance      double precision not null check (importance between 0 and 1), -- its comparisons are leakproof, numeric's are not
    valid_from      timestamptz      not null,
    valid_to        timestamptz,
    source          text check (length(source) <= 200),
    metadata        jsonb            not null default '{}' check (jsonb_typeof(metadata) = 'object'),
    subject_user_id uuid,
    subject         text check (length(subject) between 1 and 320),
    created_by      uuid, -- null: forgotten at its maker's request
    created_at      timestamptz      not null,
    changed_at      timestamptz      not null,
    version         bigint           not null default 0,
    words           tsvector         not null generated always as (to_tsvector('pg_catalog.simple', content)) stored,
    check (valid_to > valid_from),
    primary key (org_id, id), -- not the id alone: a list would walk over other tenants' rows in its order
    foreign key (agent_id, org_id) references core.agents (id, org_id)
);
create unique index memories_once on core.memories (org_id, agent_id, content_hash) nulls not distinct;
create index memories_newest_of_agent on core.memories (org_id, agent_id, id desc);
create index memories_newest_of_category on core.memories (org_id, category, id desc);
create index memories_agent on core.memories (agent_id) where agent_id is not null;
create index memories_subject_user on core.memories (org_id, subject_user_id, id desc) where subject_user_id is not null;
create index memories_subject on core.memories (org_id, subject, id desc) where subject is not null;
create index memories_creator on core.memories (org_id, created_by, id) where created_by is not null;
create index memories_ending on core.memories (org_id, valid_to) where valid_to is not null;
create index memories_words on core.memories using gin (org_id, words);
create index memories_trigrams on core.memories using gin (org_id, content gin_trgm_ops);

alter table core.memories enable row level security;
create policy tenant on core.memories
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.memories to ${app_role};
grant update (
    content, content_hash, category, importance, valid_from, valid_to, source, metadata, subject_user_id, subject,
    created_by, changed_at, version) on core.memories to ${app_role};

-- The search runs as the table's owner: matching words and trigrams is not leakproof, so under a policy no index serves it.
-- The tenant is no parameter. It is what the transaction is stamped with, as in the policy; without a stamp nothing is found.
-- A row without an id says that the time ran out before all was seen.

-- The newest `pool` memories that hold the words (websearch_to_tsquery), with their cover density (Clarke, Cormack and Tudhope
-- 2000), divided by the logarithm of the length.
create function core.memories_by_words(
    sought text, acting uuid, of_agent uuid, of_category text, of_importance double precision, at timestamptz, pool integer)
    returns table (memory uuid, value double precision)
    language plpgsql
    stable
    security definer
    set plan_cache_mode = force_custom_plan
as $$
declare
    org uuid := nullif(current_setting('app.org_id', true), '')::uuid;
    query tsquery;
begin
    query := websearch_to_tsquery('pg_catalog.simple', sought);
    for memory, value in
        select m.id, ts_rank_cd(m.words, query, 1) from core.memories m
        where m.org_id = org and m.words @@ query
          and (acting is null or m.agent_id is null or m.agent_id = acting)
          and (of_agent is null or m.agent_id = of_agent)
          and (of_category is null or m.category = of_category)
          and (of_importance is null or m.importance >= of_importance)
          and m.valid_from <= at and (m.valid_to is null or m.valid_to > at)
        order by m.id desc limit pool
    loop
        return next;
    end loop;
exception when query_canceled then
    memory := null;
    return next;
end
$$;

-- Memories with a stretch that looks like what is sought, by pg_trgm's word similarity (at least 0.6): the first `pool` that
-- the index brings. It brings many that turn out not to be alike enough, which takes most of the time.
create function core.memories_by_trigrams(
    sought text, acting uuid, of_agent uuid, of_category text, of_importance double precision, at timestamptz, pool integer)
    returns table (memory uuid, value double precision)
    language plpgsql
    stable
    security definer
    set plan_cache_mode = force_custom_plan
as $$
declare
    org uuid := nullif(current_setting('app.org_id', true), '')::uuid;
begin
    for memory, value in
        select m.id, word_similarity(sought, m.content) from core.memories m
        where m.org_id = org and sought <% m.content
          and (acting is null or m.agent_id is null or m.agent_id = acting)
          and (of_agent is null or m.agent_id = of_agent)
          and (of_category is null or m.category = of_category)
          and (of_importance is null or m.importance >= of_importance)
          and m.valid_from <= at and (m.valid_to is null or m.valid_to > at)
        limit pool
    loop
        return next;
    end loop;
exception when query_canceled then
    memory := null;
    return next;
end
$$;

-- How alike memories are that another list found, by the same measure.
create function core.memories_alike(sought text, candidates uuid[])
    returns table (memory uuid, value double precision)
    language sql
    stable
as $$
    select m.id, word_similarity(sought, m.content)::double precision from core.memories m where m.id = any (candidates)
$$;

do $$
declare
    path text := (select 'pg_catalog, ' || quote_ident(n.nspname) || ', pg_temp'
        from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm');
    name text;
begin
    foreach name in array array[
        'core.memories_by_words(text, uuid, uuid, text, double precision, timestamptz, integer)',
        'core.memories_by_trigrams(text, uuid, uuid, text, double precision, timestamptz, integer)',
        'core.memories_alike(text, uuid[])'] loop
        execute format('alter function %s set search_path = %s', name, path);
        execute format('revoke all on function %s from public', name);
        execute format('grant execute on function %s to %s', name, '${app_role}');
    end loop;
end
$$;
