/** Loaded before a command: makes it believe that it runs on an old Node. */
Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.11.1" } });
