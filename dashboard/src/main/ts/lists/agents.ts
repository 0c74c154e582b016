import {html, type TemplateResult} from 'lit';
import {number, short} from '../core/format';
import {link} from '../core/router';
import {listPage} from '../ui/list-page';

const AGENT = {name: 'agent_id', label: 'Agent id'};

export const agents = listPage<'GET /management/v1/agents'>({
  title: 'Agents',
  text: 'Programs that act in the organization’s name. An agent works with a personal access token that names it.',
  operation: 'GET /management/v1/agents',
  empty: 'There are no agents yet.',
  id: (agent) => agent.name,
  link: (agent) => link(`/agents/${agent.id}`),
  columns: [
    {header: 'Name', value: (agent) => agent.name},
    {header: 'Status', value: (agent) => agent.status, kind: 'state'},
    {header: 'Model', value: (agent) => agent.model, kind: 'code'},
    {header: 'Tools', value: (agent) => agent.tools.length, kind: 'number'},
    {header: 'Changed', value: (agent) => agent.changed_at, kind: 'time'},
  ],
  filters: [{name: 'status', label: 'Status', options: ['draft', 'active', 'paused', 'suspended', 'archived']}],
  create: {label: 'New agent', operation: 'POST /management/v1/agents'},
  detail: (agent) => html`<p><a href=${link('/directives', {agent_id: agent.id})}>Directives</a> · <a href=${link('/sessions', {agent_id: agent.id})}>Sessions</a> · <a href=${link('/memories', {agent_id: agent.id})}>Memories</a></p>`,
  actions: [
    {
      label: 'Activate',
      operation: 'POST /management/v1/agents/{agent_id}/activate',
      path: (agent) => ({agent_id: agent.id}),
      when: (agent) => agent.status === 'draft' || agent.status === 'paused',
    },
    {
      label: 'Pause',
      operation: 'POST /management/v1/agents/{agent_id}/pause',
      path: (agent) => ({agent_id: agent.id}),
      when: (agent) => agent.status === 'active',
    },
    {
      label: 'Archive',
      operation: 'POST /management/v1/agents/{agent_id}/archive',
      path: (agent) => ({agent_id: agent.id}),
      when: (agent) => agent.status !== 'archived',
      confirm: (agent) => ({text: 'The agent does not act any more, and can only be deleted. This cannot be undone.', word: agent.name}),
    },
    {
      label: 'Change',
      operation: 'PATCH /management/v1/agents/{agent_id}',
      path: (agent) => ({agent_id: agent.id}),
      form: (agent) => ({...agent}),
    },
    {
      label: 'Delete',
      operation: 'DELETE /management/v1/agents/{agent_id}',
      path: (agent) => ({agent_id: agent.id}),
      confirm: (agent) => ({text: 'The agent is deleted; its tokens are revoked. This cannot be undone.', word: agent.name}),
    },
  ],
});

/** What the promotion of a version asks. */
export function promotion(version: number, active: number | null, content: string): {text: string; extra: TemplateResult} {
  return {
    text: `Version ${version} is in force from now on${active === null ? '' : `, in place of version ${active}`}.`,
    extra: html`<pre tabindex="0">${content}</pre>`,
  };
}

