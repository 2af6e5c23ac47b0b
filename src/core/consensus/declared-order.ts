/** In the order in which the parts were declared; then those that were not: who said nothing, the pool. */
export function inDeclaredOrder<Item extends { readonly part: string }>(
  items: readonly Item[],
  declared: readonly { readonly id: string }[],
): readonly Item[] {
  const places = new Map(declared.map(({ id }, index) => [id, index]));
  const place = ({ part }: Item): number => places.get(part) ?? declared.length;
  return items.toSorted((a, b) => place(a) - place(b));
}
