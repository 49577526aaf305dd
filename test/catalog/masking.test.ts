import { describe, expect, it } from "vitest";
import { AccessionError } from "../../src/index.ts";
import { type Log, maskedLog, silentLog } from "../../src/engine/log.ts";
import { createSecrets } from "../../src/engine/secrets.ts";
import { inside } from "../support/everything-told.ts";

const secret = "5up3r s3cr3t";

describe("What is masked", () => {
  it("is every spelling of a secret, the whole of one that has another in it, and nothing shorter than 4 characters", () => {
    const secrets = createSecrets(["abc", ` ${secret} `, `${secret}/more`, "a.c+[d]", undefined]);
    const form = new URLSearchParams({ secret }).toString();
    expect(secrets.mask(`${secret}, ${secret}/more, ${encodeURIComponent(secret)}, ${form}`)).toBe(
      "***, ***, ***, secret=***",
    );
    expect(secrets.mask("abc a.c+[d] abcc[d]")).toBe("abc *** abcc[d]");
  });

  it("is made anew with all that a reader needs, and without what would still know the secret", () => {
    const secrets = createSecrets([secret]);
    const cause = new AccessionError("source-throttled", `No ${secret}`, {
      retryable: true,
      retryAfter: 5,
      remedy: `Change ${secret}`,
    });
    const thrown = Object.assign(new TypeError(`Not ${secret}`, { cause }), {
      status: 400,
      sent: { headers: new Map([["key", secret]]), tags: new Set([secret]), at: new Date(0), to: [1, secret] },
      toJSON: () => secret,
    });
    const ring: Record<string, unknown> = { thrown, [secret]: true, url: new URL(`https://me:${secret}@example.org`) };
    ring["self"] = ring;
    Object.defineProperty(ring, "late", { get: () => secret, enumerable: true });
    const masked = secrets.maskValue(ring) as typeof ring & { readonly thrown: typeof thrown };
    expect(inside(masked)).not.toContain("5up3r");
    expect(masked).toMatchObject({ "***": true, url: "https://me:***@example.org/", late: "***" });
    expect(masked["self"]).toBe(masked);
    expect(masked.thrown).toMatchObject({ name: "TypeError", message: "Not ***", status: 400 });
    expect(masked.thrown.stack).toMatch(/Not \*\*\*\n.*masking\.test\.ts/);
    expect(masked.thrown.cause).toBeInstanceOf(AccessionError);
    expect(masked.thrown.cause).toMatchObject({
      code: "source-throttled",
      message: "No ***",
      retryAfter: 5,
      remedy: "Change ***",
    });
    expect(masked.thrown.sent).toEqual({
      headers: new Map([["key", "***"]]),
      tags: new Set(["***"]),
      at: new Date(0),
      to: [1, "***"],
    });
    expect(masked.thrown).not.toHaveProperty("toJSON");
  });

  it("is also what is read only when a log shows it", () => {
    const secrets = createSecrets([secret]);
    const advice = new AccessionError("query-invalid", "No", { remedy: `Change ${secret}` });
    expect(secrets.maskValue({ advice })).toMatchObject({ advice: { remedy: "Change ***" } });
    const late = Object.defineProperty({}, "late", { get: () => secret, enumerable: true });
    expect(secrets.maskValue(late)).toEqual({ late: "***" });
    expect(secrets.maskValue({ url: new URL(`https://example.org/?key=${encodeURIComponent(secret)}`) })).toEqual({
      url: "https://example.org/?key=***",
    });
    expect(secrets.maskValue({ digits: 5, more: 12n })).toEqual({ digits: 5, more: 12n });
    expect(createSecrets(["20261129"]).maskValue({ digits: 20261129 })).toEqual({ digits: "***" });
  });

  it("ends where a value is too large or too deep to be looked through", () => {
    const secrets = createSecrets([secret]);
    let deep: unknown = secret;
    for (let depth = 0; depth < 20_000; depth += 1) deep = { deep };
    expect(inside(secrets.maskValue([deep, Array.from({ length: 20_000 }, () => ({ secret }))]))).not.toContain(
      "5up3r",
    );
  });

  it("is told as it is where it holds no secret", () => {
    const harmless = { err: new Error("It broke"), at: new Date(0) };
    expect(createSecrets([secret]).maskValue(harmless)).toBe(harmless);
    expect(createSecrets([]).maskValue(harmless)).toBe(harmless);
  });
});

describe("What is learnt", () => {
  it("is looked for from then on, the last 20 of each source, and what was known from the start for ever", () => {
    const secrets = createSecrets([secret]);
    const said = "token-1000 token-1005 token-1024 other-token";
    expect(secrets.mask(said)).toBe(said);
    secrets.learn("other", "other-token");
    secrets.learn("shop", secret);
    for (let token = 1000; token < 1020; token += 1) secrets.learn("shop", `token-${token}`);
    // One that is still in use is not forgotten for those that came after it.
    secrets.learn("shop", "token-1000");
    for (let token = 1020; token < 1026; token += 1) secrets.learn("shop", `token-${token}`);
    expect(secrets.mask(`${said} ${secret}`)).toBe("*** token-1005 *** *** ***");
    secrets.learn("shop", "its");
    expect(secrets.mask("its")).toBe("its");
  });
});

describe("A log", () => {
  it("is given what it is given, masked, also with what is learnt later", () => {
    const lines: unknown[] = [];
    const note = (...line: unknown[]): void => void lines.push(line);
    const log: Log = { debug: note, info: note, warn: note, error: note };
    const secrets = createSecrets([]);
    const masked = maskedLog(log, secrets);
    const details = { said: secret };
    masked.warn(details, secret);
    secrets.learn("shop", secret);
    for (const level of ["debug", "info", "warn", "error"] as const) masked[level](details, secret);
    const line = [{ said: "***" }, "***"];
    expect(lines).toEqual([[details, secret], line, line, line, line]);
    expect(maskedLog(silentLog, secrets)).toBe(silentLog);
  });
});
