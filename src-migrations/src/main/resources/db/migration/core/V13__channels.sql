-- Channels: where WebSockets meet. A channel's epoch is what tells it from another one that had its id before.
create table core.channels (
    epoch       uuid        primary key,
    org_id      uuid        not null references core.organizations (id),
    id          text        not null check (id ~ '^[a-z0-9][a-z0-9_.:-]{0,99}$'),
    name        text        not null check (name <> '' and length(name) <= 200),
    visibility  text        not null check (visibility in ('public', 'organization', 'private')),
    last_offset bigint      not null default 0,
    created_by  uuid, -- null: erased
    created_at  timestamptz not null,
    changed_at  timestamptz not null,
    version     bigint      not null default 0,
    unique (org_id, id),
    unique (epoch, org_id)
);

alter table core.channels enable row level security;
create policy tenant on core.channels
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.channels to ${app_role};
grant update (name, visibility, last_offset, created_by, changed_at, version) on core.channels to ${app_role};

create table core.channel_members (
    id         uuid        primary key,
    org_id     uuid        not null,
    epoch      uuid        not null,
    user_id    uuid        not null,
    role       text        not null check (role in ('reader', 'writer')),
    created_at timestamptz not null,
    version    bigint      not null default 0,
    unique (epoch, user_id),
    foreign key (epoch, org_id) references core.channels (epoch, org_id) on delete cascade,
    foreign key (org_id, user_id) references core.memberships (org_id, user_id) on delete cascade
);
create index channel_members_newest on core.channel_members (epoch, id desc);
create index channel_members_user on core.channel_members (org_id, user_id);

alter table core.channel_members enable row level security;
create policy tenant on core.channel_members
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.channel_members to ${app_role};
grant update (role, version) on core.channel_members to ${app_role};

-- The offsets of a channel's messages have no gaps; what is erased therefore stays, about nobody and without content.
create table core.channel_messages (
    id        uuid        primary key,
    org_id    uuid        not null,
    epoch     uuid        not null,
    at_offset bigint      not null check (at_offset > 0),
    sender_id uuid, -- null: erased
    sent_at   timestamptz not null,
    data      text, -- JSON; null: erased
    unique (epoch, at_offset),
    foreign key (epoch, org_id) references core.channels (epoch, org_id) on delete cascade
);
create index channel_messages_oldest on core.channel_messages (sent_at);
create index channel_messages_sender on core.channel_messages (org_id, sender_id);

alter table core.channel_messages enable row level security;
create policy tenant on core.channel_messages
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert on core.channel_messages to ${app_role};
grant update (sender_id, data) on core.channel_messages to ${app_role};

-- Runs as the owner: a timer has no tenant, and sees no tenant's rows.
create function core.purge_channel_messages(days integer, most integer) returns bigint
language sql volatile security definer set search_path = pg_catalog as $$
    with gone as (
        delete from core.channel_messages
            where id in (
                select id from core.channel_messages
                    where sent_at < now() - make_interval(days => days) order by sent_at limit most
                    for update skip locked)
            returning 1)
    select count(*) from gone;
$$;

revoke execute on function core.purge_channel_messages(integer, integer) from public;
grant execute on function core.purge_channel_messages(integer, integer) to ${app_role};
