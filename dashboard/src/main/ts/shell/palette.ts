import {html} from 'lit';
import {caller} from '../core/caller';
import {go} from '../core/router';
import {openDialog} from '../ui/dialog';
import {icon, type IconName} from '../ui/icons';
import {visible} from './access';
import {pages} from './pages';
import {pluginPages} from './plugin-page';

interface Hit {
  path: string;
  title: string;
  icon: IconName;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;
const REQUEST_ID = /^[A-Za-z0-9._-]{6,128}$/;

/** Opens the search over all pages, runs and request ids. */
export function openSearch(): void {
  let text = '';
  openDialog('Search', (close, update) => {
    const hits = find(text);
    function open(hit: Hit | undefined): void {
      if (hit !== undefined) {
        close();
        go(hit.path);
      }
    }
    return html`<form
      class="palette"
      @submit=${(event: Event) => {
        event.preventDefault();
        open(hits[0]);
      }}
    >
      <label class="visually-hidden" for="palette-text">A page, a run or a request id</label>
      <input
        id="palette-text"
        type="text"
        autocomplete="off"
        placeholder="A page, a run or a request id"
        autofocus
        @input=${(event: Event) => {
          text = (event.target as HTMLInputElement).value;
          update();
        }}
      />
      <ul>
        ${hits.map((hit) => html`<li><button type="button" class="plain" @click=${() => open(hit)}>${icon(hit.icon)}<span>${hit.title}</span></button></li>`)}
      </ul>
    </form>`;
  });
}

function find(text: string): Hit[] {
  const wanted = text.trim().toLowerCase();
  const known = [...pages.filter(visible), ...pluginPages()];
  const hits: Hit[] = known.filter((page) => page.title.toLowerCase().includes(wanted));
  if (UUID.test(wanted) && caller.can('GET /api/system/runs/{id}')) {
    hits.push({path: `/runs/${wanted}`, title: `Run ${wanted}`, icon: 'flow'});
  }
  if (REQUEST_ID.test(text.trim()) && /\d/.test(text) && caller.admin) {
    hits.push({path: `/requests/${encodeURIComponent(text.trim())}`, title: `Explain request ${text.trim()}`, icon: 'search'});
  }
  return hits.slice(0, 12);
}
