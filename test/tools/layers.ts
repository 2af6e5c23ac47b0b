/** The layers, each type-checked by its own tsconfig.json with only the libraries it may use. */
export const layers = [
  'src/core',
  'src/browser',
  'src/hub',
  'src/shell',
  'electron',
  'renderer',
  'renderer/audience',
  'test',
] as const;
