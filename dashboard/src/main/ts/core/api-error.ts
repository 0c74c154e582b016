/** What an error body may have, of both API families. */
export interface ErrorDetail {
  error?: string | {message?: string; request_id?: string; field_errors?: FieldError[]};
  request_id?: string;
  details?: FieldError[];
}

export interface FieldError {
  field: string;
  message: string;
}

/** A call that the server refused, or that did not reach it (status 0). The message is the server's own sentence. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly requestId: string | null = null,
    readonly fields: FieldError[] = [],
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** Whether the same call would be refused again: neither the server's state nor a limit is the reason. */
  get final(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 429;
  }

  /** From an error body. */
  static of(response: Response, body: ErrorDetail): ApiError {
    const managed = typeof body.error === 'object' ? body.error : null;
    const message = managed?.message ?? (typeof body.error === 'string' ? body.error : `The server answered ${response.status}.`);
    const id = managed?.request_id ?? body.request_id ?? response.headers.get('x-request-id');
    return new ApiError(response.status, message, id, managed?.field_errors ?? body.details ?? []);
  }

  static unreachable(): ApiError {
    return new ApiError(0, 'The server cannot be reached.');
  }
}
