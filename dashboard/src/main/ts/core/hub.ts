import {session} from './session';

/** A frame of the WebSocket hub (docs/SOCKETS.md). */
export interface Frame {
  type: string;
  channel_id?: string;
  offset?: number;
  epoch?: string;
  error?: string;
  complete?: boolean;
  recovered?: boolean;
  event?: LiveEvent;
  events?: {offset: number; event: LiveEvent}[];
}

export interface LiveEvent {
  id: string;
  type: string;
  source: string;
  subject: string;
  time: string;
  actor_id: string | null;
  request_id: string | null;
  synthetic: boolean;
  data: unknown;
}

const FIRST_PAUSE_MILLIS = 500;
const LONGEST_PAUSE_MILLIS = 10_000;
const REFRESH_MILLIS = 4 * 60_000;

export type HubState = 'connecting' | 'live' | 'closed';

/** Follows one channel of events: reconnects by itself and fetches what came meanwhile. */
export class EventTail {
  #socket: WebSocket | null = null;
  #offset: number | null = null;
  #epoch: string | undefined;
  #pause = FIRST_PAUSE_MILLIS;
  #closed = false;
  #timer = 0;

  /**
   * @param onEvent is called once for each event, in order
   * @param onState is called with the state of the connection, and why it ended
   */
  constructor(
    private readonly channel: string,
    private readonly onEvent: (event: LiveEvent) => void,
    private readonly onState: (state: HubState, reason?: string) => void,
  ) {
    void this.#connect();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    if (socket?.readyState === WebSocket.CONNECTING) {
      // Browsers report a connection that is closed before it is open as an error.
      socket.addEventListener('open', () => socket.close(1000));
    } else {
      socket?.close(1000);
    }
  }

  async #connect(): Promise<void> {
    this.onState('connecting');
    let token: string;
    try {
      token = await session.token();
    } catch {
      this.#again();
      return;
    }
    if (this.#closed) {
      return;
    }
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/api/v1/ws?token=${encodeURIComponent(token)}`);
    this.#socket = socket;
    socket.addEventListener('open', () => this.#send({type: 'join_channel', channel_id: this.channel}));
    socket.addEventListener('message', (message: MessageEvent<string>) => this.#received(JSON.parse(message.data) as Frame));
    socket.addEventListener('close', (event) => {
      clearInterval(this.#timer);
      if (!this.#closed) {
        this.onState('connecting');
        if (event.code === 4403) {
          this.onState('closed', 'You may not follow these events.');
        } else {
          this.#again();
        }
      }
    });
    this.#timer = window.setInterval(() => void this.#renew(), REFRESH_MILLIS);
  }

  async #renew(): Promise<void> {
    this.#send({type: 'refresh', token: await session.token()});
  }

  #again(): void {
    if (this.#closed) {
      return;
    }
    // A random part, so that not all tabs come back at once.
    this.#timer = window.setTimeout(() => void this.#connect(), this.#pause * (0.5 + Math.random()));
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MILLIS);
  }

  #received(frame: Frame): void {
    switch (frame.type) {
      case 'joined':
        this.#pause = FIRST_PAUSE_MILLIS;
        this.onState('live');
        if (this.#offset === null) {
          this.#offset = frame.offset ?? 0;
        } else {
          this.#history();
        }
        this.#epoch = frame.epoch;
        break;
      case 'event':
        if (frame.event && frame.offset !== undefined) {
          this.#take(frame.offset, frame.event);
        }
        break;
      case 'history':
        for (const {offset, event} of frame.events ?? []) {
          this.#take(offset, event);
        }
        if (frame.recovered === false) {
          this.#offset = frame.offset ?? this.#offset;
        } else if (frame.complete === false) {
          this.#history();
        }
        break;
      case 'error':
      case 'left':
        this.onState('closed', frame.error ?? 'The channel was left.');
        break;
      default:
    }
  }

  #take(offset: number, event: LiveEvent): void {
    if (this.#offset === null || offset > this.#offset) {
      this.#offset = offset;
      this.onEvent(event);
    }
  }

  #history(): void {
    this.#send({type: 'history', channel_id: this.channel, since: this.#offset, epoch: this.#epoch});
  }

  #send(frame: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(frame));
    }
  }
}
