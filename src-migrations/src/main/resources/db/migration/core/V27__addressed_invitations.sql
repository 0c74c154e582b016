-- Invitations for one person alone, and the list of organizations.

-- Whose invitation it is; null: anybody's who has code and PIN, or it is used up. 'erased' is nobody's.
alter table core.invitations add column email text check (email = lower(email) and length(email) <= 254);
grant update (email) on core.invitations to ${app_role};

drop function core.invitation_standing(text);

-- What an invitation is worth; asked before a tenant is known, hence across all of them. Whoever asks has its code.
create function core.invitation_standing(of_code text)
    returns table (
        id uuid, org_id uuid, pin_hash text, organization text, role text, expires_at timestamptz, usable boolean, email text)
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select i.id, i.org_id, i.pin_hash, o.name, i.role, i.expires_at,
           i.revoked_at is null and i.expires_at > now() and i.uses < i.most_uses and o.status = 'active', i.email
    from core.invitations i
    join core.organizations o on o.id = i.org_id
    where i.code = of_code
$$;
revoke all on function core.invitation_standing(text) from public;
grant execute on function core.invitation_standing(text) to ${app_role};

-- The newest first; for platform administrators, who belong to one of them only.
create function core.organizations_before(of_id uuid, most integer)
    returns table (id uuid, name text, status text, created_at timestamptz)
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select o.id, o.name, o.status, o.created_at from core.organizations o
    where (of_id is null or o.id < of_id) and not o.sandbox
    order by o.id desc limit most
$$;

revoke all on function core.organizations_before(uuid, integer) from public;
grant execute on function core.organizations_before(uuid, integer) to ${app_role};
