-- Platform administrators by the tokens of an external issuer.

-- When such a token was last seen; null when the latest token states less. Older ones expire, or a former administrator who never
-- returns could not be removed.
alter table core.memberships add column issuer_admin_at timestamptz;
grant update (issuer_admin_at) on core.memberships to ${app_role};

-- Whether the role of a removed user followed the issuer's tokens.
alter table core.removed_members add column follows_issuer boolean not null default false;
