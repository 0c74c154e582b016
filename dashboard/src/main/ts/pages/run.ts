import type {Api} from '#generated/api';
import '@vaadin/button';
import {html, type TemplateResult} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {call} from '../core/api';
import {caller} from '../core/caller';
import {json, short, time} from '../core/format';
import {EventTail} from '../core/hub';
import {link} from '../core/router';
import {copyCurl} from '../ui/curl';
import {confirm} from '../ui/dialog';
import {SpaceElement} from '../ui/element';
import '../ui/image';
import type {SpaceImage} from '../ui/image';
import {badge, empty, failed, loading} from '../ui/states';
import {complain, notify} from '../ui/toast';

const PAUSE_MILLIS = 2_000;
const ENDED = ['completed', 'failed', 'cancelled'];
/** For administrators; others see the run without its steps. */
const HISTORY = 'GET /api/system/runs/{id}/history';
const PAGE = 100;
/** How many pages of steps are read at first, and more each time that they are asked for. */
const STEP_PAGES = 20;
const MAX_TASK_PAGES = 10;

interface StepPage {
  items: Api.RunStepView[];
  next: string | null;
}

/** A run: its diagram as it is now, its steps, and what can be done with it. */
@customElement('page-run')
export class PageRun extends SpaceElement {
  @property() run = '';
  @state() private view: Api.RunView | null = null;
  @state() private steps: Api.RunStepView[] = [];
  @state() private tasks: Api.TaskView[] = [];
  @state() private error: unknown = null;
  #pages: StepPage[] = [];
  #maxPages = STEP_PAGES;
  @query('space-image') private diagram!: SpaceImage | null;
  #tail: EventTail | null = null;
  #timer = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#tail?.close();
    clearInterval(this.#timer);
  }

