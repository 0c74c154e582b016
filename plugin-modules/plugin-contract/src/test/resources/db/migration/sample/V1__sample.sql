create table sample (org_id uuid not null);
