-- The event that ended a step's wait, so that a step consumes each event once and the search for the next one begins there. Null for
-- steps that wait for no event, for signalled steps and for steps that ended before this migration.
alter table core.workflow_steps add column event_id uuid, add column event_recorded_at timestamptz;
grant update (event_id, event_recorded_at) on core.workflow_steps to ${app_role};
