-- Whether a user who left all organizations still has a name here. Another organization's removal of the user counts as a membership:
-- without the account's issuer and subject the next token would create a user who was not removed.
create or replace function core.user_is_left(of_user uuid) returns boolean
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select from core.users u
         where u.id = of_user and not u.platform_admin and u.email is distinct from 'erased-' || u.id || '@erased.invalid'
           and not exists (select from core.memberships m where m.user_id = u.id)
           and not exists (
                select from core.removed_members r
                 where r.user_id = u.id
                   and r.org_id is distinct from nullif(current_setting('app.org_id', true), '')::uuid))
$$;
