/**
 * The report as a plain document: blocks that every writer (Markdown, DOCX, the preview on screen)
 * sets in its own way, so that all of them hold the same and nothing is left out on the way. All
 * words of the report itself are in here already; what people typed stands apart as `typed`.
 */

/** Where a reference leads: lower-case letters, digits and hyphens, once per report. */
export type Anchor = string;

export type Inline =
  /** Words of the report itself. */
  | { readonly kind: 'words'; readonly text: string }
  /** What somebody typed, as it was typed: any script, any length, line breaks and all. */
  | { readonly kind: 'typed'; readonly text: string }
  /** The label "R2.3" in the place that references lead to. */
  | { readonly kind: 'target'; readonly label: string; readonly anchor: Anchor }
  | { readonly kind: 'reference'; readonly label: string; readonly anchor: Anchor }
  /** A reference to something that is not on this laptop, in words. */
  | { readonly kind: 'missing'; readonly text: string };

/** A line of running text. Line breaks inside `typed` start a new line of the same kind. */
export type Line = readonly Inline[];

export interface Heading {
  readonly kind: 'heading';
  readonly level: 1 | 2 | 3;
  /** Where there are pages, it begins one. */
  readonly newPage: boolean;
  readonly anchor: Anchor;
  readonly text: string;
}

export interface Paragraph {
  readonly kind: 'paragraph';
  /**
   * `lead` is the question that a section answers; `label` names what follows; `quiet` explains, in
   * small print; `pending` stands where a text is still to be written.
   */
  readonly tone: 'body' | 'lead' | 'label' | 'quiet' | 'pending';
  readonly line: Line;
}

export interface Contents {
  readonly kind: 'contents';
  readonly title: string;
  readonly entries: readonly { readonly text: string; readonly anchor: Anchor }[];
}

/** Something that a reader must know before relying on the report. */
export interface Callout {
  readonly kind: 'callout';
  readonly title: string;
  readonly lines: readonly Line[];
}

export interface Facts {
  readonly kind: 'facts';
  readonly rows: readonly { readonly term: string; readonly line: Line }[];
}

/** A proposal or recommendation: its label, its text, and below it what belongs to it. */
export interface Entry {
  readonly kind: 'entry';
  readonly label: Extract<Inline, { readonly kind: 'target' | 'reference' }>;
  readonly weight: 'lead' | 'body';
  readonly text: Line;
  readonly details: readonly Line[];
  /** Where it comes from and where it went, in small print. */
  readonly trail: readonly Line[];
}

export interface Column {
  readonly title: string;
  /** Relative to the other columns. */
  readonly width: number;
  readonly align: 'start' | 'end';
}

export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  /** A row of totals is set apart. */
  readonly total: boolean;
  /** One cell per column; each cell is any number of lines. */
  readonly cells: readonly (readonly Line[])[];
}

/** The record of notes: a table on paper, a list where tables are plain text. */
export interface NoteTable {
  readonly kind: 'notes';
  readonly columns: {
    readonly note: string;
    readonly about: string;
    readonly text: string;
    readonly from: string;
  };
  readonly rows: readonly NoteRow[];
}

export interface NoteRow {
  readonly label: Extract<Inline, { readonly kind: 'target' }>;
  readonly time: string;
  /** Kind and question. */
  readonly about: readonly string[];
  readonly text: Line;
  /** Stakeholder group and region, and the speaker where the session names speakers. */
  readonly from: readonly string[];
  /** Which recommendations it went into; empty where it went into none. */
  readonly usedIn: Line;
}

export type Block = Heading | Paragraph | Contents | Callout | Facts | Entry | Table | NoteTable;

export interface ReportCounts {
  /** Kept notes, finished and not withdrawn, those left out by choice included. */
  readonly notes: number;
  readonly leftOut: number;
  readonly unfinished: number;
  readonly withdrawnNotes: number;
  readonly recommendations: number;
  readonly unmerged: number;
  readonly withdrawnRecommendations: number;
  readonly proposals: number;
  readonly withdrawnProposals: number;
  /** Those taken back included. */
  readonly objections: number;
  readonly openObjections: number;
  /** Groups whose notes are not on this laptop. */
  readonly groupsNotHere: number;
  /** References that lead to something that is not on this laptop. */
  readonly missingSources: number;
}

export interface Report {
  readonly title: string;
  /** "Workshop report". */
  readonly documentKind: string;
  readonly dateLine: string;
  /** BCP 47. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** "Page {page} of {pages}", to be filled in by a writer that has pages. */
  readonly pageLine: string;
  /** What is still missing, most important first; also stands in the report itself. */
  readonly gaps: readonly Line[];
  readonly counts: ReportCounts;
  readonly blocks: readonly Block[];
}
