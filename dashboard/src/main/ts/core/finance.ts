import {idempotencyKey, send} from './api';
import {parseDecimals, type Decimal, type JsonText} from './exact';

/** The endpoints of the plugin financial_business, which are in no document at build time. */
export interface Account {
  account_id: string;
  balance: Decimal;
  currency: string;
  status: string;
}

export interface Transaction {
  transaction_id: string;
  kind: string;
  amount: Decimal;
  currency: string;
  reverses: string | null;
  reversed_by: string | null;
  created_at: string;
  entries: {account_id: string; amount: Decimal}[];
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

/** Reads an answer, whose numbers are amounts of money. */
async function read(path: string): Promise<unknown> {
  const response = await send('GET', `${FINANCE}${path}`);
  return parseDecimals(await response.text());
}

export const finance = {
  accounts: () => read('/accounts') as Promise<Account[]>,
  transactions: (cursor: string | null) =>
    read(`/transactions?limit=25${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`) as Promise<Page<Transaction>>,
  ledger: () => read('/admin/invariants') as Promise<Ledger>,
  /** Sends an order. */
  post: async (path: string, body: JsonText | undefined, key = idempotencyKey()): Promise<Receipt> => {
    const response = await send('POST', `${FINANCE}${path}`, {body, headers: key});
    const answer = (await response.json()) as {run_id?: string};
    return {requestId: response.headers.get('x-request-id'), run: response.status === 202 ? (answer.run_id ?? null) : null};
  },
};
