import {html, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {caller} from '../core/caller';
import {preferences} from '../core/preferences';
import {session} from '../core/session';
import {SpaceElement} from '../ui/element';
import {icon} from '../ui/icons';
import {complain} from '../ui/toast';

const THEMES = ['system', 'light', 'dark'];

/** Who is signed in, for which organization, the theme, and the way out. */
@customElement('space-user-menu')
export class SpaceUserMenu extends SpaceElement {
  @state() private organization = '';
  @state() private unread = 0;
  @state() private open = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('click', this.#outside);
    window.addEventListener('hashchange', this.#close);
    preferences.addEventListener('change', this.#redraw);
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('click', this.#outside);
    window.removeEventListener('hashchange', this.#close);
    preferences.removeEventListener('change', this.#redraw);
  }

  #redraw = (): void => this.requestUpdate();

  #close = (): void => {
    this.open = false;
  };

  #outside = (event: Event): void => {
    if (!this.contains(event.target as Node)) {
      this.open = false;
    }
  };

  async #load(): Promise<void> {
    try {
      const dashboard = await call('GET /api/frontend/dashboard');
      this.organization = dashboard.organization.name;
      this.unread = dashboard.unread.count;
    } catch (error) {
      complain(error);
    }
  }

  protected override render(): TemplateResult {
    const {name, email, roles} = caller.profile;
    return html`<a class="bell" href="#/notifications" aria-label="Notifications, ${this.unread} unread"
        >${icon('bell')}${this.unread > 0 ? html`<span class="count">${this.unread}</span>` : ''}</a
      >
      <button class="plain user" aria-expanded=${this.open} aria-controls="user-menu" @click=${() => (this.open = !this.open)}>
        <span class="avatar" aria-hidden="true">${(name || email || '?').charAt(0).toUpperCase()}</span>
        <span class="who"><strong>${name}</strong><small>${this.organization}</small></span>
      </button>
      <div id="user-menu" class="menu" ?hidden=${!this.open} @keydown=${this.#key}>
        <p><strong>${name}</strong><br />${email}<br /><span class="hint">${this.organization} · ${roles.join(', ')}</span></p>
        <fieldset>
          <legend>Theme</legend>
          ${THEMES.map(
            (theme) =>
              html`<label
                ><input
                  type="radio"
                  name="theme"
                  .checked=${preferences.theme === theme}
                  @change=${() => void preferences.save({theme} as never).catch(complain)}
                />${theme.charAt(0).toUpperCase() + theme.slice(1)}</label
              >`,
          )}
        </fieldset>
        <a href="#/settings">Settings</a>
        <a href="/api/docs" target="_blank" rel="noopener">API documentation</a>
        <vaadin-button @click=${() => void session.signOut()}>Sign out</vaadin-button>
      </div>`;
  }

  #key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      this.open = false;
      this.querySelector<HTMLElement>('.user')?.focus();
    }
  };
}
