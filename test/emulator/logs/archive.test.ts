import { expect, onTestFinished, test } from "vitest";
import { LogArchive, type NewLine } from "../../../emulator/logs/archive.ts";

function open(limits: { linesPerLog: number; bytes: number }): LogArchive {
  const archive = new LogArchive(undefined, limits);
  onTestFinished(() => archive.close());
  return archive;
}

const line = (text: string): NewLine => ({ logId: "a", timeInMs: 1, document: JSON.stringify({ text }) });
const texts = (archive: LogArchive) =>
  archive.read({ logIds: ["a"] }).map(({ entry }) => Reflect.get(entry, "text"));

test("what a line takes is counted in bytes, whatever its characters, and given back as it was counted", () => {
  const archive = open({ linesPerLog: 2, bytes: 100 });
  // Counted in UTF-16 and given back in characters, these would fill the limit for ever.
  for (let index = 0; index < 200; index++) archive.write([line("😀é")]);
  archive.write([line("last")]);
  expect(texts(archive)).toEqual(["😀é", "last"]);
});

test("the oldest lines go when there are too many bytes, also the only one", () => {
  const archive = open({ linesPerLog: 10, bytes: 60 });
  archive.write([line("1234567890"), line("abcdefghij"), line("é234567890")]);
  expect(texts(archive)).toEqual(["abcdefghij", "é234567890"]);
  archive.write([line("x".repeat(100))]);
  expect(texts(archive)).toEqual([]);
  archive.write([line("again")]);
  expect(texts(archive)).toEqual(["again"]);
});

test("lines that can't be written leave the file as it was", () => {
  const archive = open({ linesPerLog: 10, bytes: 1000 });
  archive.write([line("before")]);
  const broken = { ...line("broken"), timeInMs: Number.MAX_VALUE } as NewLine;
  Object.assign(broken, { timeInMs: Symbol("no time") });
  expect(() => archive.write([line("lost"), broken])).toThrow("cannot be bound");
  archive.write([line("after")]);
  expect(texts(archive)).toEqual(["before", "after"]);
});
