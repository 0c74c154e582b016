-- Earlier versions set a failed run back to running or waiting when another branch of it went on, and cleared its cause: it could be
-- neither retried nor reset. A job in the dead-letter table is a step that waits for a retry. Here and not in core, which is migrated
-- before this schema exists.
update core.workflow_runs r
   set state = 'failed',
       cause = coalesce(
           (select s.cause from core.workflow_steps s
             where s.org_id = r.org_id and s.run_id = r.id and s.state = 'failed' and s.cause is not null
             order by s.number desc limit 1),
           'A step failed.')
 where r.ended_at is null and r.state <> 'failed'
   and exists (select from ACT_RU_DEADLETTER_JOB j where j.PROCESS_INSTANCE_ID_ = r.id::text);

-- They also left a task open that its boundary event had ended. The engine has no such task, so it could not be completed.
update core.workflow_tasks t set state = 'cancelled', completed_at = now()
 where t.state = 'open' and not exists (select from ACT_RU_TASK e where e.ID_ = t.engine_task);
