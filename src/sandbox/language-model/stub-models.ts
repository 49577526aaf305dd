/**
 * What the stub's models do, by name: each is a model of its own, so that the model's name alone switches the behaviour.
 *
 * - `describe`: writes sentences from the facts and cites them; judges a match by its title.
 * - `abstain`: has nothing to say.
 * - `uncited`: cites no fact, or facts that there are not.
 * - `markup`: cites, and writes HTML, Markdown, addresses and control characters.
 * - `obedient`: does what the facts say, as a model does that was talked into it.
 * - `broken`: answers with no JSON.
 */
export const stubModels = ["describe", "abstain", "uncited", "markup", "obedient", "broken"] as const;

/** One of {@link stubModels}. */
export type StubModel = (typeof stubModels)[number];
