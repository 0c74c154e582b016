-- Runs as the plugin's own database role in the schema {{id}}, so names need no schema. The column org_id puts the
-- table under row-level security: nobody sees or writes another organization's rows.

create table item (
    id       uuid primary key,
    org_id   uuid        not null,
    name     text        not null,
    added_by uuid        not null,
    added_at timestamptz not null,
    unique (org_id, name)
);

-- A page is one range of this index.
create index item_newest on item (org_id, id desc);
