// The little of Node that the tests use, so that checking them needs no package.

declare module 'node:test' {
  export const mock: {timers: {enable(options: {apis: string[]}): void, tick(millis: number): void, reset(): void}};
  export function test(sentence: string, body: () => void | Promise<void>): void;
}

declare module 'node:assert/strict' {
  const assert: {
    (value: unknown, message?: string): asserts value;
    equal(actual: unknown, expected: unknown, message?: string): void;
    notEqual(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    match(actual: string, expected: RegExp, message?: string): void;
    throws(body: () => unknown): void;
  };
  export default assert;
}
