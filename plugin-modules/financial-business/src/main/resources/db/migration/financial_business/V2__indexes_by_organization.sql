-- Checks of an organization's ledger and reads of a user's transactions scan only rows of that organization.
create index transaction_org on financial_business.transaction (org_id, created_by, id);
create index entry_org on financial_business.entry (org_id, account_id) include (amount);
create index account_org on financial_business.account (org_id);
