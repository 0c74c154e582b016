-- An organization's decisions about a user of an external issuer hold, whatever the issuer's tokens state.

-- Whether the role follows the issuer's tokens, because no administrator has set one.
alter table core.memberships add column follows_issuer boolean not null default false;
grant update (follows_issuer) on core.memberships to ${app_role};
update core.memberships m
   set follows_issuer = true
  from core.users u
 where u.id = m.user_id and u.issuer is not null and m.version = 0;

-- Users of external issuers that an organization removed: their tokens do not make them members again.
create table core.removed_members (
    org_id     uuid        not null references core.organizations (id),
    user_id    uuid        not null references core.users (id),
    role       text        not null check (role in ('owner', 'admin', 'member', 'viewer', 'guest')),
    removed_at timestamptz not null,
    primary key (org_id, user_id)
);
create index removed_members_user on core.removed_members (user_id);

alter table core.removed_members enable row level security;
create policy tenant on core.removed_members
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.removed_members to ${app_role};
