/**
 * A share between 0 and 1 in whole per cent, for showing. Rounded down, so that support of 59.7%
 * does not read as the 60% that it falls short of.
 */
export const wholePercent = (share: number): number =>
  // What is 0.29 as a fraction is 28.999999999999996 as a product.
  Math.floor(share * 100 + 1e-9);
