import {html, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {call} from '../core/api';
import {caller} from '../core/caller';
import {notifications} from '../core/notifications';
import {preferences} from '../core/preferences';
import {session} from '../core/session';
import {SpaceElement} from '../ui/element';
import {icon} from '../ui/icons';
import {complain} from '../ui/toast';

/** For how long the number of unread notifications is shown without asking anew. */
const FRESH_MILLIS = 15_000;

const THEMES = ['system', 'light', 'dark'];

/** Who is signed in, for which organization, the theme, and the way out. */
@customElement('space-user-menu')
export class SpaceUserMenu extends SpaceElement {
  @state() private organization = '';
  @state() private unread = '0';
  @state() private open = false;
  #loaded = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('click', this.#outside);
    window.addEventListener('hashchange', this.#navigated);
    document.addEventListener('visibilitychange', this.#navigated);
    notifications.addEventListener('change', this.#load);
    preferences.addEventListener('change', this.#redraw);
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('click', this.#outside);
    window.removeEventListener('hashchange', this.#navigated);
    document.removeEventListener('visibilitychange', this.#navigated);
    notifications.removeEventListener('change', this.#load);
    preferences.removeEventListener('change', this.#redraw);
  }

  #redraw = (): void => this.requestUpdate();

  #navigated = (): void => {
    this.open = false;
    if (Date.now() - this.#loaded > FRESH_MILLIS && document.visibilityState === 'visible') {
      void this.#load();
    }
  };

  #outside = (event: Event): void => {
    if (!this.contains(event.target as Node)) {
      this.open = false;
    }
  };

  #load = async (): Promise<void> => {
    this.#loaded = Date.now();
    try {
      const dashboard = await call('GET /api/frontend/dashboard');
      this.organization = dashboard.organization.name;
      this.unread = `${dashboard.unread.count}${dashboard.unread.more ? '+' : ''}`;
    } catch (error) {
      complain(error);
    }
  };

  protected override render(): TemplateResult {
    const {name, email, roles} = caller.profile;
    return html`<a class="bell" href="#/notifications" aria-label="Notifications, ${this.unread} unread"
        >${icon('bell')}${this.unread !== '0' ? html`<span class="count">${this.unread}</span>` : ''}</a
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
                  .checked=${live(preferences.theme === theme)}
                  @change=${() => void preferences.save({theme} as never).catch(complain)}
                />${theme.charAt(0).toUpperCase() + theme.slice(1)}</label
              >`,
          )}
        </fieldset>
        <a href="#/settings">Settings</a>
        <a href="/api/docs" target="_blank" rel="noopener">API documentation</a>
        <vaadin-button @click=${() => void session.signOut().catch(complain)}>Sign out</vaadin-button>
      </div>`;
  }

  #key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      this.open = false;
      this.querySelector<HTMLElement>('.user')?.focus();
    }
  };
}
