import type { NoteKind } from '../session/model.ts';
import type { Plural } from './fill-message.ts';
import type { VoteMessages } from './vote-messages.ts';

/**
 * Every word that the report says itself, so that another language is data. `{name}` is put in by
 * the report; a translation may move it, not rename it. The names in use stand in the English text.
 */
export interface ReportMessages {
  /** BCP 47; decides how things are counted and listed. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly documentKind: string;
  readonly untitled: string;
  readonly pageLine: string;
  readonly dateLine: { readonly day: string; readonly days: string; readonly noNotes: string };
  readonly unknownTime: string;
  readonly contents: string;
  readonly counts: {
    readonly notes: Plural;
    readonly recommendations: Plural;
    readonly proposals: Plural;
    readonly groups: Plural;
    readonly minutes: Plural;
  };
  readonly group: {
    readonly named: string;
    readonly unnamed: string;
    /** For a group whose notes are here but which the plan does not list any more. */
    readonly unlisted: string;
    readonly online: string;
    readonly notHere: string;
  };
  readonly question: {
    readonly named: string;
    readonly inSentence: string;
    readonly none: string;
    readonly removed: string;
    readonly noneHeading: string;
  };
  readonly kinds: Readonly<Record<NoteKind, string>>;
  readonly facts: {
    readonly notesTaken: string;
    readonly oneDay: string;
    readonly severalDays: string;
    readonly made: string;
    readonly madeAt: string;
    readonly groups: string;
    readonly groupsOnline: Plural;
    readonly agenda: string;
    readonly segment: string;
    readonly collected: string;
    readonly collectedList: string;
    readonly labels: string;
    readonly labelsExplained: string;
  };
  readonly gaps: {
    readonly title: string;
    readonly groupNotHere: string;
    readonly newerVersion: string;
    readonly noSummary: string;
    readonly noAdvice: string;
    readonly noAssessment: Plural;
    readonly noNotes: string;
    readonly unfinished: Plural;
    readonly leftOut: Plural;
    readonly missingSources: Plural;
  };
  readonly sections: {
    readonly summary: string;
    readonly advice: string;
    readonly assessment: string;
    readonly proposals: string;
    readonly consensus: string;
    readonly groups: string;
    readonly participation: string;
    readonly notesAnnex: string;
    readonly asideAnnex: string;
  };
  readonly pending: {
    readonly summary: string;
    readonly advice: string;
    readonly assessment: string;
  };
  readonly assessment: {
    readonly noQuestions: string;
    readonly proposals: string;
    readonly noProposals: string;
    readonly recommendations: string;
    readonly noRecommendations: string;
    readonly columns: {
      readonly label: string;
      readonly recommendation: string;
      readonly group: string;
      readonly proposal: string;
    };
  };
  readonly proposals: {
    readonly intro: string;
    readonly none: string;
    readonly trail: string;
    readonly noSources: string;
    readonly columns: {
      readonly label: string;
      readonly recommendation: string;
      readonly group: string;
      readonly notes: string;
    };
    readonly unmergedHeading: string;
    readonly unmerged: Plural;
    readonly allMerged: string;
  };
  readonly recommendation: {
    readonly empty: string;
    readonly rationale: string;
    readonly question: string;
    readonly from: string;
    readonly fromNone: string;
    readonly merged: string;
    readonly notMerged: string;
    readonly notMergedShort: string;
    readonly withdrawnShort: string;
  };
  readonly groups: {
    readonly none: string;
    readonly collected: string;
    readonly reportBack: string;
    readonly recommendations: string;
    readonly noReportBack: string;
    readonly ready: string;
    readonly notReady: string;
    readonly noRecommendations: string;
    readonly unused: string;
    readonly withdrawn: string;
  };
  readonly participation: {
    readonly intro: string;
    readonly none: string;
    readonly byGroup: string;
    readonly byStakeholder: string;
    readonly byRegion: string;
    readonly byBoth: string;
    readonly stakeholder: string;
    readonly region: string;
    readonly notNoted: string;
    readonly notListed: string;
    readonly total: string;
    readonly group: string;
    readonly notes: string;
    readonly recommendations: string;
    readonly merged: string;
    readonly ready: string;
    readonly notReadyShort: string;
    readonly notHereShort: string;
  };
  readonly notes: {
    readonly intro: string;
    readonly named: string;
    readonly columns: {
      readonly note: string;
      readonly about: string;
      readonly text: string;
      readonly from: string;
    };
    readonly none: string;
    readonly usedIn: string;
    readonly empty: string;
    readonly leftOut: string;
    readonly unfinished: string;
    readonly withdrawn: string;
  };
  readonly aside: {
    readonly leftOut: string;
    readonly leftOutIntro: string;
    readonly leftOutNone: string;
    readonly leftOutUnknown: string;
    readonly unfinished: string;
    readonly unfinishedIntro: string;
    readonly unfinishedNone: string;
    readonly withdrawn: string;
    readonly withdrawnIntro: string;
    readonly withdrawnNone: string;
    readonly withdrawnCount: string;
    readonly withdrawnProposals: string;
  };
  readonly missing: {
    readonly note: string;
    readonly recommendation: string;
    readonly recommendationOfGroupNotHere: string;
    readonly recommendationOfUnknownGroup: string;
  };
  readonly votes: VoteMessages;
}
