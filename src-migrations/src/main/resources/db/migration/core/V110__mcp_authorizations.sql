-- Users authorize the platform at a remote server's authorization server instead of depositing a token.
alter table core.mcp_servers
    add column sealed_client_secret bytea check (length(sealed_client_secret) <= 2000); -- for the token endpoint; null for none
grant update (sealed_client_secret) on core.mcp_servers to ${app_role};

alter table core.mcp_credentials
    add column sealed_refresh bytea check (length(sealed_refresh) <= 9000), -- a refresh token; null for none
    add column expires_at     timestamptz;                                  -- of an access token; null when that is not known
grant update (sealed_refresh, expires_at) on core.mcp_credentials to ${app_role};

-- Authorizations that users have begun. The last one of a user for a server counts, for ten minutes.
create table core.mcp_authorizations (
    org_id          uuid        not null,
    user_id         uuid        not null,
    server          text        not null references core.mcp_servers (name) on delete cascade,
    state_digest    bytea       not null check (length(state_digest) = 32), -- SHA-256
    sealed_verifier bytea       not null check (length(sealed_verifier) <= 200),
    redirect_uri    text        not null check (length(redirect_uri) <= 500),
    begun_at        timestamptz not null,
    primary key (org_id, user_id, server),
    foreign key (org_id, user_id) references core.memberships (org_id, user_id) on delete cascade
);

alter table core.mcp_authorizations enable row level security;
create policy tenant on core.mcp_authorizations
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
grant select, insert, delete on core.mcp_authorizations to ${app_role};
grant update (state_digest, sealed_verifier, redirect_uri, begun_at) on core.mcp_authorizations to ${app_role};
