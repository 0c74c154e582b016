insert into half (id) values (gen_random_uuid());
alter table kept drop column there_is_none;
