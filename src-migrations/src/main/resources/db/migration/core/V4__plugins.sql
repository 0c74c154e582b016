-- What is installed and what is wished of it; every node converges to this. Of the platform and not of a tenant.
create table core.plugin_archives (
    sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    plugin_id text not null,
    version text not null,
    publisher text, -- null: unsigned
    manifest text not null, -- its plugin.json
    content bytea not null,
    stored_at timestamptz not null default now()
);

-- An archive is compressed already.
alter table core.plugin_archives alter column content set storage external;
create index plugin_archives_of on core.plugin_archives (plugin_id, stored_at desc);

create table core.plugins (
    id text primary key,
    version text not null,
    sha256 text references core.plugin_archives (sha256), -- null: bundled
    state text not null check (state in ('installed', 'enabled', 'disabled', 'failed')),
    reason text,
    change text check (change in ('enabling', 'upgrading', 'removing')),
    granted text not null default '', -- separated by spaces
    changed_at timestamptz not null default now(),
    lock_version bigint not null default 0
);

-- What each node has reached. A node that does not report any more is forgotten.
create table core.plugin_nodes (
    node_id uuid not null,
    plugin_id text not null,
    version text not null,
    state text not null check (state in ('enabled', 'failed')),
    reason text,
    reported_at timestamptz not null default now(),
    primary key (node_id, plugin_id)
);

-- The data of plugins that were uninstalled with data=export.
create table core.plugin_exports (
    id uuid primary key,
    plugin_id text not null,
    version text not null,
    content bytea not null,
    made_at timestamptz not null default now()
);

alter table core.plugin_exports alter column content set storage external;

grant select, insert, update, delete
    on core.plugin_archives, core.plugins, core.plugin_nodes, core.plugin_exports to ${app_role};
