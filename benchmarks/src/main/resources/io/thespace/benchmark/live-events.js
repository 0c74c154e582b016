// Takes the place of the hub's WebSocket: `rate` events a second, so that the browser's work is measured and not the server's.
(rate) => {
  const PAUSE_MILLIS = 4;
  window.WebSocket = class extends EventTarget {
    static CONNECTING = 0;
    static OPEN = 1;
    readyState = 1;
    #timer = 0;
    #sent = 0;

    constructor() {
      super();
      setTimeout(() => this.dispatchEvent(new Event('open')));
    }

    send(text) {
      if (JSON.parse(text).type === 'join_channel') {
        this.#receive({type: 'joined', channel_id: 'events', offset: 0, epoch: 'benchmark'});
        const began = performance.now();
        this.#timer = setInterval(() => {
          const due = Math.floor(((performance.now() - began) * rate) / 1000);
          while (this.#sent < due) {
            this.#event(++this.#sent);
          }
        }, PAUSE_MILLIS);
      }
    }

    close() {
      clearInterval(this.#timer);
    }

    #event(offset) {
      const id = `019a0000-0000-7000-8000-${offset.toString(16).padStart(12, '0')}`;
      this.#receive({
        type: 'event',
        channel_id: 'events',
        offset,
        event: {
          id,
          type: 'funds_transferred',
          source: '/plugins/financial_business',
          subject: id,
          time: new Date().toISOString(),
          actor_id: id,
          request_id: id,
          synthetic: false,
          data: {transaction_id: id, amount: offset, currency: 'USD'},
        },
      });
    }

    #receive(frame) {
      this.dispatchEvent(new MessageEvent('message', {data: JSON.stringify(frame)}));
    }
  };
}
