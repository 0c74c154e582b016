import {html, type TemplateResult} from 'lit';
import type {Operation} from '../core/api';
import {match} from '../core/router';
import '../ui/data-list';
import type {IconName} from '../ui/icons';
import {itemPage, type ListPage} from '../ui/list-page';

/** A page: where it is, who may see it, and how it is loaded. */
export interface Page {
  /** The path, with `:name` for parameters. */
  path: string;
  title: string;
  /** The heading in the navigation; none for pages that are only linked to. */
  group?: string;
  icon: IconName;
  /** The caller must be able to call this operation. */
  needs?: Operation;
  /** The caller needs at least this role. */
  role?: string;
  /** The plugin must be enabled. */
  plugin?: string;
  load: Load;
}

type Load = (parameters: Record<string, string>) => Promise<TemplateResult>;

const OPERATE = 'Operate';
const AGENTS = 'Agents';
const EXTEND = 'Extend';
const ORGANIZATION = 'Organization';
const OBSERVE = 'Observe';

/** A page with a declared list; the caller must be able to read it. */
function list(path: string, title: string, icon: IconName, group: string | null, needs: Operation, load: () => Promise<ListPage>): Page {
  return {
    path,
    title,
    icon,
    needs,
    ...(group === null ? {} : {group}),
    load: async () => {
      const page = await load();
      return html`<space-list .page=${page as never}></space-list>`;
    },
  };
}

/** The page of one row of a list, which the list and the search lead to. */
function item(list: string, title: string, icon: IconName, operation: Operation, parameter: string, load: () => Promise<ListPage>): Page {
  return detail(`${list}/:id`, title, icon, operation, async ({id = ''}) => {
    const page = itemPage(await load(), list, operation, {[parameter]: id});
    return html`<space-list .page=${page as never}></space-list>`;
  });
}

/** A list of a bundled plugin's, for members. */
function pluginList(path: string, title: string, plugin: string, group: string, load: () => Promise<ListPage>): Page {
  return {path, title, icon: 'cube', group, plugin, role: 'user', load: async () => html`<space-list .page=${(await load()) as never}></space-list>`};
}

/** A page that others link to, for those who may call an operation. */
function detail(path: string, title: string, icon: IconName, needs: Operation, load: Load): Page {
  return {path, title, icon, needs, load};
}

const agents = () => import('../lists/agents');
const mcp = () => import('../lists/mcp');
const organization = () => import('../lists/organization');
const platform = () => import('../lists/platform');
const workflows = () => import('../lists/workflows');
const simulator = () => import('../lists/simulator');

