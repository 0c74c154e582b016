import {ApiError, type ErrorDetail} from './api-error';
import {connection} from './connection';
import {session} from './session';

/** Sends a form and reports the part that was sent, from 0 to 1, which `fetch` does not. */
export async function upload(url: string, form: FormData, onProgress: (sent: number) => void): Promise<unknown> {
  const token = await session.token();
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', url);
    call.setRequestHeader('authorization', `Bearer ${token}`);
    call.setRequestHeader('accept', 'application/json');
    call.responseType = 'text';
    call.upload.addEventListener('progress', (event) => onProgress(event.total === 0 ? 0 : event.loaded / event.total));
    call.addEventListener('error', () => {
      connection.lost();
      reject(ApiError.unreachable());
    });
    call.addEventListener('load', () => {
      const response = new Response(null, {status: Math.max(200, call.status)});
      try {
        const body = JSON.parse(call.responseText) as ErrorDetail;
        if (call.status < 300) {
          resolve(body);
        } else {
          reject(ApiError.of(response, body));
        }
      } catch {
        reject(new ApiError(call.status, `The server answered ${call.status}.`));
      }
    });
    call.send(form);
  });
}
