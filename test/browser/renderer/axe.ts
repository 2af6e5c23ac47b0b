import axe from 'axe-core';

/** What axe-core finds wrong with the page, each as "rule: element". */
export async function findings(): Promise<readonly string[]> {
  // Something that is fading in has no contrast yet.
  await Promise.all(document.getAnimations().map(({ finished }) => finished));
  const { violations } = await axe.run(document.getElementById('root') ?? document, {
    resultTypes: ['violations'],
    rules: {
      // The page around it is the test runner's.
      'document-title': { enabled: false },
      'html-has-lang': { enabled: false },
    },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
