-- Invitations: a code that may be shown around, a PIN that may not, and what whoever brings both becomes.
create table core.invitations (
    id         uuid        primary key,
    org_id     uuid        not null references core.organizations (id),
    code       text        not null unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{20}$'), -- 100 bits, Crockford's base32
    pin_hash   text        not null, -- Argon2id, PHC string
    name       text        not null check (name <> '' and length(name) <= 200),
    role       text        not null check (role in ('owner', 'admin', 'member', 'viewer', 'guest')),
    most_uses  integer     not null check (most_uses between 1 and 10000),
    uses       integer     not null default 0,
    expires_at timestamptz not null,
    created_by uuid, -- null: erased
    created_at timestamptz not null,
    revoked_at timestamptz,
    revoked_by uuid, -- null also: erased
    version    bigint      not null default 0,
    check (uses between 0 and most_uses),
    unique (id, org_id)
);
create index invitations_newest on core.invitations (org_id, id desc);
create index invitations_expiry on core.invitations (expires_at);

alter table core.invitations enable row level security;
create policy tenant on core.invitations
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert on core.invitations to ${app_role};
grant update (name, uses, created_by, revoked_at, revoked_by, version) on core.invitations to ${app_role};

-- Who came by which invitation. It outlives their membership, so that nobody who was removed comes back by the same one.
create table core.invitation_acceptances (
    invitation_id uuid        not null,
    org_id        uuid        not null,
    user_id       uuid        not null,
    accepted_at   timestamptz not null,
    primary key (invitation_id, user_id),
    foreign key (invitation_id, org_id) references core.invitations (id, org_id) on delete cascade
);
create index invitation_acceptances_user on core.invitation_acceptances (org_id, user_id);

alter table core.invitation_acceptances enable row level security;
create policy tenant on core.invitation_acceptances
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.invitation_acceptances to ${app_role};

-- What an invitation is worth; asked before a tenant is known, hence across all of them. Whoever asks has its code.
create function core.invitation_standing(of_code text)
    returns table (
        id uuid, org_id uuid, pin_hash text, organization text, role text, expires_at timestamptz, usable boolean)
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select i.id, i.org_id, i.pin_hash, o.name, i.role, i.expires_at,
           i.revoked_at is null and i.expires_at > now() and i.uses < i.most_uses and o.status = 'active'
    from core.invitations i
    join core.organizations o on o.id = i.org_id
    where i.code = of_code
$$;
revoke all on function core.invitation_standing(text) from public;
grant execute on function core.invitation_standing(text) to ${app_role};

-- Runs as the owner: a timer has no tenant, and sees no tenant's rows.
create function core.purge_invitations(most integer) returns bigint
language sql volatile security definer set search_path = pg_catalog as $$
    with gone as (
        delete from core.invitations
            where id in (
                select id from core.invitations
                    where expires_at < now() - interval '90 days' order by expires_at limit most
                    for update skip locked)
            returning 1)
    select count(*) from gone;
$$;
revoke execute on function core.purge_invitations(integer) from public;
grant execute on function core.purge_invitations(integer) to ${app_role};
