import {call, type Operation} from '../core/api';
import {caller} from '../core/caller';
import type {IconName} from '../ui/icons';

/** Something that the search found. */
export interface Hit {
  path: string;
  title: string;
  /** What it is, beside the title. */
  kind: string;
  icon: IconName;
}

/** How many of a kind are searched; the lists have them all. */
const MAX_NAMED = 100;

interface Source {
  operation: Operation;
  load: () => Promise<Hit[]>;
}

const sources: Source[] = [
  {
    operation: 'GET /management/v1/agents',
    load: async () =>
      (await call('GET /management/v1/agents', {query: {limit: MAX_NAMED}})).items.map(({id, name}): Hit => ({
        path: `/agents/${id}`,
        title: name,
        kind: 'Agent',
        icon: 'agent',
      })),
  },
  {
    operation: 'GET /management/v1/users',
    load: async () =>
      (await call('GET /management/v1/users', {query: {limit: MAX_NAMED}})).items.map(({id, name, email}): Hit => ({
        path: `/users/${id}`,
        title: email === null || email === name ? name : `${name} (${email})`,
        kind: 'User',
        icon: 'user',
      })),
  },
  {
    operation: 'GET /api/control-center/workflows',
    load: async () =>
      (await call('GET /api/control-center/workflows', {query: {limit: MAX_NAMED}})).items.map(({id, name}): Hit => ({
        path: `/workflows/${encodeURIComponent(id)}`,
        title: name,
        kind: 'Workflow',
        icon: 'flow',
      })),
  },
];

/** Everything with a name that the caller may see: agents, users and workflows. */
export async function named(): Promise<Hit[]> {
  const loads = sources.filter(({operation}) => caller.can(operation)).map(({load}) => load());
  return (await Promise.all(loads)).flat();
}
