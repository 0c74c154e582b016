// The widget: the newest conversations, and what the newest of them measures.
import {complain, isMember, make, number, open} from './parts/page.js';

const ROOT = '/api/plugins/mirrorcore';
const PAUSE_MILLIS = 30_000;
const MEASURES = [
  ['Reading ease', 'flesch_reading_ease'],
  ['Sentiment', 'sentiment'],
  ['Questions', 'question_ratio'],
  ['Hedges', 'hedge_ratio'],
];

export function mount(element, context) {
  const {root, close} = open(element, 'Conversations');
  if (!isMember(context)) {
    root.append(make('p', {class: 'hint'}, 'Your role does not include conversations.'));
    return close;
  }
  let timer;
  let closed = false;

  async function show() {
    try {
      const page = await context.api(`${ROOT}/sessions?limit=5`);
      const newest = page.items.find((session) => session.turns > 0);
      const metrics = newest ? await context.api(`${ROOT}/metrics?session_id=${newest.session_id}`) : null;
      if (closed) {
        return;
      }
      root.replaceChildren(
        page.items.length === 0
          ? make('p', {class: 'hint'}, 'There is no conversation yet.')
          : make('ul', {}, ...page.items.map(line)),
        ...(metrics ? [table(context, newest, metrics)] : []),
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

function called(session) {
  return session.title ?? 'Without a title';
}

function line(session) {
  const state = session.completed_at ? 'completed' : 'open';
  return make('li', {title: session.session_id}, `${called(session)}: ${session.turns} turns, ${state}`);
}

function table(context, session, metrics) {
  const rows = MEASURES.map(([name, member]) => [name, metrics.measures[member]]);
  rows.push(['Drift', metrics.drift], ['Style matching', metrics.style_match]);
  return make(
    'table',
    {},
    make('caption', {}, called(session)),
    make(
      'tbody',
      {},
      ...rows.map(([name, value]) =>
        make('tr', {}, make('th', {scope: 'row'}, name), make('td', {class: 'number'}, number(context, value))),
      ),
    ),
  );
}
