/** An entity found by identifier; `merged` when it was asked for by one that has been merged into it. */
export interface Found<Entity> {
  readonly entity: Entity;
  readonly merged: boolean;
}

/** Entities by each of their identifiers, also those that have been merged away. */
export const byIdentifier = <Entity extends { readonly id: string; readonly mergedIds: readonly string[] }>(
  entities: readonly Entity[],
): ReadonlyMap<string, Found<Entity>> =>
  new Map(
    entities.flatMap((entity): [string, Found<Entity>][] => [
      [entity.id, { entity, merged: false }],
      ...entity.mergedIds.map((id): [string, Found<Entity>] => [id, { entity, merged: true }]),
    ]),
  );
