import type {Api} from '#generated/api';
import {html} from 'lit';
import {short, words} from '../core/format';
import {notifications as unread} from '../core/notifications';
import {link} from '../core/router';
import {listPage} from '../ui/list-page';
import '../ui/audit-check';
import '../ui/upstreams';

export const routes = listPage<'GET /api/control-center/gateway/routes'>({
  title: 'Gateway routes',
  text: 'Which paths below /api/v1/gateway lead to which upstreams, with limits, retries, caches and time limits.',
  operation: 'GET /api/control-center/gateway/routes',
  empty: 'There are no routes.',
  id: (route) => route.prefix,
  columns: [
    {header: 'Prefix', value: (route) => route.prefix},
    {header: 'Upstreams', value: (route) => route.upstreams.map((each) => each.url).join(', ')},
    {header: 'Methods', value: (route) => route.methods.join(' ')},
    {header: 'Roles', value: (route) => route.roles.join(', ')},
    {header: 'Cache', value: (route) => (route.cache_seconds > 0 ? `${route.cache_seconds} s` : 'off')},
    {header: 'Changed', value: (route) => route.changed_at, kind: 'time'},
  ],
  create: {label: 'New route', operation: 'POST /api/control-center/gateway/routes', initial: () => ({upstreams: [{url: 'http://127.0.0.1:9000', weight: 1}]})},
  detail: (route) => html`<section><h3>Upstreams now</h3><upstream-health .route=${route.id}></upstream-health></section>`,
  actions: [
    {
      label: 'Change',
      operation: 'PUT /api/control-center/gateway/routes/{id}',
      path: ({id}) => ({id}),
      form: ({id: _id, created_at: _created, changed_at: _changed, ...order}) => order,
    },
    {
      label: 'Delete',
      operation: 'DELETE /api/control-center/gateway/routes/{id}',
      path: ({id}) => ({id}),
      confirm: ({prefix}) => ({text: 'Requests below the prefix are answered with 404 at once. This cannot be undone.', word: prefix}),
    },
  ],
});

export const models = listPage<'GET /api/control-center/gateway/models'>({
  title: 'Models',
  text: 'The models that callers use by name: language models on their servers, and ONNX files.',
  operation: 'GET /api/control-center/gateway/models',
  empty: 'There are no models.',
  id: (model) => model.name,
  columns: [
    {header: 'Name', value: (model) => model.name},
    {header: 'Kind', value: (model) => model.kind},
    {header: 'Server', value: (model) => model.base_url},
    {header: 'Upstream model', value: (model) => model.upstream_model, kind: 'code'},
    {header: 'Key', value: (model) => (model.has_api_key ? 'stored' : 'none')},
    {header: 'Calls per minute', value: (model) => model.requests_per_minute, kind: 'number'},
    {header: 'Fallback', value: (model) => model.fallback},
  ],
  create: {label: 'New model', operation: 'POST /api/control-center/gateway/models'},
  actions: [
    {
      label: 'Change',
      operation: 'PUT /api/control-center/gateway/models/{name}',
      path: ({name}) => ({name}),
      form: ({has_api_key: _key, file: _file, created_at: _created, changed_at: _changed, ...order}) => order,
    },
    {
      label: 'Delete',
      operation: 'DELETE /api/control-center/gateway/models/{name}',
      path: ({name}) => ({name}),
      confirm: ({name}) => ({text: 'Calls to the model are answered with 404 at once. This cannot be undone.', word: name}),
    },
  ],
});

export const subscribers = listPage<'GET /api/control-center/event-subscribers'>({
  title: 'Event subscribers',
  text: 'Durable subscribers of the event relay, and how far behind each is.',
  operation: 'GET /api/control-center/event-subscribers',
  empty: 'There are no subscribers.',
  id: (subscriber) => subscriber.name,
  columns: [
    {header: 'Name', value: (subscriber) => subscriber.name},
    {header: 'Behind', value: (subscriber) => subscriber.behind, kind: 'number'},
    {header: 'Waiting', value: (subscriber) => subscriber.waiting, kind: 'number'},
    {header: 'Retrying', value: (subscriber) => subscriber.retrying, kind: 'number'},
    {header: 'Parked', value: (subscriber) => subscriber.parked, kind: 'number'},
    {header: 'Paused until', value: (subscriber) => subscriber.paused_until, kind: 'time'},
  ],
  actions: [
    {
      label: 'Replay parked',
      operation: 'POST /api/control-center/event-subscribers/{name}/replay',
      path: ({name}) => ({name}),
      when: ({parked}) => parked > 0,
      answer: (receipt: Api.ReplayReceipt) => html`<p>${receipt.replayed} events are delivered again.</p>`,
    },
  ],
});

