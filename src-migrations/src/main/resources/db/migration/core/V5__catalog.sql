-- What administrators say about data, in place of or beside what the platform and its plugins ship. It describes the
-- platform as a whole and holds no tenant's data, hence no org_id.
create table core.catalog_entries (
    name        text primary key check (length(name) between 3 and 129),
    content     jsonb       not null,
    imported_by uuid        not null,
    imported_at timestamptz not null,
    version     bigint      not null default 0
);

grant select, insert, delete on core.catalog_entries to ${app_role};
grant update (content, imported_by, imported_at, version) on core.catalog_entries to ${app_role};