export const directives = listPage<'GET /management/v1/directives'>({
  title: 'Directives',
  text: 'Instructions that agents resolve by priority. Versions never change; a promoted version is in force.',
  operation: 'GET /management/v1/directives',
  empty: 'There are no directives yet.',
  id: (directive) => directive.name,
  link: (directive) => link(`/directives/${directive.id}`),
  columns: [
    {header: 'Name', value: (directive) => directive.name},
    {header: 'Status', value: (directive) => directive.status, kind: 'state'},
    {header: 'Scope', value: (directive) => (directive.agent_id === null ? 'organization' : `agent ${short(directive.agent_id)}`)},
    {header: 'Priority', value: (directive) => directive.priority, kind: 'number'},
    {header: 'In force', value: (directive) => directive.active_version, kind: 'number'},
    {header: 'Latest', value: (directive) => directive.latest_version, kind: 'number'},
  ],
  filters: [
    {name: 'status', label: 'Status', options: ['draft', 'active', 'revoked']},
    {name: 'scope', label: 'Scope', options: ['organization', 'agent']},
    AGENT,
  ],
  create: {label: 'New directive', operation: 'POST /management/v1/directives'},
  actions: [
    {
      label: 'Change',
      operation: 'PATCH /management/v1/directives/{directive_id}',
      path: (directive) => ({directive_id: directive.id}),
      form: ({name, content, priority}) => ({name, content, priority}),
    },
    {
      label: 'Promote',
      operation: 'POST /management/v1/directives/{directive_id}/promote',
      path: (directive) => ({directive_id: directive.id}),
      // The version whose text is shown, not one that was drafted since.
      query: (directive) => ({version: directive.latest_version}),
      // Whether the latest version of a revoked one is a draft is known on its own page only.
      when: (directive) => directive.status !== 'revoked' && directive.active_version !== directive.latest_version,
      destructive: false,
      confirm: ({latest_version, active_version, content}) => promotion(latest_version, active_version, content),
    },
    {
      label: 'Revoke',
      operation: 'POST /management/v1/directives/{directive_id}/revoke',
      path: (directive) => ({directive_id: directive.id}),
      form: () => ({}),
      when: (directive) => directive.status === 'active',
    },
    {
      label: 'Delete',
      operation: 'DELETE /management/v1/directives/{directive_id}',
      path: (directive) => ({directive_id: directive.id}),
      when: (directive) => directive.active_version === null,
      confirm: (directive) => ({text: 'The draft is deleted with its versions. This cannot be undone.', word: directive.name}),
    },
  ],
});

export const memories = listPage<'GET /management/v1/memories'>({
  title: 'Memories',
  text: 'What agents remember, each for the time in which it is true.',
  operation: 'GET /management/v1/memories',
  empty: 'There are no memories yet.',
  id: (memory) => short(memory.id),
  link: (memory) => link(`/memories/${memory.id}`),
  columns: [
    {header: 'Content', value: (memory) => (memory.content.length > 120 ? `${memory.content.slice(0, 120)}…` : memory.content)},
    {header: 'Category', value: (memory) => memory.category},
    {header: 'Importance', value: (memory) => memory.importance, kind: 'number'},
    {header: 'Agent', value: (memory) => memory.agent_id && short(memory.agent_id), kind: 'code'},
    {header: 'Valid from', value: (memory) => memory.valid_from, kind: 'time'},
  ],
  filters: [AGENT, {name: 'category', label: 'Category'}, {name: 'min_importance', label: 'Importance at least'}],
  above: () => html`<p><a href="#/memory-search">Search with explained scores</a></p>`,
  create: {label: 'New memory', operation: 'POST /management/v1/memories'},
  actions: [
    {
      label: 'Change',
      operation: 'PATCH /management/v1/memories/{memory_id}',
      path: (memory) => ({memory_id: memory.id}),
      form: (memory) => ({...memory}),
    },
    {
      label: 'Delete',
      operation: 'DELETE /management/v1/memories/{memory_id}',
      path: (memory) => ({memory_id: memory.id}),
      confirm: () => ({text: 'The memory is deleted. This cannot be undone.', word: 'delete'}),
    },
  ],
});

export const sessions = listPage<'GET /management/v1/sessions'>({
  title: 'Sessions',
  text: 'Conversations of agents, with what each message cost.',
  operation: 'GET /management/v1/sessions',
  empty: 'There are no sessions yet.',
  id: (session) => short(session.id),
  link: (session) => link(`/sessions/${session.id}`),
  columns: [
    {header: 'Session', value: (session) => short(session.id), kind: 'code'},
    {header: 'Status', value: (session) => session.status, kind: 'state'},
    {header: 'Agent', value: (session) => short(session.agent_id), kind: 'code'},
    {header: 'Subject', value: (session) => session.subject},
    {header: 'Messages', value: (session) => number(session.messages), kind: 'number'},
    {header: 'Began', value: (session) => session.created_at, kind: 'time'},
  ],
  filters: [{name: 'status', label: 'Status', options: ['active', 'terminated', 'timed_out']}, AGENT, {name: 'subject', label: 'Subject'}],
  create: {label: 'New session', operation: 'POST /management/v1/sessions'},
  actions: [
    {
      label: 'End',
      operation: 'POST /management/v1/sessions/{session_id}/terminate',
      path: (session) => ({session_id: session.id}),
      body: () => ({}),
      when: (session) => session.status === 'active',
      confirm: () => ({text: 'No more messages can be added. The messages stay.'}),
    },
  ],
});
