import type {Api, Management} from '#generated/api';
import '@vaadin/button';
import {html, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {caller} from '../core/caller';
import {json, number, words} from '../core/format';
import {preferences} from '../core/preferences';
import {SpaceElement} from '../ui/element';
import '../ui/form';
import type {Schema} from '../ui/field';
import {failed} from '../ui/states';
import {complain, notify} from '../ui/toast';

type Notifications = Api.PreferencesView['notifications'];

const RENAME = 'PATCH /management/v1/organizations/{organization_id}';
const THEMES = ['system', 'light', 'dark'];
const LIMITS: Schema = {
  type: 'object',
  properties: Object.fromEntries(
    ['requests_per_minute', 'requests_per_day', 'model_tokens_per_day'].map((name) => [
      name,
      {type: ['integer', 'null'], minimum: 1, description: 'Empty for the platform’s own limit'},
    ]),
  ),
};

/** The user's preferences, and for those who may the organization's limits. */
@customElement('page-settings')
export class PageSettings extends SpaceElement {
  @state() private organization: Management.OrganizationView | null = null;
  @state() private limits: Management.RateLimits | null = null;
  @state() private error: unknown = null;
  /** What the form was filled with; only what differs from it is saved, so that changes of other windows stay. */
  private chosen = preferences.current;

  protected override firstUpdated(): void {
    if (caller.can('GET /management/v1/organizations/{organization_id}/rate-limits')) {
      call('GET /management/v1/organizations/{organization_id}/rate-limits', {path: {organization_id: caller.profile.org_id}})
        .then((limits) => (this.limits = limits))
        .catch((error: unknown) => (this.error = error));
    }
    if (caller.can(RENAME)) {
      call('GET /management/v1/organizations/{organization_id}', {path: {organization_id: caller.profile.org_id}})
        .then((organization) => (this.organization = organization))
        .catch((error: unknown) => (this.error = error));
    }
  }

  protected override render(): TemplateResult {
    const {chosen} = this;
    return html`<header class="page-header"><h1>Settings</h1><p>Yours, in this organization.</p></header>
      <section class="card" aria-label="Appearance">
        <header><h2>Appearance and language</h2></header>
        <form class="form" @submit=${(event: Event) => event.preventDefault()}>
          <label class="select"
            ><span>Theme</span
            ><select name="theme">
              ${THEMES.map((theme) => html`<option value=${theme} .selected=${theme === chosen?.theme}>${words(theme)}</option>`)}
            </select></label
          >
          <label class="select"
            ><span>Time zone</span
            ><select name="time_zone">
              ${zones(chosen?.time_zone).map((zone) => html`<option value=${zone} .selected=${zone === chosen?.time_zone}>${zone}</option>`)}
            </select></label
          >
          <vaadin-text-field name="locale" label="Language of dates and numbers" helper-text="A language tag, for example de-AT" .value=${chosen?.locale ?? ''}></vaadin-text-field>
          <label class="grant wide"
            ><input type="checkbox" name="own_events" .checked=${chosen?.notifications.own_events ?? true} /><span>Notify me of what I caused myself</span></label
          >
          <vaadin-text-field
            class="wide"
            name="muted_types"
            label="Types of events that I am not notified of"
            helper-text="Separated by commas, for example session_started"
            .value=${chosen?.notifications.muted_types.join(', ') ?? ''}
          ></vaadin-text-field>
          <vaadin-button theme="primary" @click=${this.#save}>Save</vaadin-button>
        </form>
      </section>
      ${this.error === null ? '' : failed(this.error)}
      <section class="card" aria-label="Your limits">
        <header><h2>Your limits</h2></header>
        <dl>
          ${Object.entries(caller.profile.limits.classes).map(
            ([name, rate]) => html`<dt>${words(name)}</dt><dd>${number((rate as {calls: number}).calls)} calls in ${(rate as {seconds: number}).seconds} s</dd>`,
          )}
        </dl>
      </section>
      ${this.organization === null ? '' : this.#name(this.organization)} ${this.limits === null ? '' : this.#organization(this.limits)}`;
  }

  #name({name}: Management.OrganizationView): TemplateResult {
    return html`<section class="card" aria-label="Organization">
      <header><h2>Organization</h2></header>
      <space-form
        .operation=${RENAME}
        .path=${{organization_id: caller.profile.org_id}}
        .initial=${{name}}
        action="Rename"
        @done=${() => notify('The organization is renamed.')}
      ></space-form>
    </section>`;
  }

  #organization(limits: Management.RateLimits): TemplateResult {
    return html`<section class="card" aria-label="Limits of the organization">
      <header><h2>Limits of the organization</h2></header>
      ${caller.can('PATCH /management/v1/organizations/{organization_id}/rate-limits')
        ? html`<space-form
            .operation=${'PATCH /management/v1/organizations/{organization_id}/rate-limits'}
            .path=${{organization_id: caller.profile.org_id}}
            .schema=${LIMITS}
            .initial=${limits}
            action="Save limits"
            @done=${() => notify('The limits are in force.')}
          ></space-form>`
        : html`<dl>${Object.entries(limits).map(([name, value]) => html`<dt>${words(name)}</dt><dd>${value === null ? 'the platform’s own' : number(value)}</dd>`)}</dl>`}
    </section>`;
  }

  #save = async (): Promise<void> => {
    const value = (name: string): string => this.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value.trim() ?? '';
    const muted = value('muted_types')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '');
    const own = this.querySelector<HTMLInputElement>('[name="own_events"]')?.checked ?? true;
    try {
      await preferences.save({
        ...changes(this.chosen, {theme: value('theme'), locale: value('locale'), time_zone: value('time_zone')}),
        notifications: {
          ...(preferences.current?.notifications as Notifications),
          ...changes(this.chosen?.notifications, {own_events: own, muted_types: muted}),
        },
      });
      this.chosen = preferences.current;
      this.requestUpdate();
      notify('The settings are saved.');
    } catch (error) {
      complain(error);
    }
  };
}

/** The members of what was entered that differ. */
function changes<T extends object>(before: T | null | undefined, entered: Partial<T>): Partial<T> {
  const differs = ([name, value]: [string, unknown]): boolean => json(value) !== json(before?.[name as keyof T]);
  return Object.fromEntries(Object.entries(entered).filter(differs)) as Partial<T>;
}

function zones(current: string | undefined): string[] {
  const all = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
  if (current !== undefined) {
    all.add(current);
  }
  return [...all];
}

export function page(): TemplateResult {
  return html`<page-settings></page-settings>`;
}
