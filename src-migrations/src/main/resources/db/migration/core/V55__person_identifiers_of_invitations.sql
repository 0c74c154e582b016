-- Invitations compare addresses by the normal form of identifiers, which is computed outside the database.
alter table core.invitations drop constraint invitations_email_check;
alter table core.invitations add constraint invitations_email_check check (length(email) <= 254);

-- The same as core.matches_person, for the role of an installed plugin, as which its tables are searched.
create or replace function plugin_call.mentions(what text, who text) returns boolean
    language sql
    immutable
    parallel safe
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select core.matches_person(what, who)
$$;
