// What the modules share. Texts are only ever set as text, so that no name or message can become markup.

export const PATH = '/api/plugins/human_simulator';

/** Makes an element: make('p', {class: 'hint'}, 'Some text', anotherElement). */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, value);
  }
  element.append(...children);
  return element;
}

/** Puts the module's own root, with its styles, into the element; gives back the root and how to take it away. */
export function open(element, title) {
  const root = make('section', {class: 'human-simulator', 'aria-label': title});
  const styles = make('link', {rel: 'stylesheet', href: new URL('../simulator.css', import.meta.url).href});
  element.append(styles, root);
  return {
    root,
    close() {
      styles.remove();
      root.remove();
    },
  };
}

/** Says what went wrong, in the API's own words. */
export function complain(root, error) {
  root.replaceChildren(make('p', {role: 'alert'}, error.message));
}

/** How a run stands, in a few words. */
export function outcome(run) {
  if (run.passed === null) {
    return `${run.state}, ${run.result.sessions} of ${run.users} sessions`;
  }
  return run.passed ? 'passed' : run.reason ?? `${run.result.failed_sessions} of ${run.users} sessions failed`;
}

/** A table of a run's steps. */
export function steps(run, locale) {
  const millis = new Intl.NumberFormat(locale, {maximumFractionDigits: 1});
  const names = ['Step', 'Requests', 'Failures', 'p50 (ms)', 'p99 (ms)', 'First cause'];
  return make(
    'table',
    {},
    make('thead', {}, make('tr', {}, ...names.map((name) => make('th', {scope: 'col'}, name)))),
    make(
      'tbody',
      {},
      ...run.result.steps.map((step) =>
        make(
          'tr',
          {},
          make('th', {scope: 'row'}, step.step),
          make('td', {class: 'number'}, String(step.requests)),
          make('td', {class: 'number'}, String(step.failures)),
          make('td', {class: 'number'}, step.latency ? millis.format(step.latency.p50_millis) : ''),
          make('td', {class: 'number'}, step.latency ? millis.format(step.latency.p99_millis) : ''),
          make('td', {}, step.causes.length > 0 ? step.causes[0].cause : ''),
        ),
      ),
    ),
  );
}

/** Whether the caller is more than a guest: guests and viewers may not call the plugin's endpoints. */
export function isMember(context) {
  return context.user.roles.some((role) => role === 'user' || role === 'admin');
}
