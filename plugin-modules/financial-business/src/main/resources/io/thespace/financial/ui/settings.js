// The settings page: an administrator opens an account for somebody.
import {complain, idempotencyKey, make, open} from './parts/page.js';

export function mount(element, context) {
  const {root, close} = open(element, 'Open accounts');
  if (!context.user.roles.includes('admin')) {
    root.append(make('p', {class: 'hint'}, 'Only an administrator can open accounts.'));
    return close;
  }

  const owner = make('input', {name: 'owner', required: '', value: context.user.user_id});
  const currency = make('input', {name: 'currency', required: '', pattern: '[A-Z]{3}', maxlength: '3', value: 'USD'});
  const submit = make('button', {}, 'Open the account');
  const says = make('div', {role: 'status'});
  const form = make(
    'form',
    {},
    make('label', {}, "The owner's user id ", owner),
    make('label', {}, 'Currency (ISO 4217) ', currency),
    submit,
    says,
  );
  // The same key until it has worked, so that a second click after a lost answer opens no second account.
  let key = idempotencyKey();

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      const account = await context.api('/api/plugins/financial_business/admin/accounts', {
        method: 'POST',
        headers: {'Idempotency-Key': key},
        body: {owner_user_id: owner.value.trim(), currency: currency.value.trim()},
      });
      key = idempotencyKey();
      says.replaceChildren(`Account ${account.account_id} is open.`);
    } catch (error) {
      complain(says, error);
    } finally {
      submit.disabled = false;
    }
  });
  form.addEventListener('input', () => {
    key = idempotencyKey();
  });
  root.append(form);
  return close;
}
