-- Conversations and what was counted of them. Texts and speakers' names are personal data: they lie in turn and speaker only.
--
-- The placeholder app_role is the role that the application runs as; it is subject to row-level security and gets no more than it needs.

create table mirrorcore.session (
    id            uuid primary key,
    org_id        uuid        not null,
    title         text        check (length(title) between 1 and 200),
    created_by    uuid,
    created_at    timestamptz not null default now(),
    active_at     timestamptz not null default now(),
    completed_at  timestamptz,
    turns         integer     not null default 0 check (turns >= 0),
    words         integer     not null default 0 check (words >= 0),
    characters    integer     not null default 0 check (characters >= 0),
    last_position integer     not null default 0,
    version       bigint      not null default 0
);

comment on column mirrorcore.session.active_at is 'When it was made, changed or got a turn last: its retention runs from then on.';
comment on column mirrorcore.session.last_position is 'The position of the newest turn that there ever was, so that no position comes twice.';

create index session_newest on mirrorcore.session (org_id, id desc);
create index session_creator on mirrorcore.session (org_id, created_by) where created_by is not null;
create index session_active on mirrorcore.session (active_at);

create table mirrorcore.speaker (
    id         uuid primary key,
    session_id uuid not null references mirrorcore.session (id) on delete cascade,
    org_id     uuid not null,
    name       text not null check (length(name) between 1 and 100),
    unique (session_id, name)
);

create index speaker_name on mirrorcore.speaker (org_id, name);

-- The counts can be added up; what is measured of a session is made of their sums. See docs/MIRRORCORE.md.
create table mirrorcore.turn (
    id             uuid primary key,
    session_id     uuid             not null references mirrorcore.session (id) on delete cascade,
    position       integer          not null,
    org_id         uuid             not null,
    speaker_id     uuid             not null references mirrorcore.speaker (id) on delete cascade,
    created_by     uuid,
    created_at     timestamptz      not null default now(),
    text           text             not null,
    language       text             not null,
    characters     integer          not null,
    words          integer          not null,
    types          integer          not null,
    sentences      integer          not null,
    syllables      integer          not null,
    questions      integer          not null,
    hedges         integer          not null,
    content_words  integer          not null,
    tagged_words   integer          not null,
    sentiment      double precision not null,
    function_words integer[]        not null check (cardinality(function_words) = 9),
    mtld           double precision,
    unique (session_id, position)
);

create index turn_creator on mirrorcore.turn (org_id, created_by);
create index turn_speaker on mirrorcore.turn (speaker_id);

create table mirrorcore.setting (
    org_id         uuid primary key,
    retention_days integer     not null check (retention_days between 1 and 3650),
    changed_by     uuid,
    changed_at     timestamptz not null default now()
);

-- Who sees and does what ---------------------------------------------------------------------------------------------

alter table mirrorcore.session enable row level security;
alter table mirrorcore.speaker enable row level security;
alter table mirrorcore.turn enable row level security;
alter table mirrorcore.setting enable row level security;

create policy tenant on mirrorcore.session
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy tenant on mirrorcore.speaker
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy tenant on mirrorcore.turn
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy tenant on mirrorcore.setting
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

-- Runs as the owner: a timer has no tenant, and sees no tenant's rows. Turns go first and by the number, so that no call deletes
-- more rows than it says, however long a conversation was.
create function mirrorcore.purge_expired(most integer) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    expired uuid[];
    gone    bigint;
    empty   bigint;
begin
    select array_agg(due.id) into expired
      from (select s.id
              from mirrorcore.session s
              left join mirrorcore.setting o on o.org_id = s.org_id
             where s.active_at < now() - make_interval(days => coalesce(o.retention_days, 90))
             order by s.active_at
             limit 100
               for update of s skip locked) due;
    delete from mirrorcore.turn t
     where t.id in (select x.id from mirrorcore.turn x where x.session_id = any (expired) limit most);
    get diagnostics gone = row_count;
    delete from mirrorcore.session s
     where s.id = any (expired) and not exists (select from mirrorcore.turn t where t.session_id = s.id);
    get diagnostics empty = row_count;
    return gone + empty;
end
$$;

revoke execute on function mirrorcore.purge_expired(integer) from public;
revoke all on all tables in schema mirrorcore from ${app_role};

grant usage on schema mirrorcore to ${app_role};
grant execute on function mirrorcore.purge_expired(integer) to ${app_role};
grant select, insert, update, delete on mirrorcore.session to ${app_role};
grant select, insert, delete on mirrorcore.speaker to ${app_role};
grant select, insert, delete on mirrorcore.turn to ${app_role};
grant select, insert, update on mirrorcore.setting to ${app_role};
