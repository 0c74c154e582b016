-- The normal form of a speaker's name, by which data requests find them. Java computes it; rows of older versions get theirs
-- with the next data request of their organization.
alter table mirrorcore.speaker add column name_key text;
drop index mirrorcore.speaker_name;
create index speaker_name on mirrorcore.speaker (org_id, name_key);
create index speaker_unkeyed on mirrorcore.speaker (org_id) where name_key is null;
grant update (name_key) on mirrorcore.speaker to ${app_role};