export const audit = listPage<'GET /api/control-center/audit-events'>({
  title: 'Audit',
  text: 'A chain of records, each with the hash of the one before it.',
  operation: 'GET /api/control-center/audit-events',
  empty: 'There are no records.',
  id: (record) => String(record.position),
  columns: [
    {header: 'Position', value: (record) => record.position},
    {header: 'Time', value: (record) => record.time, kind: 'time'},
    {header: 'Call', value: (record) => `${record.method} ${record.path}`, kind: 'code'},
    {header: 'User', value: (record) => short(record.user_id), kind: 'code'},
    {header: 'Outcome', value: (record) => record.outcome, kind: 'state'},
    {header: 'Status', value: (record) => record.status, kind: 'number'},
  ],
  filters: [
    {name: 'scope', label: 'Scope', options: ['organization', 'platform']},
    {name: 'outcome', label: 'Outcome', options: ['done', 'replayed', 'refused', 'failed']},
    {name: 'source', label: 'Plugin or group'},
    {name: 'user_id', label: 'User id'},
    {name: 'request_id', label: 'Request id'},
  ],
  above: () => html`<audit-check></audit-check>`,
  detail: (record) => html`<p><a href=${link(`/requests/${record.request_id}`)}>Explain the request</a></p>`,
});

export const catalog = listPage<'GET /api/control-center/catalog'>({
  title: 'Catalog',
  text: 'Every table and outside store, what it holds, how personal that is, and how long it is kept.',
  operation: 'GET /api/control-center/catalog',
  empty: 'The catalog is empty.',
  id: (entry) => entry.name,
  columns: [
    {header: 'Name', value: (entry) => entry.name},
    {header: 'Source', value: (entry) => entry.source},
    {header: 'Classification', value: (entry) => entry.classification, kind: 'state'},
    {header: 'Owner', value: (entry) => entry.owner},
    {header: 'Kept', value: (entry) => entry.retention},
    {header: 'Columns', value: (entry) => entry.columns.length, kind: 'number'},
  ],
});

export const services = listPage<'GET /api/control-center/services'>({
  title: 'Services',
  text: 'The parts of the platform and of its plugins, as this node sees them.',
  operation: 'GET /api/control-center/services',
  empty: 'There are no services.',
  id: (service) => service.name,
  columns: [
    {header: 'Name', value: (service) => service.name},
    {header: 'Kind', value: (service) => service.kind},
    {header: 'Version', value: (service) => service.version, kind: 'code'},
    {header: 'Status', value: (service) => service.status, kind: 'state'},
    {header: 'Since', value: (service) => service.since, kind: 'time'},
  ],
});

export const notifications = listPage<'GET /api/frontend/notifications'>({
  title: 'Notifications',
  text: 'Events that concern you. Settings leave out types that you do not want to read about.',
  operation: 'GET /api/frontend/notifications',
  empty: 'There are no notifications.',
  id: (notification) => words(notification.type),
  columns: [
    {header: 'Event', value: (notification) => words(notification.type)},
    {header: 'State', value: (notification) => (notification.read_at === null ? 'unread' : 'read'), kind: 'state'},
    {header: 'Source', value: (notification) => notification.source},
    {header: 'Time', value: (notification) => notification.time, kind: 'time'},
  ],
  filters: [{name: 'unread', label: 'Show', options: [{value: 'true', label: 'Unread only'}]}],
  listActions: [{label: 'Mark all as read', operation: 'POST /api/frontend/notifications/read', body: {}, after: read}],
  actions: [
    {
      label: 'Mark as read',
      operation: 'POST /api/frontend/notifications/read',
      path: () => ({}),
      body: ({notification_id}) => ({notification_ids: [notification_id]}),
      when: ({read_at}) => read_at === null,
      after: read,
    },
  ],
});

function read(): void {
  unread.dispatchEvent(new Event('change'));
}
