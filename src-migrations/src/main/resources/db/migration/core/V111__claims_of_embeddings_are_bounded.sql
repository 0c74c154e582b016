-- Takes at most as many as asked for. As a subquery of the condition, the rows were looked up once per row of the table under
-- some plans; each time the lock passed over those that the statement had changed already, and came to others.
create or replace function core.claim_memory_embeddings(at_most integer)
    returns table (org uuid, memory uuid)
    language sql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    with due as materialized (
        select w.org_id, w.memory_id from core.memory_embeddings w
         where w.embedding is null and w.due_at <= now() order by w.due_at limit at_most for update skip locked)
    update core.memory_embeddings e
       set attempts = e.attempts + 1, due_at = now() + interval '1 minute' * power(2, least(e.attempts, 4))
     where (e.org_id, e.memory_id) in (select d.org_id, d.memory_id from due d)
    returning e.org_id, e.memory_id
$$;
