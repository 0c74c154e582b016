// The settings page: simulates a scenario now and shows how it went.
import {complain, isMember, make, open, outcome, PATH, steps} from './parts/page.js';

export function mount(element, context) {
  const {root, close} = open(element, 'Simulate people');
  if (!isMember(context)) {
    root.append(make('p', {class: 'hint'}, 'Guests cannot simulate.'));
    return close;
  }

  let closed = false;
  const scenario = make('select', {name: 'scenario', required: ''});
  const users = make('input', {name: 'users', type: 'number', min: '1', max: '10', value: '1', required: ''});
  const submit = make('button', {}, 'Simulate');
  const says = make('div', {role: 'status'});
  const form = make(
    'form',
    {},
    make('label', {}, 'Scenario ', scenario),
    make('label', {}, 'Synthetic users ', users),
    submit,
    says,
  );

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    submit.disabled = true;
    says.replaceChildren('Simulating…');
    try {
      const run = await context.api(`${PATH}/simulate`, {
        method: 'POST',
        body: {scenario: scenario.value, users: Number(users.value)},
      });
      if (!closed) {
        says.replaceChildren(make('p', {}, `${run.scenario}: ${outcome(run)}`), steps(run, context.locale));
      }
    } catch (error) {
      complain(says, error);
    } finally {
      submit.disabled = false;
    }
  });
  root.append(form);

  context
    .api(`${PATH}/scenarios?limit=100`)
    .then((page) => scenario.append(...page.items.map((each) => make('option', {value: each.name}, each.name))))
    .catch((error) => complain(says, error));
  return () => {
    closed = true;
    close();
  };
}
