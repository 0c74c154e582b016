-- Where the gateway carries requests to. The routes are the platform's: they hold no tenant's data and serve all of them,
-- hence no org_id and no policy; only endpoints for platform administrators write them.
create table core.gateway_routes (
    id         uuid primary key,
    prefix     text        not null unique check (prefix ~ '^/' and length(prefix) <= 200),
    definition text        not null check (length(definition) <= 200000), -- JSON
    created_at timestamptz not null,
    changed_at timestamptz not null,
    version    bigint      not null default 0
);

-- Grows with each change, so that nodes see cheaply whether there was one; and changes stand in line for it.
create table core.gateway_revision (
    one      boolean primary key default true check (one),
    revision bigint not null default 0
);
insert into core.gateway_revision default values;

grant select, insert, delete on core.gateway_routes to ${app_role};
grant update (prefix, definition, changed_at, version) on core.gateway_routes to ${app_role};
grant select on core.gateway_revision to ${app_role};
grant update (revision) on core.gateway_revision to ${app_role};
