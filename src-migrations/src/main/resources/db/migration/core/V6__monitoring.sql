-- Business numbers over windows of time. Events need no further index: their ids begin with their time.
create index sign_ins_begun on core.sign_ins (org_id, created_at desc);
create index organizations_founded on core.organizations (created_at desc);
