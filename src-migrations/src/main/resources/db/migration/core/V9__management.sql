-- Management: organizations and members that can be changed, agents, and personal access tokens.

alter table core.organizations drop constraint organizations_status_check;
alter table core.organizations add constraint organizations_status_check
    check (status in ('active', 'suspended', 'deleted'));

grant update (name, status, version) on core.organizations to ${app_role};

create table core.organization_limits (
    org_id              uuid primary key references core.organizations (id),
    requests_per_minute integer check (requests_per_minute between 1 and 1000000),
    requests_per_day    bigint check (requests_per_day between 1 and 1000000000),
    model_tokens_per_day bigint check (model_tokens_per_day between 1 and 1000000000000),
    version             bigint not null default 0
);

alter table core.organization_limits enable row level security;
create policy tenant on core.organization_limits
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, update on core.organization_limits to ${app_role};

alter table core.memberships add column status text not null default 'active' check (status in ('active', 'suspended'));
grant update (role, status, version), delete on core.memberships to ${app_role};

-- A suspended member has no place to sign in.
create or replace function core.memberships_of(member uuid)
    returns table (org_id uuid, role text)
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select m.org_id, m.role
    from core.memberships m
    join core.organizations o on o.id = m.org_id
    where m.user_id = member and o.status = 'active' and m.status = 'active'
    order by m.created_at, m.id
$$;

create table core.agents (
    id             uuid primary key,
    org_id         uuid        not null references core.organizations (id),
    name           text        not null check (name <> '' and length(name) <= 200),
    description    text        not null default '' check (length(description) <= 2000),
    model          text        not null check (model <> '' and length(model) <= 200),
    tools          text        not null default '', -- separated by spaces
    budget         numeric(19, 4) check (budget >= 0),
    currency       text check (currency ~ '^[A-Z]{3}$'),
    status         text        not null check (status in ('draft', 'active', 'paused', 'suspended', 'archived')),
    created_by     uuid        not null,
    created_at     timestamptz not null,
    changed_at     timestamptz not null,
    version        bigint      not null default 0,
    check ((budget is null) = (currency is null)),
    unique (id, org_id)
);
create index agents_newest on core.agents (org_id, id desc);
create index agents_newest_of_status on core.agents (org_id, status, id desc);

alter table core.agents enable row level security;
create policy tenant on core.agents
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.agents to ${app_role};
grant update (name, description, model, tools, budget, currency, status, changed_at, version) on core.agents to ${app_role};

create table core.tokens (
    id             uuid primary key,
    org_id         uuid        not null,
    user_id        uuid        not null,
    agent_id       uuid, -- null: the user's own
    name           text        not null check (name <> '' and length(name) <= 200),
    hash           text        not null check (length(hash) = 43), -- SHA-256, base64url
    permissions    bigint      not null,
    created_at     timestamptz not null,
    expires_at     timestamptz,
    last_used_at   timestamptz,
    revoked_at     timestamptz,
    revoked_by     uuid,
    revoked_reason text check (length(revoked_reason) <= 500),
    version        bigint      not null default 0,
    check ((revoked_at is null) = (revoked_by is null)),
    foreign key (org_id, user_id) references core.memberships (org_id, user_id) on delete cascade,
    foreign key (agent_id, org_id) references core.agents (id, org_id) on delete cascade
);
create index tokens_newest on core.tokens (org_id, id desc);
create index tokens_member on core.tokens (org_id, user_id, id desc);
create index tokens_agent on core.tokens (agent_id);

alter table core.tokens enable row level security;
create policy tenant on core.tokens
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert on core.tokens to ${app_role};
grant update (last_used_at, revoked_at, revoked_by, revoked_reason, version) on core.tokens to ${app_role};

-- How a token stands, with all that it depends on; asked before a tenant is known, hence across all of them.
create function core.token_standing(token uuid)
    returns table (
        org_id uuid, user_id uuid, agent_id uuid, hash text, permissions bigint, expires_at timestamptz,
        last_used_at timestamptz, revoked_at timestamptz, organization_status text, user_status text,
        membership_status text, membership_role text, platform_admin boolean, agent_status text)
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select t.org_id, t.user_id, t.agent_id, t.hash, t.permissions, t.expires_at, t.last_used_at, t.revoked_at,
           o.status, u.status, m.status, m.role, u.platform_admin, a.status
    from core.tokens t
    join core.organizations o on o.id = t.org_id
    join core.users u on u.id = t.user_id
    join core.memberships m on m.org_id = t.org_id and m.user_id = t.user_id
    left join core.agents a on a.id = t.agent_id
    where t.id = token
$$;
revoke all on function core.token_standing(uuid) from public;
grant execute on function core.token_standing(uuid) to ${app_role};
