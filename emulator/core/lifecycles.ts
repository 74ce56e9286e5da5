/** A change that its work request hasn't finished yet. */
export interface PendingChange {
  resourceId: string;
  workRequestId: string;
  /** The resource's state until then. */
  state: "CREATING" | "UPDATING" | "DELETING";
  /** Reads that still answer the unfinished state. */
  readsLeft: number;
  reads: number;
}

/** Changes that take some reads until they are done (switch `slowLifecycle`); nobody's clock decides. */
export class Lifecycles {
  readonly #byId = new Map<string, PendingChange>();

  begin(change: Omit<PendingChange, "readsLeft">): void {
    if (change.reads === 0) return;
    const pending = { ...change, readsLeft: change.reads };
    this.#byId.set(change.resourceId, pending);
    this.#byId.set(change.workRequestId, pending);
  }

  /** The change that a resource or a work request waits for. */
  of(id: string): PendingChange | undefined {
    return this.#byId.get(id);
  }

  /** Counts one read of a resource or a work request, after it was answered. */
  countRead(id: string): void {
    const pending = this.#byId.get(id);
    if (pending === undefined) return;
    pending.readsLeft -= 1;
    if (pending.readsLeft > 0) return;
    this.#byId.delete(pending.workRequestId);
    if (this.#byId.get(pending.resourceId) === pending) this.#byId.delete(pending.resourceId);
  }

  clear(): void {
    this.#byId.clear();
  }
}
