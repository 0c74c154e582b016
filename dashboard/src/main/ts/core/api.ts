import type {Operations} from '#generated/api';
import {ApiError, type ErrorDetail} from './api-error';
import {connection} from './connection';
import {JsonText} from './exact';
import {session} from './session';

export type Operation = keyof Operations;

/** Options of a call: a path or query member that an operation does not have is a compile-time error. */
export interface CallOptions<K extends Operation> {
  path?: Operations[K]['path'];
  query?: Partial<Operations[K]['query']> & {limit?: number; cursor?: string};
  body?: Operations[K]['body'];
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

export interface RequestOptions {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Calls an operation of the platform; rejects with an {@link ApiError}. */
export async function call<K extends Operation>(operation: K, options: CallOptions<K> = {}): Promise<Operations[K]['answer']> {
  const [method, url] = target(operation, options.path, options.query);
  return (await request(method, url, options)) as Operations[K]['answer'];
}

/** The method and the URL of an operation. */
export function target(operation: string, path: object = {}, query: object = {}): [method: string, url: string] {
  const space = operation.indexOf(' ');
  let url = operation.slice(space + 1);
  for (const [name, value] of Object.entries(path)) {
    url = url.replace(`{${name}}`, encodeURIComponent(String(value)));
  }
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') {
      parameters.set(name, String(value));
    }
  }
  return [operation.slice(0, space), parameters.size === 0 ? url : `${url}?${parameters}`];
}

/** Calls any path of the server as the user. Resolves to the answer's JSON, null for none. */
export async function request(method: string, url: string, options: RequestOptions = {}): Promise<unknown> {
  const response = await send(method, url, options);
  if (response.status === 204) {
    return null;
  }
  const text = await response.text();
  return text === '' ? null : (JSON.parse(text) as unknown);
}

/** The same for an answer that is not JSON. */
export async function download(url: string, signal?: AbortSignal): Promise<Blob> {
  const response = await send('GET', url, {headers: {accept: '*/*'}, ...(signal ? {signal} : {})});
  return response.blob();
}

/** Sends a request with the access token, once more with a new one when the server takes it no longer. */
export async function send(method: string, url: string, options: RequestOptions = {}): Promise<Response> {
  let response = await attempt(method, url, options);
  if (response.status === 401) {
    await session.refresh();
    response = await attempt(method, url, options);
  }
  if (!response.ok && response.status !== 304) {
    const body = (await response.json().catch(() => ({}))) as ErrorDetail;
    throw ApiError.of(response, body);
  }
  return response;
}

async function attempt(method: string, url: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    authorization: `Bearer ${await session.token()}`,
    ...options.headers,
  };
  const form = options.body instanceof FormData;
  if (options.body !== undefined && !form) {
    headers['content-type'] ??= 'application/json';
  }
  const began = performance.now();
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(options.signal ? {signal: options.signal} : {}),
      ...(options.body === undefined ? {} : {body: form ? (options.body as FormData) : options.body instanceof JsonText ? options.body.text : JSON.stringify(options.body)}),
    });
    connection.reached(began);
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }
    connection.lost();
    throw ApiError.unreachable();
  }
}

/** A key with which a repeated POST has one effect. */
export function idempotencyKey(): Record<string, string> {
  // Not crypto.randomUUID: browsers have it over HTTPS and on localhost only.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return {'idempotency-key': Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')};
}
