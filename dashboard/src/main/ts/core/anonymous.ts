import {ApiError, type ErrorDetail} from './api-error';
import {connection} from './connection';

/** Calls an endpoint without the session's token, or with the one that is given. */
export async function anonymous<T>(method: string, path: string, body?: unknown, token?: string): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : {'content-type': 'application/json'}),
        ...(token === undefined ? {} : {authorization: `Bearer ${token}`}),
      },
      ...(body === undefined ? {} : {body: JSON.stringify(body)}),
    });
  } catch {
    connection.lost();
    throw ApiError.unreachable();
  }
  const answer = (await response.json().catch(() => ({}))) as T & ErrorDetail;
  if (!response.ok) {
    throw ApiError.of(response, answer);
  }
  return answer;
}
