-- A hundred types of a hundred characters, with commas between them.
alter table core.webhooks drop constraint webhooks_types_check;
alter table core.webhooks add constraint webhooks_types_check check (length(types) <= 10100);
