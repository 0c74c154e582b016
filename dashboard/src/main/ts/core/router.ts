/** Where the user is: `#/runs/42?state=failed`. The fragment never reaches the server, so each link works on every server. */
export interface Place {
  path: string;
  query: URLSearchParams;
}

export function place(): Place {
  const [path = '', query = ''] = location.hash.slice(1).split('?', 2);
  return {path: path === '' ? '/' : path, query: new URLSearchParams(query)};
}

/** A link to a page. */
export function link(path: string, query: Record<string, string | null | undefined> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value) {
      parameters.set(name, value);
    }
  }
  return parameters.size === 0 ? `#${path}` : `#${path}?${parameters}`;
}

export function go(path: string, query: Record<string, string | null | undefined> = {}): void {
  location.hash = link(path, query);
}

/** Changes the query of the current page without a new entry in the history. */
export function setQuery(query: Record<string, string | null | undefined>): void {
  history.replaceState(null, '', link(place().path, query));
}

/** The parameters of a path that has the form of the pattern, for example `/runs/:id`; null for another path. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) {
    return null;
  }
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) {
      parameters[part.slice(1)] = decodeURIComponent(value);
    } else if (part !== value) {
      return null;
    }
  }
  return parameters;
}
