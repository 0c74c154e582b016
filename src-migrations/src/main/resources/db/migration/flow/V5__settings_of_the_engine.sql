-- The engine writes these when it first starts. Nodes that start together on a new database would both write them, and the second
-- would fail.
insert into ACT_GE_PROPERTY (NAME_, VALUE_, REV_)
    values ('cfg.execution-related-entities-count', 'true', 1), ('cfg.task-related-entities-count', 'true', 1)
    on conflict do nothing;
