import type {Api} from '#generated/api';
import {needs} from '#generated/needs';
import type {Operation} from './api';
import {call} from './api';

const ROLES = ['guest', 'user', 'admin'];

/** The signed-in user and what they may do. */
class Caller {
  #profile: Api.ProfileView | null = null;

  /** Reads who is signed in. */
  async load(): Promise<void> {
    this.#profile = await call('GET /api/auth/me');
  }

  forget(): void {
    this.#profile = null;
  }

  get profile(): Api.ProfileView {
    if (this.#profile === null) {
      throw new Error('No user is signed in.');
    }
    return this.#profile;
  }

  get admin(): boolean {
    return this.has('admin');
  }

  /** Whether the caller has at least this role on the platform. */
  has(role: string): boolean {
    return this.#profile !== null && this.#profile.roles.some((own) => ROLES.indexOf(own) >= ROLES.indexOf(role));
  }

  /** Whether the caller may call an operation. The server decides again; this only spares pages that it would refuse. */
  can(operation: Operation): boolean {
    const need = needs[operation];
    if (need === undefined) {
      return true;
    }
    const [role, permission] = need;
    return this.has(role) && (permission === null || this.profile.permissions.includes(permission));
  }
}

export const caller = new Caller();
