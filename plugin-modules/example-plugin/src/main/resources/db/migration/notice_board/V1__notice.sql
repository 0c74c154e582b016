-- Runs as the plugin's own database role in the schema notice_board, so names need no schema. The column org_id puts the
-- table under row-level security: nobody sees or writes another organization's rows.

create table notice (
    id        uuid primary key,
    org_id    uuid        not null,
    author_id uuid        not null,
    title     text        not null,
    text      text        not null,
    posted_at timestamptz not null,
    unique (org_id, title)
);

-- A page of the board is one range of this index.
create index notice_newest on notice (org_id, id desc);
