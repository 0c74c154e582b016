// The settings page: an administrator says how long conversations are kept.
import {complain, isMember, make, open} from './parts/page.js';

const PATH = '/api/plugins/mirrorcore/settings';

export function mount(element, context) {
  const {root, close} = open(element, 'Retention');
  if (!isMember(context)) {
    root.append(make('p', {class: 'hint'}, 'Your role does not include conversations.'));
    return close;
  }
  const days = make('input', {name: 'days', type: 'number', required: '', min: '1', max: '3650'});
  const submit = make('button', {}, 'Save');
  const says = make('div', {role: 'status'});
  const form = make(
    'form',
    {},
    make('label', {}, 'Days to keep a conversation after it was last active ', days),
    make('p', {class: 'hint'}, 'What is older is deleted within some minutes, for good.'),
    submit,
    says,
  );
  let closed = false;

  if (!context.user.roles.includes('admin')) {
    days.disabled = true;
    submit.hidden = true;
    says.textContent = 'Only an administrator can change this.';
  }

  async function load() {
    try {
      const settings = await context.api(PATH);
      if (!closed) {
        days.value = settings.retention_days;
      }
    } catch (error) {
      if (!closed) {
        complain(says, error);
      }
    }
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      const settings = await context.api(PATH, {method: 'PUT', body: {retention_days: Number(days.value)}});
      says.replaceChildren(`Conversations are kept for ${settings.retention_days} days.`);
    } catch (error) {
      complain(says, error);
    } finally {
      submit.disabled = false;
    }
  });
  root.append(form);
  load();
  return () => {
    closed = true;
    close();
  };
}
