-- The message of a failed step may contain personal data. It is stored in the run's rows in the schema core, where an erasure finds it;
-- the engine's copy is never read. The rows stay, since jobs reference them.
update ACT_GE_BYTEARRAY set BYTES_ = '' where ID_ in (
    select EXCEPTION_STACK_ID_ from ACT_RU_JOB
    union all select EXCEPTION_STACK_ID_ from ACT_RU_TIMER_JOB
    union all select EXCEPTION_STACK_ID_ from ACT_RU_SUSPENDED_JOB
    union all select EXCEPTION_STACK_ID_ from ACT_RU_DEADLETTER_JOB
    union all select EXCEPTION_STACK_ID_ from ACT_RU_HISTORY_JOB
    union all select EXCEPTION_STACK_ID_ from ACT_RU_EXTERNAL_JOB);
update ACT_RU_JOB set EXCEPTION_MSG_ = 'The step failed' where EXCEPTION_MSG_ is not null;
update ACT_RU_TIMER_JOB set EXCEPTION_MSG_ = 'The step failed' where EXCEPTION_MSG_ is not null;
update ACT_RU_SUSPENDED_JOB set EXCEPTION_MSG_ = 'The step failed' where EXCEPTION_MSG_ is not null;
update ACT_RU_DEADLETTER_JOB set EXCEPTION_MSG_ = 'The step failed' where EXCEPTION_MSG_ is not null;
update ACT_RU_HISTORY_JOB set EXCEPTION_MSG_ = 'The step failed' where EXCEPTION_MSG_ is not null;
update ACT_RU_EXTERNAL_JOB set EXCEPTION_MSG_ = 'The step failed' where EXCEPTION_MSG_ is not null;
