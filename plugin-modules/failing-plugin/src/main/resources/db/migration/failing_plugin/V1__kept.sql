-- What is here must survive every failed upgrade.
create table kept (
    id     uuid primary key,
    org_id uuid not null,
    note   text not null
);
