-- What the frontend keeps for each user: how they want it, and which notifications they have read.
create table core.preferences (
    org_id     uuid        not null,
    user_id    uuid        not null,
    document   text        not null check (length(document) <= 10000), -- JSON
    changed_at timestamptz not null,
    version    bigint      not null,
    primary key (org_id, user_id),
    foreign key (org_id, user_id) references core.memberships (org_id, user_id) on delete cascade
);

alter table core.preferences enable row level security;
create policy tenant on core.preferences
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.preferences to ${app_role};
grant update (document, changed_at, version) on core.preferences to ${app_role};

create table core.notification_reads (
    org_id   uuid        not null,
    user_id  uuid        not null,
    event_id uuid        not null,
    read_at  timestamptz not null,
    primary key (org_id, user_id, event_id),
    foreign key (org_id, user_id) references core.memberships (org_id, user_id) on delete cascade
);
create index notification_reads_oldest on core.notification_reads (read_at);

alter table core.notification_reads enable row level security;
create policy tenant on core.notification_reads
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.notification_reads to ${app_role};

-- Runs as the owner: a timer has no tenant, and sees no tenant's rows. What was read so long ago is not listed any more:
-- it was recorded before it was read.
create function core.purge_notification_reads(days integer, most integer) returns bigint
language sql volatile security definer set search_path = pg_catalog as $$
    with gone as (
        delete from core.notification_reads
            where (org_id, user_id, event_id) in (
                select org_id, user_id, event_id from core.notification_reads
                    where read_at < now() - make_interval(days => days) order by read_at limit most
                    for update skip locked)
            returning 1)
    select count(*) from gone;
$$;
revoke execute on function core.purge_notification_reads(integer, integer) from public;
grant execute on function core.purge_notification_reads(integer, integer) to ${app_role};
