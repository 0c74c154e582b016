-- Every identifier has its normal form, which the Java migration before this has filled in.

alter table core.memories add check ((subject is null) = (subject_key is null));
alter table core.sessions add check ((subject is null) = (subject_key is null));
drop index core.memories_subject;
drop index core.sessions_of_subject;
create index memories_subject on core.memories (org_id, subject_key, id desc) where subject_key is not null;
create index sessions_of_subject on core.sessions (org_id, subject_key, id);
