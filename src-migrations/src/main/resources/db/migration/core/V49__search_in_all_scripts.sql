-- The full-text search in all scripts, also in a database whose ctype knows ASCII only: case and width are folded here, other
-- punctuation than ASCII's separates words, and scripts without spaces between words are indexed by pairs of characters (ADR 0038).

-- A text in small letters, by a collation that is there and knows Unicode.
do $$
declare
    known text := coalesce(
        (select 'pg_catalog.' || quote_ident(collname) from pg_collation where collname = 'pg_c_utf8' and collencoding in (-1, 6)),
        (select 'pg_catalog.' || quote_ident(collname) from pg_collation where collname = 'und-x-icu' limit 1),
        'pg_catalog."default"');
begin
    execute format('create function core.small_letters(what text) returns text language sql immutable parallel safe as $f$'
        || ' select lower(what collate %s) $f$', known);
end
$$;

-- Characters of scripts that are written without spaces between words, and Hangul, which attaches particles.
create function core.unspaced() returns text language sql immutable parallel safe as $$
    select '\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u30fa\u30fc-\u312f'
        || '\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af'
$$;

create function core.folded(what text) returns text language sql immutable parallel safe as $$
    select regexp_replace(
        regexp_replace(replace(normalize(core.small_letters(normalize(what, NFKC)), NFKC), 'ς', 'σ'), '[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]', '', 'g'),
        '[\u00a0-\u00a9\u00ab-\u00ac\u00ae-\u00b4\u00b6-\u00b8\u00bb-\u00bf\u00d7\u00f7\u055a-\u055f\u0589\u060c\u061b\u061f\u06d4\u0964\u0965'
        || '\u2000-\u200a\u2010-\u205e\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u30fb]', ' ', 'g')
$$;

-- The pairs of characters of a text that has no spaces, in their order; a single character is itself.
create function core.pairs(run text) returns text language sql immutable parallel safe as $$
    select case when length(run) < 2 then run else (
        select string_agg(first || second, ' ' order by place)
          from (select c as first, lead(c) over (order by n) as second, n as place
                  from unnest(string_to_array(run, null)) with ordinality as characters (c, n)) pairs
         where second is not null) end
$$;

-- A text as the index takes it: runs without spaces as pairs of characters, and at the end each of their characters alone.
create function core.searchable(what text) returns text
    language plpgsql
    immutable
    parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    text_folded text;
    taken text := '';
    part text[];
begin
    if octet_length(what) = length(what) then
        return what;
    end if;
    text_folded := core.folded(what);
    if text_folded !~ ('[' || core.unspaced() || ']') then
        return text_folded;
    end if;
    for part in select regexp_matches(text_folded, '([^' || core.unspaced() || ']*)([' || core.unspaced() || ']*)', 'g') loop
        taken := taken || part[1] || case when part[2] = '' then '' else ' ' || core.pairs(part[2]) || ' ' end;
    end loop;
    return taken || ' ' || (select string_agg(distinct c, ' ')
        from unnest(string_to_array(regexp_replace(text_folded, '[^' || core.unspaced() || ']', '', 'g'), null)) c);
end
$$;

-- What is sought, as websearch_to_tsquery takes it: the pairs of a run have to follow each other.
create function core.sought(what text) returns text
    language plpgsql
    immutable
    parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    taken text := '';
    pieces text[];
    part text[];
begin
    if octet_length(what) = length(what) then
        return what;
    end if;
    pieces := string_to_array(core.folded(what), '"');
    for i in 1 .. cardinality(pieces) loop
        taken := taken || case when i = 1 then '' else '"' end;
        for part in
            select regexp_matches(pieces[i], '([^' || core.unspaced() || ']*)([' || core.unspaced() || ']*)', 'g')
        loop
            taken := taken || part[1] || case
                when part[2] = '' then ''
                when i % 2 = 0 then ' ' || core.pairs(part[2]) || ' '
                else '"' || core.pairs(part[2]) || '" ' end;
        end loop;
    end loop;
    return taken;
end
$$;

alter table core.memories drop column words;
alter table core.memories add column words tsvector not null
    generated always as (to_tsvector('pg_catalog.simple', core.searchable(content))) stored;
create index memories_words on core.memories using gin (org_id, words);
