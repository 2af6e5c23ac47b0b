import axe from 'axe-core';

/** What axe-core finds wrong with the page, or with what floats above it, each as "rule: element". */
export async function findings(
  place: Element | null = document.getElementById('root'),
): Promise<readonly string[]> {
  // Something that is fading in has no contrast yet; what is taken away meanwhile never finishes.
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  const { violations } = await axe.run(place ?? document, {
    resultTypes: ['violations'],
    rules: {
      // The page around it is the test runner's.
      'document-title': { enabled: false },
      'html-has-lang': { enabled: false },
    },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
