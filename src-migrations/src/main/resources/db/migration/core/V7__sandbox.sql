-- One organization in which nobody is real. What synthetic users cause is kept out of business numbers.

alter table core.organizations add column sandbox boolean not null default false;
create unique index organizations_sandbox on core.organizations (sandbox) where sandbox;

alter table core.users add column synthetic boolean not null default false;
alter table core.users add constraint users_synthetic check (
    not synthetic or (not platform_admin and issuer is null and email like '%@sandbox.invalid'));
create index users_synthetic on core.users (id) where synthetic;

-- A synthetic user belongs to the sandbox and nowhere else, whoever writes the membership.
create function core.check_synthetic_membership() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    if exists (select 1 from core.users u where u.id = new.user_id and u.synthetic)
        and not exists (select 1 from core.organizations o where o.id = new.org_id and o.sandbox) then
        raise exception using
            errcode = 'integrity_constraint_violation',
            message = 'A synthetic user belongs to the sandbox organization only.';
    end if;
    return new;
end
$$;

create trigger synthetic_membership
    before insert or update on core.memberships
    for each row execute function core.check_synthetic_membership();

-- Nobody becomes synthetic, or real, later.
create function core.refuse_synthetic_change() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as
$$
begin
    raise exception using
        errcode = 'integrity_constraint_violation',
        message = 'Whether a user is synthetic never changes.';
end
$$;

create trigger synthetic_stays
    before update of synthetic on core.users
    for each row when (old.synthetic <> new.synthetic) execute function core.refuse_synthetic_change();

revoke all on function core.check_synthetic_membership() from public;
revoke all on function core.refuse_synthetic_change() from public;
