/**
 * What a language's words are compared by, as data: which words say nothing, and which endings
 * make no difference. Words in other scripts than the endings' pass unchanged.
 */
export interface WordRules {
  readonly stopWords: ReadonlySet<string>;
  /**
   * Steps, one after the other; in each, the first ending that fits is replaced, if at least so
   * many letters are left before it.
   */
  readonly endings: readonly (readonly Ending[])[];
}

export type Ending = readonly [ending: string, replacement: string, lettersLeft: number];

/**
 * English. The first step is the S stemmer of D. Harman, "How effective is suffixing?", JASIS 42(1),
 * 1991; the others take off -ing, -ed and a last -e, so that "shared", "sharing" and "share" meet.
 */
export const englishWords: WordRules = {
  stopWords: new Set(
    (
      'a about above across after again against all allow almost along already also although always am among ' +
      'an and another any anyone anything are around as at away back be became because become been before ' +
      'being below between both but by can cannot come could did do does doing done down during each ' +
      'either else enough etc even ever every everyone everything few first for from further get give ' +
      'given go good had has have having he her here him his how however i if in instead into is it its ' +
      'itself just keep let like made make makes making many may me might more most much must my need ' +
      'needs neither never new no nor not nothing now of off often on once one only onto or other others ' +
      'ought our out over own part per perhaps please put rather s same say see set shall she should since ' +
      'so some someone something still such t take than that the their them then there these they thing ' +
      'things this those though through thus to together too toward towards under until up upon us use ' +
      'used very via want was way we well were what when where whether which while who whole whom whose ' +
      'why will with within without would yet you your recommend recommendation recommended propose proposal'
    ).split(' '),
  ),
  endings: [
    [
      ['ies', 'y', 2],
      ['sses', 'ss', 1],
      ['ss', 'ss', 1],
      ['us', 'us', 1],
      ['is', 'is', 1],
      ['s', '', 3],
    ],
    [
      ['ying', 'y', 3],
      ['ing', '', 4],
      ['ied', 'y', 3],
      ['ed', '', 4],
      ['ly', '', 4],
    ],
    ['bb', 'dd', 'gg', 'll', 'mm', 'nn', 'pp', 'rr', 'tt'].map((doubled): Ending => [
      doubled,
      doubled.slice(1),
      2,
    ]),
    [['e', '', 3]],
  ],
};
