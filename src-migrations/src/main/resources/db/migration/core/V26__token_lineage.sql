-- The token that made a token. What was made with a token ends with it: revoked with it here, deleted with it by the constraint.
alter table core.tokens add column parent_id uuid references core.tokens (id) on delete cascade;
create index tokens_children on core.tokens (org_id, parent_id) where parent_id is not null;
