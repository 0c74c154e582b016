-- Which queued run a node takes next. The oldest one of all let one organization with many long runs occupy every node for hours.
-- The function with two parameters stays for nodes of the version before.

create function human_simulator.claim_run(by_node uuid, lease_seconds integer, except_orgs uuid[])
    returns table (run_id uuid, run_org uuid)
    language sql security definer set search_path = pg_catalog, pg_temp
as $$
    update human_simulator.run r
       set state = 'running', node = by_node, started_at = now(),
           leased_until = now() + make_interval(secs => lease_seconds)
     where r.id = (select q.id
                     from human_simulator.run q
                     left join (select b.org_id, count(*) as runs
                                  from human_simulator.run b
                                 where b.state = 'running'
                                 group by b.org_id) busy on busy.org_id = q.org_id
                    where q.state = 'queued' and q.org_id <> all (except_orgs)
                    order by coalesce(busy.runs, 0), q.id
                      for update of q skip locked
                    limit 1)
    returning r.id, r.org_id
$$;

comment on function human_simulator.claim_run(uuid, integer, uuid[]) is
    'Takes a queued run for a node: the oldest one of the organization with the fewest running ones, which the node does not exclude.';

revoke all on function human_simulator.claim_run(uuid, integer, uuid[]) from public;
grant execute on function human_simulator.claim_run(uuid, integer, uuid[]) to ${app_role};
