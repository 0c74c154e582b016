import {html} from 'lit';
import {number, short} from '../core/format';
import {pluginList} from '../ui/list-page';

const ROOT = '/api/plugins/human_simulator';

interface Run {
  run_id: string;
  scenario: string;
  state: string;
  reason: string | null;
  users: number;
  created_at: string;
  passed: boolean | null;
  result: {
    sessions: number;
    failed_sessions: number;
    steps: {step: string; requests: number; failures: number; latency: {p50_millis: number; p99_millis: number} | null}[];
  };
}

interface Scenario {
  name: string;
  description: string;
  shipped: boolean;
  steps: unknown[];
}

interface Persona {
  persona_id: string;
  name: string;
  think_factor: number;
  error_rate: number;
  thoroughness: number;
}

interface Entry {
  entry_id: string;
  name: string;
  scenario: string;
  users: number;
  zone: string;
  rule: string | null;
  enabled: boolean;
  next_at: string | null;
}

export const simulatorRuns = pluginList<Run>({
  title: 'Simulator runs',
  text: 'Synthetic users who exercise the platform’s own API, in a sandbox organization.',
  operation: `GET ${ROOT}/runs`,
  empty: 'Nothing was simulated yet.',
  id: (run) => short(run.run_id),
  columns: [
    {header: 'Scenario', value: (run) => run.scenario},
    {header: 'State', value: (run) => (run.passed === null ? run.state : run.passed ? 'ok' : 'failed'), kind: 'state'},
    {header: 'Users', value: (run) => run.users, kind: 'number'},
    {header: 'Sessions', value: (run) => `${run.result.sessions}, ${run.result.failed_sessions} failed`, kind: 'number'},
    {header: 'Began', value: (run) => run.created_at, kind: 'time'},
  ],
  create: {label: 'Simulate', operation: `POST ${ROOT}/runs`, initial: () => ({users: 1})},
  detail: (run) =>
    html`<table class="rows">
      <thead><tr><th scope="col">Step</th><th scope="col" class="number">Requests</th><th scope="col" class="number">Failures</th><th scope="col" class="number">p50 (ms)</th><th scope="col" class="number">p99 (ms)</th></tr></thead>
      <tbody>
        ${run.result.steps.map(
          (step) =>
            html`<tr>
              <td data-label="Step">${step.step}</td>
              <td data-label="Requests" class="number">${number(step.requests)}</td>
              <td data-label="Failures" class="number">${number(step.failures)}</td>
              <td data-label="p50" class="number">${number(step.latency?.p50_millis, 1)}</td>
              <td data-label="p99" class="number">${number(step.latency?.p99_millis, 1)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  actions: [
    {label: 'Start', operation: `POST ${ROOT}/runs/{id}/start`, path: (run) => ({id: run.run_id}), when: (run) => run.state === 'created'},
    {
      label: 'Stop',
      operation: `POST ${ROOT}/runs/{id}/stop`,
      path: (run) => ({id: run.run_id}),
      when: (run) => run.state === 'running',
      confirm: () => ({text: 'The synthetic users stop after their current step. What was measured stays.'}),
    },
    {
      label: 'Delete',
      operation: `DELETE ${ROOT}/runs/{id}`,
      path: (run) => ({id: run.run_id}),
      when: (run) => run.state !== 'running',
      confirm: () => ({text: 'The run is deleted with what it measured. This cannot be undone.', word: 'delete'}),
    },
  ],
});

export const scenarios = pluginList<Scenario>({
  title: 'Scenarios',
  text: 'What a synthetic user does, step by step, and what each step expects.',
  operation: `GET ${ROOT}/scenarios`,
  empty: 'There are no scenarios.',
  id: (scenario) => scenario.name,
  columns: [
    {header: 'Name', value: (scenario) => scenario.name},
    {header: 'Description', value: (scenario) => scenario.description},
    {header: 'Steps', value: (scenario) => scenario.steps.length, kind: 'number'},
    {header: 'Origin', value: (scenario) => (scenario.shipped ? 'shipped' : 'own')},
  ],
  create: {label: 'New scenario', operation: `POST ${ROOT}/scenarios`},
  actions: [
    {
      label: 'Delete',
      operation: `DELETE ${ROOT}/scenarios/{name}`,
      path: ({name}) => ({name}),
      when: ({shipped}) => !shipped,
      confirm: ({name}) => ({text: 'The scenario is deleted. This cannot be undone.', word: name}),
    },
  ],
});

export const personas = pluginList<Persona>({
  title: 'Personas',
  text: 'How a synthetic user behaves: thinking time, mistakes, thoroughness.',
  operation: `GET ${ROOT}/personas`,
  empty: 'There are no personas.',
  id: (persona) => persona.name,
  columns: [
    {header: 'Name', value: (persona) => persona.name},
    {header: 'Thinking time', value: (persona) => persona.think_factor, kind: 'number'},
    {header: 'Error rate', value: (persona) => persona.error_rate, kind: 'number'},
    {header: 'Thoroughness', value: (persona) => persona.thoroughness, kind: 'number'},
  ],
  create: {label: 'New persona', operation: `POST ${ROOT}/personas`},
  actions: [
    {label: 'Change', operation: `PUT ${ROOT}/personas/{id}`, path: (persona) => ({id: persona.persona_id}), form: ({persona_id: _id, ...order}) => order},
    {
      label: 'Delete',
      operation: `DELETE ${ROOT}/personas/{id}`,
      path: (persona) => ({id: persona.persona_id}),
      confirm: ({name}) => ({text: 'The persona is deleted. This cannot be undone.', word: name}),
    },
  ],
});

export const calendar = pluginList<Entry>({
  title: 'Simulation calendar',
  text: 'Recurrence rules (RFC 5545) that start scenarios.',
  operation: `GET ${ROOT}/calendar`,
  empty: 'The calendar is empty.',
  id: (entry) => entry.name,
  columns: [
    {header: 'Name', value: (entry) => entry.name},
    {header: 'Scenario', value: (entry) => entry.scenario},
    {header: 'Rule', value: (entry) => entry.rule, kind: 'code'},
    {header: 'State', value: (entry) => (entry.enabled ? 'enabled' : 'disabled'), kind: 'state'},
    {header: 'Next', value: (entry) => entry.next_at, kind: 'time'},
  ],
  create: {label: 'New entry', operation: `POST ${ROOT}/calendar`, initial: () => ({zone: 'UTC', users: 1, enabled: true})},
  actions: [
    {
      label: 'Delete',
      operation: `DELETE ${ROOT}/calendar/{id}`,
      path: (entry) => ({id: entry.entry_id}),
      confirm: ({name}) => ({text: 'The scenario is no longer simulated by this entry.', word: name}),
    },
  ],
});
