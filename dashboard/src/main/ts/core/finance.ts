import {idempotencyKey, request, send} from './api';

/** The endpoints of the plugin financial_business, which are in no document at build time. */
export interface Account {
  account_id: string;
  balance: number;
  currency: string;
  status: string;
}

export interface Transaction {
  transaction_id: string;
  kind: string;
  amount: number;
  currency: string;
  reverses: string | null;
  reversed_by: string | null;
  created_at: string;
  entries: {account_id: string; amount: number}[];
}

export interface Ledger {
  clean: boolean;
  checked_at: string;
  invariants: {name: string; description: string; holds: boolean; counterexample: string | null}[];
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** What became of an order: `run` is the workflow's run whose approval it waits for, null when it was carried out. */
export interface Receipt {
  requestId: string | null;
  run: string | null;
}

export const FINANCE = '/api/plugins/financial_business';

export const finance = {
  accounts: () => request('GET', `${FINANCE}/accounts`) as Promise<Account[]>,
  transactions: (cursor: string | null) =>
    request('GET', `${FINANCE}/transactions?limit=25${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`) as Promise<Page<Transaction>>,
  ledger: () => request('GET', `${FINANCE}/admin/invariants`) as Promise<Ledger>,
  /** Sends an order. */
  post: async (path: string, body: unknown, key = idempotencyKey()): Promise<Receipt> => {
    const response = await send('POST', `${FINANCE}${path}`, {body, headers: key});
    const answer = (await response.json()) as {run_id?: string};
    return {requestId: response.headers.get('x-request-id'), run: response.status === 202 ? (answer.run_id ?? null) : null};
  },
};
