-- Works, and must be undone all the same when the next script fails.
create table half (id uuid primary key);
alter table kept add column half text;
