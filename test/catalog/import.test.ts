import { beforeAll, expect, it } from "vitest";
import { AccessionError, type Catalog, summary } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { itemOf, openPlantCatalog } from "../support/plant-catalog.ts";
import { createSpokenProvider, plant } from "../support/spoken-provider.ts";

describeOnDatabases("importing", (database) => {
  const first = createSpokenProvider("first");
  const second = createSpokenProvider("second");
  const later = createSpokenProvider("later", { run: "background" });
  let catalog: Catalog & { readonly statements: string[] };

  beforeAll(async () => {
    catalog = await openPlantCatalog(await database.location(), [first, second, later]);
  });

  function say(id: string, speeches: { readonly first?: unknown; readonly second?: unknown }, name = id): void {
    const identifiers = [{ scheme: "flora.plant", value: id }] as const;
    first.says.set(id, { attributes: { name, family: "Fagaceae" }, identifiers, ...(speeches.first as object) });
    second.says.set(id, { attributes: { height: 20 }, identifiers, ...(speeches.second as object) });
  }

  it("makes an item from what each provider says, and queues the background ones", async () => {
    say("ash", {});
    const result = await catalog.import(plant, { id: "ash" });
    expect(result.status).toBe("created");
    expect(itemOf(result).attributes).toEqual({ name: "ash", family: "Fagaceae", height: 20 });
    expect(result.providers.map((one) => [one.provider, one.status])).toEqual([
      ["first", "contributed"],
      ["second", "contributed"],
      ["later", "queued"],
    ]);
    expect(summary(result)).toBe(
      "created ash (flora.plant): first contributed, second contributed, later queued; 0 requests",
    );
    const { runs } = await catalog.explain(itemOf(result));
    expect(runs.map((run) => [run.provider, run.state])).toEqual([
      ["first", "contributed"],
      ["later", "queued"],
      ["second", "contributed"],
    ]);
  });

  it("returns a complete item in two statements, by identifier or by name, asking nobody", async () => {
    say("beech", {}, "Beech");
    await catalog.import(plant, { id: "beech" });
    const asked = first.asked.length;
    catalog.statements.length = 0;
    const byId = await catalog.import(plant, { id: "beech" });
    expect(catalog.statements).toHaveLength(2);
    catalog.statements.length = 0;
    const byName = await catalog.import(plant, { name: " BÉECH " });
    expect(catalog.statements).toHaveLength(2);
    expect([byId.status, byName.status]).toEqual(["unchanged", "unchanged"]);
    expect(itemOf(byName).id).toBe(itemOf(byId).id);
    expect(first.asked).toHaveLength(asked);
  });

  it("saves after each provider in a transaction of its own, so that a later failure takes nothing back", async () => {
    say("yew", {});
    second.says.set("yew", new AccessionError("source-unavailable", "down", { retryable: true }));
    catalog.statements.length = 0;
    const result = await catalog.import(plant, { id: "yew" });
    expect(result.status).toBe("created");
    expect(result.providers[1]).toMatchObject({
      status: "failed",
      error: { code: "source-unavailable", retryable: true },
    });
    expect(catalog.statements.filter((sql) => sql === "commit")).toHaveLength(1);
    expect((await catalog.find(plant, { id: "yew" }))?.attributes).toEqual({ name: "yew", family: "Fagaceae" });
  });

  it("runs only what is missing when an item was left incomplete, and counts the attempts", async () => {
    second.says.set("yew", new AccessionError("source-timeout", "slow", { retryable: true }));
    const again = await catalog.import(plant, { id: "yew" });
    expect(again.status).toBe("failed");
    const ledger = (await catalog.explain(itemOf(again))).runs.find((run) => run.provider === "second");
    expect(ledger).toMatchObject({ state: "failed", attempt: 2, error: { code: "source-timeout" } });
    say("yew", {});
    const asked = first.asked.length;
    const completed = await catalog.import(plant, { id: "yew" });
    expect(completed.status).toBe("updated");
    expect(first.asked).toHaveLength(asked);
    expect(completed.providers[0]).toMatchObject({ status: "skipped", reason: "contributed before" });
    expect(itemOf(completed).attributes.height).toBe(20);
  });

  it("runs a provider that was added to the importer since", async () => {
    const location = await database.location();
    say("elm", {});
    const before = await openPlantCatalog(location, [first]);
    await before.import(plant, { id: "elm" });
    await before.close();
    const after = await openPlantCatalog(location, [first, second]);
    const asked = first.asked.length;
    const result = await after.import(plant, { id: "elm" });
    expect(result.status).toBe("updated");
    expect(first.asked).toHaveLength(asked);
    expect(itemOf(result).attributes.height).toBe(20);
  });

  it("stores nothing for what no provider knows", async () => {
    const result = await catalog.import(plant, { id: "triffid" });
    expect(result.status).toBe("not-found");
    expect(await catalog.find(plant, { id: "triffid" })).toBeUndefined();
  });

  it("stores nothing when every provider fails, and gives the first error", async () => {
    first.says.set("hemlock", new AccessionError("source-throttled", "later", { retryable: true, retryAfter: 5000 }));
    second.says.set("hemlock", new AccessionError("source-unavailable", "down"));
    const result = await catalog.import(plant, { id: "hemlock" });
    expect(result).toMatchObject({ status: "failed", error: { code: "source-throttled", retryAfter: 5000 } });
    expect(await catalog.find(plant, { id: "hemlock" })).toBeUndefined();
  });

  it("isolates a provider's bug, marks it a defect with its cause, and goes on with the others", async () => {
    const bug = new TypeError("Cannot read properties of undefined");
    first.says.set("larch", bug);
    second.says.set("larch", {
      attributes: { name: "larch" },
      identifiers: [{ scheme: "flora.plant", value: "larch" }],
    });
    const result = await catalog.import(plant, { id: "larch" });
    expect(result.status).toBe("created");
    expect(result.providers[0]).toMatchObject({ status: "failed", error: { code: "defect", cause: bug } });
  });

  it("refuses a contribution that the kind does not allow, as that provider's failure", async () => {
    first.says.set("fir", { attributes: { name: "fir", height: "tall" as unknown as number } });
    second.says.set("fir", { attributes: { name: "fir" }, identifiers: [{ scheme: "flora.plant", value: "fir" }] });
    const result = await catalog.import(plant, { id: "fir" });
    expect(result.providers[0]).toMatchObject({ status: "failed", error: { code: "contribution-invalid" } });
    expect(itemOf(result).attributes).toEqual({ name: "fir" });
  });

  it("leaves out malformed evidence, and links that a browser would not show as a page, and keeps the rest once", async () => {
    const addresses = ["", "not an address", "javascript:alert(1)", "ftp://example.org/", "https://", "http://[::1"];
    const pages = ["https://example.org/rowan", "HTTP://EXAMPLE.ORG/%E2%98%83?a=\u2603"];
    first.says.set("rowan", {
      attributes: { name: "rowan" },
      identifiers: [
        { scheme: "flora.plant", value: "rowan" },
        { scheme: "flora.plant", value: " rowan " },
        ...["x".repeat(501), "", "R1", " R1\n"].map((value) => ({ scheme: "label" as const, value })),
      ],
      relations: [
        {
          type: "garden",
          to: {
            identifiers: ["kew", "kew "].map((value) => ({ scheme: "flora.garden", value })),
            attributes: { name: "Kew" },
          },
        },
      ],
      links: [...addresses, ...pages, "https://exam\tple.org/a\nb"].map((url) => ({ type: "page", url })),
    });
    const item = itemOf(await catalog.import(plant, { id: "rowan" }));
    expect(item.identifiers.map((one) => one.value)).toEqual(["rowan", "R1"]);
    expect(item.relations.map((one) => one.item.title)).toEqual(["Kew"]);
    expect(item.links.map((one) => one.url)).toEqual([...pages, "https://example.org/ab"]);
  });

  it("asks only the providers that are named, and refuses an unknown name by listing the known", async () => {
    say("box", {});
    await catalog.import(plant, { id: "box" });
    const asked = [first.asked.length, second.asked.length];
    const result = await catalog.import(plant, { id: "box" }, { providers: ["second"] });
    expect(result.status).toBe("unchanged");
    expect([first.asked.length, second.asked.length]).toEqual([asked[0], (asked[1] ?? 0) + 1]);
    await expect(catalog.import(plant, { id: "box" }, { providers: ["amazon"] })).rejects.toMatchObject({
      code: "provider-unknown",
      message: 'flora.plant has no provider "amazon". Known: first, second, later.',
    });
  });

  it("changes nothing in a dry run, and tells field by field what would change", async () => {
    say("holly", { first: { categories: [{ type: "use", name: "Hedge" }] } });
    const dry = await catalog.import(plant, { id: "holly" }, { dryRun: true });
    expect(dry).toMatchObject({
      status: "created",
      difference: [
        { field: "family", after: "Fagaceae" },
        { field: "height", after: 20 },
        { field: "name", after: "holly" },
        { field: "identifiers", added: ["flora.plant:holly"] },
        { field: "categories", added: ["use: Hedge"] },
      ],
    });
    expect(await catalog.find(plant, { id: "holly" })).toBeUndefined();
    await catalog.import(plant, { id: "holly" });
    say("holly", { second: { attributes: { height: 7 } } });
    const change = await catalog.import(plant, { id: "holly" }, { dryRun: true, forceProviders: true });
    expect(change).toMatchObject({
      status: "updated",
      difference: [
        { field: "height", before: 20, after: 7 },
        { field: "categories", added: [], removed: ["use: Hedge"] },
      ],
    });
    expect((await catalog.find(plant, { id: "holly" }))?.attributes.height).toBe(20);
  });

  it("tells of each provider as it is asked and as it answers", async () => {
    say("oak", {});
    const told: string[] = [];
    await catalog.import(
      plant,
      { id: "oak" },
      {
        onProgress: (progress) =>
          told.push(
            progress.type === "asking"
              ? `asking ${progress.provider}`
              : `${progress.outcome.provider} ${progress.outcome.status}`,
          ),
      },
    );
    expect(told).toEqual(["asking first", "first contributed", "asking second", "second contributed"]);
  });

  it("stops at the next provider once it is cancelled, and keeps what was saved", async () => {
    say("ivy", {});
    const controller = new AbortController();
    const importing = catalog.import(
      plant,
      { id: "ivy" },
      {
        signal: controller.signal,
        onProgress: (progress) => {
          if (progress.type === "answered") controller.abort();
        },
      },
    );
    await expect(importing).rejects.toMatchObject({ code: "cancelled", retryable: true });
    expect((await catalog.find(plant, { id: "ivy" }))?.attributes).toEqual({ name: "ivy", family: "Fagaceae" });
  });
});
