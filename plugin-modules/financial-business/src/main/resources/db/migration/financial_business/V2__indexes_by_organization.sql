-- What is read of a whole organization, its check and the transactions of a user, read every organization's rows.
create index transaction_org on financial_business.transaction (org_id, created_by, id);
create index entry_org on financial_business.entry (org_id, account_id) include (amount);
create index account_org on financial_business.account (org_id);
