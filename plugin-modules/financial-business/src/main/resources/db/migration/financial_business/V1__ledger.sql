-- The ledger. What must never be wrong is kept here and not in the application: entries and transactions are only ever
-- added, each transaction balances when it commits, and an account's balance is the sum of its entries.
--
-- The placeholder app_role is the role that the application runs as; it is subject to row-level security and gets no more than it needs.

create table financial_business.account (
    id            uuid primary key,
    org_id        uuid           not null,
    owner_user_id uuid,
    kind          text           not null check (kind in ('customer', 'equity')),
    currency      text           not null check (currency ~ '^[A-Z]{3}$'),
    balance       numeric(30, 4) not null default 0,
    status        text           not null default 'open' check (status in ('open', 'closed')),
    created_at    timestamptz    not null default now(),
    version       bigint         not null default 0,
    constraint owned_by_customer check ((kind = 'customer') = (owner_user_id is not null)),
    constraint balance_not_negative check (kind = 'equity' or balance >= 0)
) with (fillfactor = 50); -- room on its page for an account's next version, so that a balance changes without its indexes

comment on table financial_business.account is
    'An account in one currency. The equity account is the business itself: the other side of deposits, and the only one that may be negative.';

create unique index account_equity on financial_business.account (org_id, currency) where kind = 'equity';
create index account_owner on financial_business.account (org_id, owner_user_id, id) where owner_user_id is not null;

create table financial_business.transaction (
    id         uuid primary key,
    org_id     uuid           not null,
    kind       text           not null check (kind in ('transfer', 'deposit', 'reversal')),
    amount     numeric(30, 4) not null check (amount > 0),
    currency   text           not null,
    reverses   uuid references financial_business.transaction (id),
    created_at timestamptz    not null default now(),
    created_by uuid,
    request_id text,
    written_in xid8           not null default pg_current_xact_id(),
    constraint reversal_names_what_it_reverses check ((kind = 'reversal') = (reverses is not null))
);

comment on column financial_business.transaction.written_in is
    'The database transaction that wrote this row: the only one that may add entries to it.';

create unique index transaction_reversed_once on financial_business.transaction (reverses) where reverses is not null;

create table financial_business.entry (
    transaction_id uuid           not null references financial_business.transaction (id),
    position       integer        not null,
    account_id     uuid           not null references financial_business.account (id),
    org_id         uuid           not null,
    owner_user_id  uuid,
    amount         numeric(30, 4) not null check (amount <> 0),
    created_at     timestamptz    not null default now(),
    primary key (transaction_id, position)
);

comment on column financial_business.entry.amount is 'What the account gains; negative for what it gives.';
comment on column financial_business.entry.owner_user_id is
    'The account''s owner once more, so that a person''s transactions are one range of one index.';

create index entry_account on financial_business.entry (account_id, transaction_id desc);
create index entry_owner on financial_business.entry (owner_user_id, transaction_id desc) where owner_user_id is not null;

-- A balance follows its entries --------------------------------------------------------------------------------------

-- Runs as the tables' owner, because the application's role may not change balances. It therefore sees all tenants' rows
-- and has to compare the tenant itself. After and not before the insert: a row that ON CONFLICT skips moves no money.
create function financial_business.apply_entry() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    update financial_business.account a
       set balance = a.balance + new.amount,
           version = a.version + 1
      from financial_business.transaction t
     where a.id = new.account_id
       and a.org_id = new.org_id
       and a.owner_user_id is not distinct from new.owner_user_id
       and a.status = 'open'
       and t.id = new.transaction_id
       and t.org_id = new.org_id
       and t.currency = a.currency
       and t.written_in = pg_current_xact_id();
    if not found then
        raise exception using
            errcode = 'integrity_constraint_violation',
            message = format('Entry %s of transaction %s is refused.', new.position, new.transaction_id),
            detail = 'It needs an open account of the same organization, currency and owner, and a transaction that began in this database transaction.';
    end if;
    return null;
end
$$;

create trigger apply_entry
    after insert on financial_business.entry
    for each row execute function financial_business.apply_entry();

create function financial_business.refuse_balance() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as
$$
begin
    raise exception using
        errcode = 'integrity_constraint_violation',
        message = format('The balance of account %s is refused.', new.id),
        detail = 'A balance starts at zero and changes through entries only.';
end
$$;

create trigger balance_starts_at_zero
    before insert on financial_business.account
    for each row when (new.balance <> 0) execute function financial_business.refuse_balance();

-- At depth 0 the update comes from a client and not from apply_entry.
create trigger balance_follows_entries
    before update of balance on financial_business.account
    for each row when (pg_trigger_depth() = 0) execute function financial_business.refuse_balance();

-- A transaction balances when it commits -----------------------------------------------------------------------------

-- Also after each entry and not only after the transaction's row: SET CONSTRAINTS can bring the first check forward.
create function financial_business.check_transaction() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    checked  uuid;
    expected numeric;
    entries  bigint;
    total    numeric;
    gained   numeric;
begin
    if tg_table_name = 'entry' then
        checked := new.transaction_id;
    else
        checked := new.id;
    end if;
    select t.amount into expected from financial_business.transaction t where t.id = checked;
    select count(*), sum(e.amount), sum(e.amount) filter (where e.amount > 0)
      into entries, total, gained
      from financial_business.entry e
     where e.transaction_id = checked;
    if entries < 2 or total <> 0 or gained is distinct from expected then
        raise exception using
            errcode = 'integrity_constraint_violation',
            message = format('Transaction %s does not balance.', checked),
            detail = format('%s entries sum to %s and move %s of %s.', entries, total, gained, expected);
    end if;
    return null;
end
$$;

create constraint trigger balanced
    after insert on financial_business.transaction
    deferrable initially deferred
    for each row execute function financial_business.check_transaction();

create constraint trigger balanced
    after insert on financial_business.entry
    deferrable initially deferred
    for each row execute function financial_business.check_transaction();

-- What is written stays ----------------------------------------------------------------------------------------------

create function financial_business.refuse_change() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as
$$
begin
    raise exception using
        errcode = 'integrity_constraint_violation',
        message = format('%s of %s.%s is refused.', tg_op, tg_table_schema, tg_table_name),
        detail = 'The ledger is only ever added to; a mistake is put right by a reversal.';
end
$$;

create trigger append_only
    before update or delete or truncate on financial_business.transaction
    for each statement execute function financial_business.refuse_change();

create trigger append_only
    before update or delete or truncate on financial_business.entry
    for each statement execute function financial_business.refuse_change();

-- Who sees and does what ---------------------------------------------------------------------------------------------

alter table financial_business.account enable row level security;
alter table financial_business.transaction enable row level security;
alter table financial_business.entry enable row level security;

create policy tenant on financial_business.account
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy tenant on financial_business.transaction
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy tenant on financial_business.entry
    using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
    with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);

revoke all on all functions in schema financial_business from public;
revoke all on all tables in schema financial_business from ${app_role};

grant usage on schema financial_business to ${app_role};
-- UPDATE of status and version is also what SELECT … FOR UPDATE asks for.
grant select,
      insert (id, org_id, owner_user_id, kind, currency, status, version),
      update (status, version)
    on financial_business.account to ${app_role};
grant select,
      insert (id, org_id, kind, amount, currency, reverses, created_by, request_id)
    on financial_business.transaction to ${app_role};
grant select,
      insert (transaction_id, position, account_id, org_id, owner_user_id, amount)
    on financial_business.entry to ${app_role};
