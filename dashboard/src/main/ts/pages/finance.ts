import '@vaadin/button';
import '@vaadin/number-field';
import '@vaadin/text-field';
import {html, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {idempotencyKey} from '../core/api';
import {caller} from '../core/caller';
import {JsonText, literal} from '../core/exact';
import {finance, FINANCE, type Account, type Ledger, type Transaction} from '../core/finance';
import {money, short, time, words} from '../core/format';
import {link} from '../core/router';
import {copy, copyCurl} from '../ui/curl';
import {confirm} from '../ui/dialog';
import {SpaceElement} from '../ui/element';
import {icon} from '../ui/icons';
import {repeated} from '../ui/repeated';
import {badge, empty, failed, loading} from '../ui/states';
import {notify, problem} from '../ui/toast';

/** Accounts, a transfer, transactions; for administrators also opening, deposits, reversals and the ledger's invariants. */
@customElement('page-finance')
export class PageFinance extends SpaceElement {
  @state() private accounts: Account[] | null = null;
  @state() private transactions: Transaction[] = [];
  @state() private cursor: string | null = null;
  @state() private ledger: Ledger | null = null;
  @state() private error: unknown = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  #load = async (): Promise<void> => {
    this.error = null;
    try {
      const [accounts, page] = await Promise.all([finance.accounts(), finance.transactions(null)]);
      this.accounts = accounts;
      this.transactions = page.items;
      this.cursor = page.next_cursor;
      if (caller.admin) {
        this.ledger = await finance.ledger();
      }
    } catch (error) {
      this.error = error;
    }
  };

  async #more(): Promise<void> {
    try {
      const page = await finance.transactions(this.cursor);
      this.transactions = [...this.transactions, ...page.items];
      this.cursor = page.next_cursor;
    } catch (error) {
      this.error = error;
    }
  }

  protected override render(): TemplateResult {
    if (!caller.has('user')) {
      return html`<header class="page-header"><h1>Finance</h1></header>${empty('Your role does not include accounts.')}`;
    }
    return html`<header class="page-header">
        <h1>Finance</h1>
        <p>Every transaction is a set of entries that sum to zero, written together with its audit record and its event.</p>
      </header>
      ${this.error === null ? '' : failed(this.error, () => void this.#load())}
      ${this.accounts === null
        ? this.error === null
          ? loading()
          : ''
        : html`${this.#balances(this.accounts)}
            <div class="split">
              <div>
                ${this.accounts.length === 0
                  ? ''
                  : html`<section class="card" aria-label="Transfer">
                      <header><h2>Transfer</h2>${copyCurl('POST', `${FINANCE}/transfer`, {from_account_id: '…', to_account_id: '…', amount: 1, currency: 'USD'})}</header>
                      <order-form action="Transfer" path="/transfer" .fields=${this.#transfer(this.accounts)} @done=${this.#load}></order-form>
                    </section>`}
                ${this.#list()}
              </div>
              <div>${caller.admin ? this.#administration() : ''}</div>
            </div>`}`;
  }

  #balances(accounts: Account[]): TemplateResult {
    return accounts.length === 0
      ? html`<section class="card">${empty(caller.admin ? 'You have no account yet. Open one here, and deposit money into it.' : 'You have no account yet. An administrator opens one for you.')}</section>`
      : html`<div class="stats">
          ${accounts.map(
            (account) =>
              html`<div class="stat">
                <div class="label">${account.currency} account ${badge(account.status)}</div>
                <div class="value">${money(account.balance, account.currency)}</div>
                <small class="code">${account.account_id}</small>
                <button class="plain small" aria-label="Copy the id of account ${account.account_id}" @click=${() => void copy(account.account_id, 'The account’s id was copied.')}>${icon('copy')}</button>
              </div>`,
          )}
        </div>`;
  }

  #transfer(accounts: Account[]): Field[] {
    return [
      {name: 'from_account_id', label: 'From', options: accounts.map((each) => [each.account_id, `${short(each.account_id)} · ${money(each.balance, each.currency)}`])},
      {name: 'to_account_id', label: 'To account', hint: 'The id of an account of yours or of another customer', value: accounts[1]?.account_id ?? ''},
      {name: 'amount', label: 'Amount', number: true},
      {name: 'currency', label: 'Currency', value: accounts[0]?.currency ?? 'USD'},
    ];
  }

  #administration(): TemplateResult {
    return html`<section class="card" aria-label="Open an account">
        <header><h2>Open an account</h2></header>
        <order-form
          action="Open"
          path="/admin/accounts"
          .fields=${[
            {name: 'owner_user_id', label: 'Owner’s user id', value: caller.profile.user_id},
            {name: 'currency', label: 'Currency', value: 'USD'},
          ]}
          @done=${this.#load}
        ></order-form>
      </section>
      <section class="card" aria-label="Deposit">
        <header><h2>Deposit</h2></header>
        <order-form
          action="Deposit"
          path="/admin/deposit"
          .fields=${[
            {name: 'account_id', label: 'Account', value: this.accounts?.[0]?.account_id ?? ''},
            {name: 'amount', label: 'Amount', number: true},
            {name: 'currency', label: 'Currency', value: this.accounts?.[0]?.currency ?? 'USD'},
          ]}
          @done=${this.#load}
        ></order-form>
      </section>
      ${this.ledger === null
        ? ''
        : html`<section class="card" aria-label="Ledger">
            <header><h2>Ledger</h2>${badge(this.ledger.clean ? 'ok' : 'failed')}</header>
            <ul class="checks">
              ${this.ledger.invariants.map((each) => html`<li><span class="name">${words(each.name)}<br /><small>${each.counterexample ?? each.description}</small></span>${badge(each.holds ? 'ok' : 'failed')}</li>`)}
            </ul>
          </section>`}`;
  }

  #list(): TemplateResult {
    return html`<section class="card" aria-label="Transactions">
      <header><h2>Transactions</h2>${copyCurl('GET', `${FINANCE}/transactions`)}</header>
      ${this.transactions.length === 0
        ? empty('There are no transactions yet.')
        : html`<table class="rows">
            <thead>
              <tr><th scope="col">When</th><th scope="col">Kind</th><th scope="col" class="number">Amount</th><th scope="col">Transaction</th><th scope="col">Actions</th></tr>
            </thead>
            <tbody>
              ${this.transactions.map(
                (each) =>
                  html`<tr>
                    <td data-label="When">${time(each.created_at)}</td>
                    <td data-label="Kind">${each.kind} ${each.reversed_by ? badge('reversed') : ''}</td>
                    <td data-label="Amount" class="number">${money(each.amount, each.currency)}</td>
                    <td data-label="Transaction" title=${each.transaction_id}><code>${short(each.transaction_id)}</code></td>
                    <td data-label="Actions">
                      ${caller.admin && each.kind !== 'reversal' && each.reversed_by === null
                        ? html`<button class="plain small danger" @click=${() => this.#reverse(each)}>Reverse</button>`
                        : '–'}
                    </td>
                  </tr>`,
              )}
            </tbody>
          </table>`}
      ${this.cursor === null ? '' : html`<vaadin-button theme="small" @click=${() => void this.#more()}>Show more</vaadin-button>`}
    </section>`;
  }

  #reverse(transaction: Transaction): void {
    confirm(
      {
        title: 'Reverse a transaction',
        text: `A new, opposite transaction moves ${money(transaction.amount, transaction.currency)} back. A reversal cannot be reversed.`,
        action: 'Reverse',
        word: 'reverse',
      },
      async () => {
        await finance.post(`/transactions/${transaction.transaction_id}/reverse`, undefined);
        notify('The transaction was reversed.');
        await this.#load();
      },
    );
  }
}

interface Field {
  name: string;
  label: string;
  hint?: string;
  value?: string;
  number?: boolean;
  options?: [string, string][];
}

/**
 * A short form that posts to the plugin; a retry after a lost answer has the same idempotency key. Afterwards its numbers
 * are empty, so that the same order is not sent again unless it is entered again.
 */
@customElement('order-form')
export class OrderForm extends SpaceElement {
  @property() action = '';
  @property() path = '';
  @property({attribute: false}) fields: Field[] = [];
  @state() private error: unknown = null;
  @state() private busy = false;
  #key: Record<string, string> | null = null;

  protected override render(): TemplateResult {
    return html`<form class="form" @submit=${this.#submit} @keydown=${this.#enter} @input=${() => (this.#key = null)}>
      ${this.fields.map((field) => control(field))}
      <vaadin-button theme="primary" ?disabled=${this.busy} @click=${this.#submit}>${this.action}</vaadin-button>
      ${this.error === null ? '' : html`<div class="failed wide" role="alert">${problem(this.error)}</div>`}
    </form>`;
  }

  #enter = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.target as HTMLElement).localName !== 'vaadin-button') {
      void this.#submit(event);
    }
  };

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy || repeated(event)) {
      return;
    }
    this.busy = true;
    this.error = null;
    try {
      const values = new Map(this.fields.map((field) => [field, this.#control(field)?.value.trim() ?? '']));
      const body = order(values);
      this.#key ??= idempotencyKey();
      const {requestId, run} = await finance.post(this.path, body, this.#key);
      this.#key = null;
      for (const [field, value] of values) {
        const control = this.#control(field);
        if (field.number && control?.value.trim() === value) {
          control.value = '';
        }
      }
      if (run === null) {
        notify(`${this.action}: done.`, requestId);
      } else {
        notify(html`${this.action}: waits for an approval. <a href=${link(`/runs/${run}`)}>Follow the run</a>`);
      }
      this.dispatchEvent(new Event('done'));
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = false;
    }
  };

  #control(field: Field): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>(`[name="${field.name}"]`);
  }
}

/** The body of an order, with its numbers as they were entered. */
function order(values: Map<Field, string>): JsonText {
  const members = Array.from(values, ([field, value]) => {
    const text = field.number ? literal(value) : JSON.stringify(value);
    if (text === null) {
      throw new Error(`${field.label} must be a number.`);
    }
    return `${JSON.stringify(field.name)}:${text}`;
  });
  return new JsonText(`{${members.join(',')}}`);
}

function control(field: Field): TemplateResult {
  if (field.options !== undefined) {
    return html`<label class="select wide"
      ><span>${field.label}</span
      ><select name=${field.name}>
        ${field.options.map(([value, text]) => html`<option value=${value}>${text}</option>`)}
      </select></label
    >`;
  }
  return field.number
    ? html`<vaadin-number-field name=${field.name} label=${field.label} min="0" step="any" required></vaadin-number-field>`
    : html`<vaadin-text-field
        class=${field.name.endsWith('_id') ? 'wide' : ''}
        name=${field.name}
        label=${field.label}
        helper-text=${field.hint ?? ''}
        .value=${field.value ?? ''}
        required
      ></vaadin-text-field>`;
}

export function page(): TemplateResult {
  return html`<page-finance></page-finance>`;
}
