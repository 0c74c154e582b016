-- Identity: who exists, who belongs where, who is signed in, and which keys vouch for it.
-- Every table with org_id shows a transaction only the rows of the tenant that it is stamped with (app.org_id).

create table core.organizations (
    id         uuid primary key,
    name       text        not null check (name <> '' and length(name) <= 2000),
    status     text        not null default 'active' check (status in ('active', 'suspended')),
    created_at timestamptz not null,
    version    bigint      not null default 0
);

create table core.users (
    id             uuid primary key,
    email          text check (email = lower(email)),
    name           text        not null,
    password_hash  text,
    platform_admin boolean     not null default false,
    status         text        not null default 'active' check (status in ('active', 'disabled')),
    issuer         text,
    subject        text,
    created_at     timestamptz not null,
    version        bigint      not null default 0,
    -- A user signs in either here or with an external issuer, never both ways.
    check ((issuer is null and subject is null and email is not null)
        or (issuer is not null and subject is not null and password_hash is null)),
    unique (issuer, subject)
);
-- An external issuer's users may carry an address that is taken here; nobody signs in here with theirs.
create unique index users_email on core.users (email) where issuer is null;

create table core.memberships (
    id         uuid primary key,
    org_id     uuid        not null references core.organizations (id),
    user_id    uuid        not null references core.users (id),
    role       text        not null check (role in ('owner', 'admin', 'member', 'viewer', 'guest')),
    created_at timestamptz not null,
    version    bigint      not null default 0,
    unique (org_id, user_id)
);
create index memberships_user on core.memberships (user_id);

-- A sign-in is a family of refresh tokens: each refresh uses one up and makes the next.
create table core.sign_ins (
    id             uuid primary key,
    org_id         uuid        not null,
    user_id        uuid        not null,
    created_at     timestamptz not null,
    expires_at     timestamptz not null,
    revoked_at     timestamptz,
    revoked_reason text check (revoked_reason in ('signed_out', 'token_reused')),
    version        bigint      not null default 0,
    check ((revoked_at is null) = (revoked_reason is null)),
    unique (id, org_id),
    foreign key (org_id, user_id) references core.memberships (org_id, user_id) on delete cascade
);
create index sign_ins_member on core.sign_ins (org_id, user_id);
create index sign_ins_expiry on core.sign_ins (expires_at);
create index sign_ins_revocation on core.sign_ins (revoked_at) where revoked_at is not null;

create table core.refresh_tokens (
    hash       text primary key check (length(hash) = 43), -- SHA-256, base64url
    sign_in_id uuid        not null,
    org_id     uuid        not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    version    bigint      not null default 0,
    foreign key (sign_in_id, org_id) references core.sign_ins (id, org_id) on delete cascade
);
create index refresh_tokens_sign_in on core.refresh_tokens (sign_in_id);
create index refresh_tokens_expiry on core.refresh_tokens (expires_at);

-- Public halves only. A key stands here before a node signs with it, and for as long as its tokens can live.
create table core.signing_keys (
    kid          text primary key check (length(kid) between 1 and 200),
    public_key   bytea       not null, -- X.509 SubjectPublicKeyInfo, DER
    created_at   timestamptz not null default now(),
    last_seen_at timestamptz not null default now() -- when a node last held the private half
);

-- Random secrets that every node must agree on.
create table core.platform_secrets (
    name       text primary key,
    value      bytea       not null,
    created_at timestamptz not null default now()
);

alter table core.memberships enable row level security;
create policy tenant on core.memberships
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

alter table core.sign_ins enable row level security;
create policy tenant on core.sign_ins
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

alter table core.refresh_tokens enable row level security;
create policy tenant on core.refresh_tokens
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

-- Where a user may sign in, oldest membership first; asked before a tenant is known, hence across all of them.
create function core.memberships_of(member uuid)
    returns table (org_id uuid, role text)
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select m.org_id, m.role
    from core.memberships m
    join core.organizations o on o.id = m.org_id
    where m.user_id = member and o.status = 'active'
    order by m.created_at, m.id
$$;

-- Deletes what can no longer sign anybody in, across all tenants, at most so many of each sort.
-- Returns how many it deleted.
create function core.purge_identity(at_most integer)
    returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    deleted integer;
    total   integer := 0;
begin
    delete from core.refresh_tokens where hash in (
        select hash from core.refresh_tokens where expires_at < now() - interval '1 day'
        order by expires_at limit at_most for update skip locked);
    get diagnostics deleted = row_count;
    total := total + deleted;

    -- Longer than any access token lives (1 day), so that its sign-in is never missed.
    delete from core.sign_ins where id in (
        select id from core.sign_ins where expires_at < now() - interval '2 days'
        order by expires_at limit at_most for update skip locked);
    get diagnostics deleted = row_count;
    total := total + deleted;

    delete from core.sign_ins where id in (
        select id from core.sign_ins where revoked_at < now() - interval '7 days'
        order by revoked_at limit at_most for update skip locked);
    get diagnostics deleted = row_count;
    total := total + deleted;

    delete from core.signing_keys where kid in (
        select kid from core.signing_keys where last_seen_at < now() - interval '2 days'
        order by last_seen_at limit at_most for update skip locked);
    get diagnostics deleted = row_count;
    return total + deleted;
end
$$;

revoke all on function core.memberships_of(uuid) from public;
revoke all on function core.purge_identity(integer) from public;

grant usage on schema core to ${app_role};
grant execute on function core.memberships_of(uuid) to ${app_role};
grant execute on function core.purge_identity(integer) to ${app_role};
grant select, insert on core.organizations to ${app_role};
grant select, insert on core.users to ${app_role};
grant select, insert on core.memberships to ${app_role};
grant select, insert on core.sign_ins to ${app_role};
grant update (expires_at, revoked_at, revoked_reason, version) on core.sign_ins to ${app_role};
grant select, insert on core.refresh_tokens to ${app_role};
grant update (used_at, version) on core.refresh_tokens to ${app_role};
grant select, insert on core.signing_keys to ${app_role};
grant update (last_seen_at) on core.signing_keys to ${app_role};
grant select, insert on core.platform_secrets to ${app_role};
