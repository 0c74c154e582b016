-- The engine works as the application's role and never changes its own tables' definitions.
grant select, insert, update, delete on all tables in schema ${flyway:defaultSchema} to ${app_role};
revoke insert, update, delete on ${flyway:defaultSchema}.flyway_schema_history from ${app_role};
