-- The event that a step waited for and has taken, so that it takes each one once and the next one is looked for from there on. Null
-- for what waits for none, for a step that was signalled, and for those from before.
alter table core.workflow_steps add column event_id uuid, add column event_recorded_at timestamptz;
grant update (event_id, event_recorded_at) on core.workflow_steps to ${app_role};
