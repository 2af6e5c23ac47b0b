/** For drawing lists whose items have no names of their own and are drawn anew together. */
export const numbered = <T>(
  items: readonly T[],
): readonly { readonly key: string; readonly item: T }[] =>
  items.map((item, index) => ({ key: String(index), item }));
