-- Every organization has a public channel general from the start. Those created before this migration get it here.
insert into core.channels (epoch, org_id, id, name, visibility, created_at, changed_at)
select gen_random_uuid(), o.id, 'general', 'General', 'public', now(), now()
  from core.organizations o
on conflict (org_id, id) do nothing;
