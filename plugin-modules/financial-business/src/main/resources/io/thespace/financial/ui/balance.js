// The widget: what the signed-in person's accounts hold.
import {complain, isMember, make, money, open} from './parts/page.js';

const PAUSE_MILLIS = 30_000;

export function mount(element, context) {
  const {root, close} = open(element, 'Balance');
  if (!isMember(context)) {
    root.append(make('p', {class: 'hint'}, 'Your role does not include accounts.'));
    return close;
  }
  let timer;
  let closed = false;

  async function show() {
    try {
      const accounts = await context.api('/api/plugins/financial_business/accounts');
      if (closed) {
        return;
      }
      root.replaceChildren(
        accounts.length === 0
          ? make('p', {class: 'hint'}, 'You have no account. An administrator opens one for you.')
          : make('ul', {}, ...accounts.map((account) => line(context, account))),
      );
    } catch (error) {
      if (!closed) {
        complain(root, error);
      }
    }
    if (!closed) {
      timer = setTimeout(show, PAUSE_MILLIS);
    }
  }

  show();
  return () => {
    closed = true;
    clearTimeout(timer);
    close();
  };
}

function line(context, account) {
  return make('li', {title: account.account_id}, money(context, account.balance, account.currency));
}
