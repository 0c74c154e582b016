-- What the plugin's subscription to its own events counts; one row for each organization.
create table activity (
    org_id uuid primary key,
    posted bigint not null
);
