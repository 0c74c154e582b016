-- A transfer as the platform makes it, statement by statement.
\set from :even * random(1, :count) + (1 - :even) * 1
\set to 1 + (:from + random(0, :count - 2)) % :count
\set key random(1, 4611686018427387904)
begin;
select set_config('app.org_id', :org, true);
select claimed, fingerprint, status, media_type, body from core.claim_idempotency_key(:org::uuid, :owner::uuid, :key::text);
select id, balance, currency, kind, org_id, owner_user_id, status, version from financial_business.account where org_id = :org::uuid and id in (('00000000-0000-7000-8000-' || lpad(to_hex(:from::int), 12, '0'))::uuid, ('00000000-0000-7000-8000-' || lpad(to_hex(:to::int), 12, '0'))::uuid) order by id for no key update;
insert into financial_business.transaction (amount, created_by, currency, kind, org_id, request_id, id) values (0.01, :owner::uuid, 'USD', 'transfer', :org::uuid, 'benchmark', ('00000000-0000-4000-' || substr(lpad(to_hex(:key::bigint), 16, '0'), 1, 4) || '-' || substr(lpad(to_hex(:key::bigint), 16, '0'), 5))::uuid);
insert into financial_business.entry (account_id, amount, org_id, owner_user_id, transaction_id, position) values (('00000000-0000-7000-8000-' || lpad(to_hex(:from::int), 12, '0'))::uuid, -0.01, :org::uuid, :owner::uuid, ('00000000-0000-4000-' || substr(lpad(to_hex(:key::bigint), 16, '0'), 1, 4) || '-' || substr(lpad(to_hex(:key::bigint), 16, '0'), 5))::uuid, 1), (('00000000-0000-7000-8000-' || lpad(to_hex(:to::int), 12, '0'))::uuid, 0.01, :org::uuid, :owner::uuid, ('00000000-0000-4000-' || substr(lpad(to_hex(:key::bigint), 16, '0'), 1, 4) || '-' || substr(lpad(to_hex(:key::bigint), 16, '0'), 5))::uuid, 2);
insert into core.events (id, org_id, type, source, subject, data, request_id, synthetic) values (gen_random_uuid(), :org::uuid, 'funds_transferred', '/plugins/financial_business', :key::text, '{"amount": 0.01}', 'benchmark', true);
insert into core.idempotency_keys (org_id, principal, key, fingerprint, status, media_type, body) values (:org::uuid, :owner::uuid, :key::text, '\x00', 200, 'application/json', '\x00');
commit;
