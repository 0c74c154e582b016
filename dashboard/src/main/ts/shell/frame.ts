import {html, nothing, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {keyed} from 'lit/directives/keyed.js';
import {place} from '../core/router';
import {SpaceElement} from '../ui/element';
import {icon} from '../ui/icons';
import {failed, loading} from '../ui/states';
import {allowed, visible} from './access';
import {openSearch} from './palette';
import {pageAt, pages, type Page} from './pages';
import {pluginPage, pluginPages} from './plugin-page';
import {registry} from './registry';
import './user-menu';

/** The header, the navigation and the current page. */
@customElement('space-frame')
export class SpaceFrame extends SpaceElement {
  @state() private content: TemplateResult = loading();
  @state() private path = '';
  @state() private menuOpen = false;
  #loads = 0;
  /** Which load is shown: each makes the page anew, since it reads its filters only once. */
  #shown = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#navigate);
    registry.addEventListener('change', this.#redraw);
    document.addEventListener('keydown', this.#key);
    void this.#load(false);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#navigate);
    registry.removeEventListener('change', this.#redraw);
    document.removeEventListener('keydown', this.#key);
  }

  #redraw = (): void => this.requestUpdate();

  #navigate = (): void => {
    void this.#load(true);
  };

  #key = (event: KeyboardEvent): void => {
    if (event.key === 'k' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      openSearch();
    } else if (event.key === 'Escape') {
      this.menuOpen = false;
    }
  };

  async #load(focus: boolean): Promise<void> {
    const load = ++this.#loads;
    this.path = place().path;
    this.menuOpen = false;
    const [title, content] = await this.#page();
    if (load !== this.#loads) {
      return;
    }
    document.title = `${title} · The Space`;
    this.#shown = load;
    this.content = content;
    if (focus) {
      await this.updateComplete;
      const main = this.querySelector('main');
      main?.scrollTo(0, 0);
      main?.focus({preventScroll: true});
    }
  }

  async #page(): Promise<[string, TemplateResult]> {
    const module = pluginPage(this.path);
    if (module !== null) {
      return module;
    }
    const found = pageAt(this.path);
    if (found === null) {
      return ['Not found', message('There is no such page', 'The navigation and the search (Ctrl+K) lead to every page.')];
    }
    const {page, parameters} = found;
    if (!allowed(page)) {
      return [
        page.title,
        message('Not allowed', 'Your role does not include this page. An administrator of the organization can change it.'),
      ];
    }
    if (page.plugin !== undefined && !registry.enabled(page.plugin)) {
      return [page.title, message('The plugin is not enabled', `This page needs the plugin ${page.plugin}.`)];
    }
    this.content = loading();
    try {
      return [page.title, await page.load(parameters)];
    } catch (error) {
      return [page.title, failed(error, () => void this.#load(false))];
    }
  }

  protected override render(): TemplateResult {
    return html`<a class="skip" href="#content" @click=${this.#skip}>Skip to the content</a>
      <header class="bar">
        <button class="plain burger" aria-label="Navigation" aria-expanded=${this.menuOpen} aria-controls="navigation" @click=${this.#toggle}>
          ${icon(this.menuOpen ? 'close' : 'menu')}
        </button>
        <a class="brand" href="#/"><img src="/assets/icon.svg" alt="" width="28" height="28" /><span>The Space</span></a>
        <button class="search" @click=${openSearch}>${icon('search')}<span>Search</span><kbd>Ctrl K</kbd></button>
        <space-user-menu></space-user-menu>
      </header>
      <nav id="navigation" class=${this.menuOpen ? 'open' : ''} aria-label="Main">${this.#groups()}</nav>
      <main id="content" tabindex="-1">${keyed(this.#shown, this.content)}</main>`;
  }

  #skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector('main')?.focus();
  };

  #toggle = (): void => {
    this.menuOpen = !this.menuOpen;
  };

  #groups(): TemplateResult[] {
    const shown = [...pages.filter(visible), ...pluginPages()];
    const groups = [...new Set(shown.map((page) => page.group))];
    return groups.map((group) => {
      const id = `nav-${(group ?? '').toLowerCase().replaceAll(' ', '-')}`;
      return html`${group ? html`<h2 id=${id}>${group}</h2>` : nothing}
        <ul aria-labelledby=${group ? id : nothing}>
          ${shown.filter((page) => page.group === group).map((page) => this.#entry(page))}
        </ul>`;
    });
  }

  #entry(page: Pick<Page, 'path' | 'title' | 'icon'>): TemplateResult {
    const current = this.path === page.path || (!pages.some((each) => each.path === this.path) && this.path.startsWith(`${page.path}/`) && page.path !== '/');
    return html`<li><a href="#${page.path}" aria-current=${current ? 'page' : nothing}>${icon(page.icon)}<span>${page.title}</span></a></li>`;
  }
}

function message(title: string, text: string): TemplateResult {
  return html`<section class="message"><h1>${title}</h1><p>${text}</p><p><a href="#/">To the overview</a></p></section>`;
}