/** Every page, in the order of the navigation. */
export const pages: Page[] = [
  {path: '/', title: 'Overview', group: '', icon: 'home', load: async () => (await import('../pages/overview')).page()},
  list('/tasks', 'Tasks', 'inbox', '', 'GET /api/system/tasks', async () => (await workflows()).tasks),
  {
    path: '/finance',
    title: 'Finance',
    group: '',
    icon: 'money',
    role: 'user',
    plugin: 'financial_business',
    load: async () => (await import('../pages/finance')).page(),
  },

  {
    path: '/events',
    title: 'Events',
    group: OPERATE,
    icon: 'bolt',
    needs: 'GET /api/control-center/events',
    load: async () => (await import('../pages/events')).page(),
  },
  list('/workflows', 'Workflows', 'flow', OPERATE, 'GET /api/control-center/workflows', async () => (await workflows()).workflows),
  detail('/workflows/:id', 'Workflow', 'flow', 'GET /api/system/workflows/{id}', async ({id = ''}) => (await import('../pages/workflow')).page(id)),
  list('/runs', 'Runs', 'refresh', OPERATE, 'GET /api/system/runs', async () => (await workflows()).runs),
  detail('/runs/:id', 'Run', 'flow', 'GET /api/system/runs/{id}', async ({id = ''}) => (await import('../pages/run')).page(id)),
  list('/schedules', 'Schedules', 'clock', OPERATE, 'GET /api/system/schedules', async () => (await workflows()).schedules),
  list('/approval-rules', 'Approval rules', 'shield', OPERATE, 'GET /api/control-center/approval-rules', async () => (await workflows()).approvalRules),

  list('/agents', 'Agents', 'agent', AGENTS, 'GET /management/v1/agents', async () => (await agents()).agents),
  item('/agents', 'Agent', 'agent', 'GET /management/v1/agents/{agent_id}', 'agent_id', async () => (await agents()).agents),
  list('/directives', 'Directives', 'book', AGENTS, 'GET /management/v1/directives', async () => (await agents()).directives),
  detail('/directives/:id', 'Directive', 'book', 'GET /management/v1/directives/{directive_id}', async ({id = ''}) =>
    (await import('../pages/directive')).page(id),
  ),
  list('/memories', 'Memories', 'memory', AGENTS, 'GET /management/v1/memories', async () => (await agents()).memories),
  item('/memories', 'Memory', 'memory', 'GET /management/v1/memories/{memory_id}', 'memory_id', async () => (await agents()).memories),
  detail('/memory-search', 'Search memories', 'search', 'POST /management/v1/memories/search', async () => (await import('../pages/memory-search')).page()),
  list('/sessions', 'Sessions', 'chat', AGENTS, 'GET /management/v1/sessions', async () => (await agents()).sessions),
  list('/contexts', 'Contexts', 'list', AGENTS, 'GET /api/mcp/contexts', async () => (await mcp()).contexts),
  detail('/sessions/:id', 'Session', 'chat', 'GET /management/v1/sessions/{session_id}', async ({id = ''}) => (await import('../pages/session')).page(id)),

  {
    path: '/analytics',
    title: 'Analytics',
    group: AGENTS,
    icon: 'chart',
    needs: 'GET /management/v1/analytics/usage',
    load: async () => (await import('../pages/analytics')).page(),
  },

  {
    path: '/plugins',
    title: 'Plugins',
    group: EXTEND,
    icon: 'plug',
    needs: 'GET /api/plugins',
    load: async () => (await import('../pages/plugins')).page(),
  },
  {path: '/tools', title: 'Tools', group: EXTEND, icon: 'tool', needs: 'GET /api/mcp/tools', load: async () => (await import('../pages/tools')).page()},
  list('/routes', 'Gateway routes', 'route', EXTEND, 'GET /api/control-center/gateway/routes', async () => (await platform()).routes),
  list('/models', 'Models', 'cube', EXTEND, 'GET /api/control-center/gateway/models', async () => (await platform()).models),
  list('/mcp-servers', 'MCP servers', 'cube', EXTEND, 'GET /api/control-center/mcp/servers', async () => (await mcp()).servers),
  list('/mcp-changes', 'Quarantined tools', 'shield', EXTEND, 'GET /api/control-center/mcp/changes', async () => (await mcp()).changes),
  list('/credentials', 'My credentials', 'key', EXTEND, 'GET /api/mcp/credentials', async () => (await mcp()).credentials),
  list('/ask', 'Ask a model', 'chat', EXTEND, 'GET /api/mcp/models', async () => (await mcp()).askedModels),
  list('/webhooks', 'Webhooks', 'hook', EXTEND, 'GET /api/system/webhooks', async () => (await organization()).webhooks),
  detail('/webhooks/:id', 'Deliveries', 'hook', 'GET /api/system/webhooks/{id}/deliveries', async ({id = ''}) => {
    const page = (await organization()).deliveries(id);
    return html`<space-list .page=${page as never}></space-list>`;
  }),
  list('/channels', 'Channels', 'chat', EXTEND, 'GET /api/control-center/channels', async () => (await organization()).channels),
  list('/subscribers', 'Event subscribers', 'list', EXTEND, 'GET /api/control-center/event-subscribers', async () => (await platform()).subscribers),

  list('/users', 'Users', 'users', ORGANIZATION, 'GET /management/v1/users', async () => (await organization()).users),
  item('/users', 'User', 'user', 'GET /management/v1/users/{user_id}', 'user_id', async () => (await organization()).users),
  list('/invitations', 'Invitations', 'mail', ORGANIZATION, 'GET /api/control-center/invitations', async () => (await organization()).invitations),
  list('/tokens', 'Tokens', 'key', ORGANIZATION, 'GET /management/v1/tokens', async () => (await organization()).tokens),
  list('/organizations', 'Organizations', 'users', ORGANIZATION, 'GET /management/v1/organizations', async () => (await organization()).organizations),
  list('/data-requests', 'Data requests', 'shield', ORGANIZATION, 'GET /management/v1/data-requests', async () => (await organization()).dataRequests),
  list('/legal-holds', 'Legal holds', 'scale', ORGANIZATION, 'GET /management/v1/legal-holds', async () => (await organization()).legalHolds),

  {
    path: '/monitoring',
    title: 'Monitoring',
    group: OBSERVE,
    icon: 'chart',
    needs: 'GET /api/control-center/monitoring/deep-health',
    load: async () => (await import('../pages/monitoring')).page(),
  },
  {
    path: '/requests',
    title: 'Explain a request',
    group: OBSERVE,
    icon: 'search',
    needs: 'GET /api/control-center/requests/{request_id}',
    load: async () => (await import('../pages/requests')).page(''),
  },
  detail('/requests/:id', 'Request', 'search', 'GET /api/control-center/requests/{request_id}', async ({id = ''}) =>
    (await import('../pages/requests')).page(id),
  ),
  list('/audit', 'Audit', 'list', OBSERVE, 'GET /api/control-center/audit-events', async () => (await platform()).audit),
  list('/catalog', 'Catalog', 'book', OBSERVE, 'GET /api/control-center/catalog', async () => (await platform()).catalog),
  list('/services', 'Services', 'cube', OBSERVE, 'GET /api/control-center/services', async () => (await platform()).services),
  list('/notifications', 'Notifications', 'bell', null, 'GET /api/frontend/notifications', async () => (await platform()).notifications),
  {path: '/settings', title: 'Settings', icon: 'gear', load: async () => (await import('../pages/settings')).page()},

  pluginList('/simulator', 'Runs', 'human_simulator', 'Human Simulator', async () => (await simulator()).simulatorRuns),
  pluginList('/simulator/scenarios', 'Scenarios', 'human_simulator', 'Human Simulator', async () => (await simulator()).scenarios),
  pluginList('/simulator/personas', 'Personas', 'human_simulator', 'Human Simulator', async () => (await simulator()).personas),
  pluginList('/simulator/calendar', 'Calendar', 'human_simulator', 'Human Simulator', async () => (await simulator()).calendar),
  pluginList('/conversations', 'Conversations', 'mirrorcore', 'Mirrorcore', async () => (await import('../pages/mirrorcore')).conversations),
  {
    path: '/conversations/:id',
    title: 'Conversation',
    icon: 'chat',
    role: 'user',
    plugin: 'mirrorcore',
    load: async ({id = ''}) => (await import('../pages/mirrorcore')).page(id),
  },
];

/** The page at a path, with its parameters. */
export function pageAt(path: string): {page: Page; parameters: Record<string, string>} | null {
  for (const page of pages) {
    const parameters = match(page.path, path);
    if (parameters !== null) {
      return {page, parameters};
    }
  }
  return null;
}
