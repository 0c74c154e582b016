// The page behind the menu entry: the signed-in person's transactions, the newest first.
import {complain, isMember, make, money, open} from './parts/page.js';

const PATH = '/api/plugins/financial_business/transactions?limit=25';

export function mount(element, context) {
  const {root, close} = open(element, 'Transactions');
  if (!isMember(context)) {
    root.append(make('p', {class: 'hint'}, 'Your role does not include accounts.'));
    return close;
  }
  const rows = make('tbody');
  const more = make('button', {type: 'button'}, 'Show more');
  let cursor = null;
  let closed = false;

  root.append(
    make(
      'table',
      {},
      make('thead', {}, make('tr', {}, make('th', {scope: 'col'}, 'When'), make('th', {scope: 'col'}, 'What'), make('th', {scope: 'col', class: 'amount'}, 'Amount'))),
      rows,
    ),
    more,
  );

  async function load() {
    more.disabled = true;
    try {
      const page = await context.api(cursor === null ? PATH : `${PATH}&cursor=${encodeURIComponent(cursor)}`);
      if (closed) {
        return;
      }
      rows.append(...page.items.map((transaction) => row(context, transaction)));
      cursor = page.next_cursor;
      more.hidden = cursor === null;
    } catch (error) {
      if (!closed) {
        complain(root, error);
      }
    } finally {
      more.disabled = false;
    }
  }

  more.addEventListener('click', load);
  load();
  return () => {
    closed = true;
    close();
  };
}

function row(context, transaction) {
  const when = new Date(transaction.created_at).toLocaleString(context.locale, {timeZone: context.timeZone});
  return make(
    'tr',
    {title: transaction.transaction_id},
    make('td', {}, when),
    make('td', {}, transaction.reversed_by ? `${transaction.kind} (reversed)` : transaction.kind),
    make('td', {class: 'amount'}, money(context, transaction.amount, transaction.currency)),
  );
}
