/** Loaded before a command: makes it believe that its standard error is a wide terminal. */
Object.assign(process.stderr, { isTTY: true, columns: 200 });
