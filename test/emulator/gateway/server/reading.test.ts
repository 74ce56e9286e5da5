import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { ClientReading } from "../../../../emulator/gateway/server/reading.ts";

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Pauses and resumes as a socket does, without a connection. */
class FakeSocket extends EventEmitter {
  #isPaused = false;
  isPaused(): boolean {
    return this.#isPaused;
  }
  pause(): void {
    this.#isPaused = true;
  }
  resume(): void {
    this.#isPaused = false;
    this.emit("resume");
  }
}

function open(count: number) {
  const reading = new ClientReading();
  const fakes = Array.from({ length: count }, () => new FakeSocket());
  const sockets = fakes as unknown as Socket[];
  for (const socket of sockets) reading.add(socket);
  /** Which of them are read. */
  const read = () => fakes.flatMap((socket, index) => (socket.isPaused() ? [] : [index]));
  const flood = (index: number) => {
    const socket = sockets[index];
    for (let part = 0; part < 5_000 && socket !== undefined; part++) reading.count(socket, "chunk");
  };
  const at = (index: number): Socket => sockets[index] as Socket;
  return { reading, at, read, flood };
}

test("a thousand chunks are read in a turn; those beyond hold up all connections until the next", async () => {
  const { reading, at, read } = open(3);
  for (let part = 0; part < 1_000; part++) reading.count(at(0), "chunk");
  expect(read()).toEqual([0, 1, 2]);
  reading.count(at(0), "chunk");
  expect(read()).toEqual([]);
  await nextTurn();
  expect(read()).toEqual([1, 2]);
  await nextTurn();
  expect(read()).toEqual([0, 1, 2]);
});

test("two hundred requests behind others are read in a turn", async () => {
  const { reading, at, read } = open(2);
  for (let part = 0; part < 200; part++) reading.count(at(part % 2), "request");
  expect(read()).toEqual([0, 1]);
  reading.count(at(1), "request");
  expect(read()).toEqual([]);
  await nextTurn();
  expect(read()).toEqual([0]);
});

test("those that used up a turn are read one by one, the others in every turn", async () => {
  const { read, flood } = open(4);
  flood(1);
  await nextTurn();
  expect(read()).toEqual([0, 2, 3]);
  flood(2);
  expect(read()).toEqual([]);
  await nextTurn();
  expect(read()).toEqual([0, 1, 3]);
  flood(1);
  await nextTurn();
  expect(read()).toEqual([0, 2, 3]);
  await nextTurn();
  expect(read()).toEqual([0, 1, 2, 3]);
});

test("what Node resumes meanwhile stays held, and is read when its turn comes", async () => {
  const { at, read, flood } = open(2);
  flood(0);
  at(1).resume();
  expect(read()).toEqual([]);
  await nextTurn();
  expect(read()).toEqual([1]);
});

test("what Node itself has paused stays so", async () => {
  const { at, read, flood } = open(2);
  at(1).pause();
  flood(0);
  await nextTurn();
  await nextTurn();
  expect(read()).toEqual([0]);
});

test("a connection that is stopped is read no more, whatever the turn, until it may go on", async () => {
  const { reading, at, read, flood } = open(2);
  reading.stop(at(0));
  at(0).resume();
  expect(read()).toEqual([1]);
  flood(1);
  await nextTurn();
  await nextTurn();
  expect(read()).toEqual([1]);
  reading.goOn(at(0));
  expect(read()).toEqual([0, 1]);
});

test("what may go on while all are held waits for the next turn", async () => {
  const { reading, at, read, flood } = open(2);
  reading.stop(at(0));
  flood(1);
  reading.goOn(at(0));
  expect(read()).toEqual([]);
  await nextTurn();
  expect(read()).toEqual([0]);
});

test("a connection that has closed is forgotten", async () => {
  const { at, read, flood } = open(2);
  flood(0);
  at(0).emit("close");
  await nextTurn();
  expect(read()).toEqual([1]);
});
