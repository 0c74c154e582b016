import {html} from 'lit';
import {caller} from '../core/caller';
import {go, link} from '../core/router';
import {openDialog} from '../ui/dialog';
import {icon} from '../ui/icons';
import {complain} from '../ui/toast';
import {visible} from './access';
import {named, type Hit} from './found';
import {pages} from './pages';
import {pluginPages} from './plugin-page';

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;
const REQUEST_ID = /^[A-Za-z0-9._-]{6,128}$/;

const MAX_HITS = 12;
/** From how many letters on memories are offered to be searched. */
const MIN_MEMORY_TEXT = 3;
const PROMPT = 'A page, an agent, a user, a workflow, a run or a request id';

/** Opens the search over all pages, what has a name, runs and request ids. */
export function openSearch(): void {
  let text = '';
  let known: Hit[] = [];
  let busy = true;
  let redraw = (): void => {};
  openDialog('Search', (close, update) => {
    redraw = update;
    const hits = find(text, known);
    function open(hit: Hit | undefined): void {
      if (hit !== undefined) {
        close();
        go(hit.path);
      }
    }
    return html`<form
      class="palette"
      aria-busy=${busy}
      @keydown=${walk}
      @submit=${(event: Event) => {
        event.preventDefault();
        open(hits[0]);
      }}
    >
      <label class="visually-hidden" for="palette-text">${PROMPT}</label>
      <input
        id="palette-text"
        type="text"
        autocomplete="off"
        placeholder=${PROMPT}
        autofocus
        @input=${(event: Event) => {
          text = (event.target as HTMLInputElement).value;
          update();
        }}
      />
      <ul>
        ${hits.map((hit) => html`<li><button type="button" class="plain" @click=${() => open(hit)}>${icon(hit.icon)}<span>${hit.title}</span><small>${hit.kind}</small></button></li>`)}
      </ul>
      ${hits.length === 0 ? html`<p class="empty" role="status">Nothing has this name or id.</p>` : ''}
    </form>`;
  });
  named()
    .then((hits) => {
      known = hits;
    })
    .catch(complain)
    .finally(() => {
      busy = false;
      redraw();
    });
}

/** The arrow keys walk through the field and the hits. */
function walk(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step !== 0) {
    event.preventDefault();
    const stops = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('input, li button')];
    const next = stops.indexOf(document.activeElement as HTMLElement) + step;
    stops[(next + stops.length) % stops.length]?.focus();
  }
}

function find(text: string, known: Hit[]): Hit[] {
  const wanted = text.trim().toLowerCase();
  const shown: Hit[] = [...pages.filter(visible), ...pluginPages()].map(({path, title, icon, group}) => ({path, title, icon, kind: group ?? ''}));
  const hits = [...shown, ...(wanted === '' ? [] : known)].filter(({title}) => title.toLowerCase().includes(wanted));
  if (UUID.test(wanted) && caller.can('GET /api/system/runs/{id}')) {
    hits.push({path: `/runs/${wanted}`, title: wanted, kind: 'Run', icon: 'flow'});
  }
  if (REQUEST_ID.test(text.trim()) && /\d/.test(text) && caller.admin) {
    hits.push({path: `/requests/${encodeURIComponent(text.trim())}`, title: text.trim(), kind: 'Explain a request', icon: 'search'});
  }
  const first = hits.slice(0, MAX_HITS);
  if (wanted.length >= MIN_MEMORY_TEXT && caller.can('POST /management/v1/memories/search')) {
    first.push({path: link('/memory-search', {query: text.trim()}).slice(1), title: text.trim(), kind: 'Search memories', icon: 'memory'});
  }
  return first;
}