  protected override firstUpdated(): void {
    void this.#load().then(() => {
      if (this.view !== null && this.isConnected && caller.admin) {
        this.#tail = new EventTail(`workflow:${this.view.workflow_id}`, () => void this.#load(), () => undefined);
      }
    });
    this.#timer = window.setInterval(() => {
      if (this.view !== null && !ENDED.includes(this.view.state)) {
        void this.#load();
      }
    }, PAUSE_MILLIS);
  }

  #load = async (): Promise<void> => {
    try {
      const path = {id: this.run};
      const before = JSON.stringify([this.view, this.steps]);
      const [view, tasks] = await Promise.all([call('GET /api/system/runs/{id}', {path}), this.#openTasks(), this.#readSteps()]);
      const steps = this.#pages.flatMap((page) => page.items);
      this.view = view;
      this.steps = steps;
      this.tasks = tasks;
      this.error = null;
      if (before !== JSON.stringify([view, steps])) {
        await this.diagram?.load();
      }
    } catch (error) {
      this.error = error;
    }
  };

  /** Reads the steps, the first ones first. A page of steps that have ended is not read again: they do not change. */
  async #readSteps(): Promise<void> {
    if (!caller.can(HISTORY)) {
      return;
    }
    let cursor: string | null = null;
    for (let index = 0; index < this.#maxPages; index++) {
      let page: StepPage | undefined = this.#pages[index];
      if (page === undefined || page.next === null || page.items.some((step) => step.ended_at === null)) {
        const query: {limit: number; cursor?: string} = {limit: PAGE, ...(cursor === null ? {} : {cursor})};
        const answer: Api.RunStepViewPage = await call(HISTORY, {path: {id: this.run}, query});
        page = {items: answer.items, next: answer.next_cursor};
        this.#pages[index] = page;
      }
      cursor = page.next;
      if (cursor === null) {
        return;
      }
    }
  }

  #moreSteps = (): void => {
    this.#maxPages += STEP_PAGES;
    void this.#load();
  };

  /** The open tasks of the run that the caller may see; the endpoint has those of all runs. */
  async #openTasks(): Promise<Api.TaskView[]> {
    const found: Api.TaskView[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < MAX_TASK_PAGES && (page === 0 || cursor !== null); page++) {
      const query: {state: 'open'; limit: number; cursor?: string} = {state: 'open', limit: PAGE, ...(cursor === null ? {} : {cursor})};
      const answer: Api.TaskViewPage = await call('GET /api/system/tasks', {query});
      found.push(...answer.items.filter((task) => task.run_id === this.run));
      cursor = answer.next_cursor;
    }
    return found;
  }

  protected override render(): TemplateResult {
    const {view} = this;
    if (view === null) {
      return this.error === null ? loading() : failed(this.error, () => void this.#load());
    }
    return html`<header class="page-header">
        <h1>Run ${short(view.run_id)}</h1>
        <div class="actions">${badge(view.state)} ${copyCurl('GET', `/api/system/runs/${view.run_id}`)} ${this.#buttons(view)}</div>
        <p><a href=${link(`/workflows/${view.workflow_id}`)}>${view.workflow_id}</a> version ${view.version}, began ${time(view.started_at)}${view.ended_at ? `, ended ${time(view.ended_at)}` : ''}${view.parent_run_id ? html`, started by run <a href=${link(`/runs/${view.parent_run_id}`)}>${short(view.parent_run_id)}</a>` : ''}</p>
      </header>
      ${this.error === null ? '' : failed(this.error)} ${view.cause ? html`<div class="failed"><span>${view.cause}</span></div>` : ''}
      ${repeat(
        this.tasks,
        (task) => task.id,
        (task) => this.#task(task),
      )}
      <section class="card" aria-label="Diagram">
        <div class="diagram" tabindex="0"><space-image src="/api/system/runs/${view.run_id}/diagram.svg" alt=${caller.can(HISTORY) ? 'Diagram of the run; the steps are listed below' : 'Diagram of the run'}></space-image></div>
      </section>
      ${caller.can(HISTORY) ? html`<section class="card" aria-label="Steps"><header><h2>Steps</h2></header>${this.#steps()}</section>` : ''}
      <div class="grid">
        <section class="card" aria-label="Input"><header><h2>Input</h2></header><pre tabindex="0">${json(view.input)}</pre></section>
        ${view.output === null ? '' : html`<section class="card" aria-label="Output"><header><h2>Output</h2></header><pre tabindex="0">${json(view.output)}</pre></section>`}
      </div>`;
  }

  #buttons(view: Api.RunView): TemplateResult {
    const path = {id: view.run_id};
    return html`${view.state === 'failed' && caller.can('POST /api/system/runs/{id}/retry')
      ? html`<vaadin-button @click=${() => this.#do(() => call('POST /api/system/runs/{id}/retry', {path}), 'The run goes on.')}>Retry</vaadin-button>`
      : ''}
    ${!ENDED.includes(view.state) && caller.can('POST /api/system/runs/{id}/cancel')
      ? html`<vaadin-button
          theme="error"
          @click=${() =>
            confirm(
              {title: 'Cancel the run', text: 'The run ends where it is. What it has done stays. This cannot be undone.', action: 'Cancel the run', word: 'cancel'},
              async () => {
                await call('POST /api/system/runs/{id}/cancel', {path});
                await this.#load();
              },
            )}
          >Cancel</vaadin-button
        >`
      : ''}`;
  }

  #do(act: () => Promise<unknown>, message: string): void {
    act()
      .then(() => {
        notify(message);
        return this.#load();
      })
      .catch(complain);
  }

  #task(task: Api.TaskView): TemplateResult {
    const complete = (action: string, decision: string): void =>
      confirm(
        {title: `${action}: ${task.name}`, text: `The decision “${decision}” completes the task. It cannot be changed.`, action, destructive: false},
        async () => {
          await call('POST /api/system/tasks/{id}/complete', {path: {id: task.id}, body: {decision}});
          notify(`${task.name}: ${decision}.`);
          await this.#load();
        },
      );
    return html`<section class="card task" aria-label="Task">
      <h2>${task.name}</h2>
      <span class="hint">waits for ${task.assignee === caller.profile.user_id ? 'you' : (task.role ?? 'its assignee')}${task.due_at ? `, due ${time(task.due_at)}` : ''}</span>
      <vaadin-button theme="primary" @click=${() => complete('Approve', 'approve')}>Approve</vaadin-button>
      <vaadin-button @click=${() => complete('Reject', 'reject')}>Reject</vaadin-button>
    </section>`;
  }

  #steps(): TemplateResult {
    return this.steps.length === 0
      ? empty('No step has begun.')
      : html`<table class="rows">
          <thead>
            <tr><th scope="col">Step</th><th scope="col">Kind</th><th scope="col">State</th><th scope="col">Attempt</th><th scope="col">Began</th><th scope="col">Ended</th><th scope="col">Cause</th></tr>
          </thead>
          <tbody>
            ${this.steps.map(
              (step) =>
                html`<tr>
                  <td data-label="Step">${step.name ?? step.element}${step.child_run_id ? html` (run <a href=${link(`/runs/${step.child_run_id}`)}>${short(step.child_run_id)}</a>)` : ''}</td>
                  <td data-label="Kind">${step.kind}</td>
                  <td data-label="State">${badge(step.state)}</td>
                  <td data-label="Attempt">${step.attempt}</td>
                  <td data-label="Began">${time(step.started_at)}</td>
                  <td data-label="Ended">${time(step.ended_at)}</td>
                  <td data-label="Cause">${step.cause ?? '–'}</td>
                </tr>`,
            )}
          </tbody>
        </table>
        ${(this.#pages.at(-1)?.next ?? null) === null ? '' : html`<p><vaadin-button theme="small" @click=${this.#moreSteps}>Show more</vaadin-button></p>`}`;
  }
}

export function page(run: string): TemplateResult {
  return html`<page-run .run=${run}></page-run>`;
}
