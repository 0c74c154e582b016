-- The language models that the gateway may ask. They are the platform's: they hold no tenant's data and serve all of them,
-- hence no org_id and no policy; only endpoints for platform administrators write them.
create table core.gateway_models (
    name       text        primary key check (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$'),
    definition text        not null check (length(definition) <= 20000), -- JSON
    sealed_key bytea       check (length(sealed_key) <= 1000),           -- for its server; null when that asks for none
    created_at timestamptz not null,
    changed_at timestamptz not null,
    version    bigint      not null default 0
);

grant select, insert, delete on core.gateway_models to ${app_role};
grant update (definition, sealed_key, changed_at, version) on core.gateway_models to ${app_role};
