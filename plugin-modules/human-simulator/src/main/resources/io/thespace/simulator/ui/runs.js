// The widget: how the latest runs went.
import {complain, isMember, make, open, outcome, PATH} from './parts/page.js';

const PAUSE_MILLIS = 10_000;

export function mount(element, context) {
  const {root, close} = open(element, 'Latest runs');
  if (!isMember(context)) {
    root.append(make('p', {class: 'hint'}, 'Your role does not include simulations.'));
    return close;
  }
  let timer;
  let closed = false;

  async function show() {
    try {
      const page = await context.api(`${PATH}/runs?limit=5`);
      if (closed) {
        return;
      }
      root.replaceChildren(
        page.items.length === 0
          ? make('p', {class: 'hint'}, 'Nothing was simulated yet.')
          : make('ul', {}, ...page.items.map((run) => line(context, run))),
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

function line(context, run) {
  const when = new Date(run.created_at).toLocaleString(context.locale, {timeZone: context.timeZone});
  return make('li', {title: run.run_id}, `${when}: ${run.scenario}, ${outcome(run)}`);
}
