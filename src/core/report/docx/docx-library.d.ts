/**
 * The part of the package `docx` that the report uses, typed here by hand: the package's own types
 * bring in all of Node's, and with them `Buffer`, `process` and `setTimeout` would compile
 * everywhere in core. A test holds these types against the package's.
 *
 * Lengths are in twentieths of a point, sizes of type in half points, colours "RRGGBB".
 */
export interface RunFormat {
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly color?: string;
  readonly size?: number;
  readonly characterSpacing?: number;
  readonly font?: {
    readonly ascii: string;
    readonly hAnsi: string;
    readonly cs: string;
    readonly eastAsia: string;
  };
  readonly language?: {
    readonly value?: string;
    readonly eastAsia?: string;
    readonly bidirectional?: string;
  };
}

export interface RunOptions extends RunFormat {
  /** The id of a character style. */
  readonly style?: string;
  readonly text?: string;
  readonly rightToLeft?: boolean;
  /** Line breaks before the text. */
  readonly break?: number;
  readonly children?: readonly string[];
}

export interface Border {
  readonly style: 'single' | 'none';
  readonly color?: string;
  /** In eighths of a point. */
  readonly size?: number;
  /** In points. */
  readonly space?: number;
}

export interface ParagraphFormat {
  readonly alignment?: 'start' | 'end';
  readonly keepNext?: boolean;
  readonly keepLines?: boolean;
  readonly outlineLevel?: number;
  readonly leftTabStop?: number;
  readonly indent?: { readonly left?: number; readonly right?: number; readonly hanging?: number };
  readonly spacing?: {
    readonly before?: number;
    readonly after?: number;
    readonly line?: number;
    readonly lineRule?: 'auto';
  };
  readonly border?: {
    readonly top?: Border;
    readonly bottom?: Border;
    readonly left?: Border;
  };
  readonly shading?: { readonly type: 'clear'; readonly fill: string };
}

export interface ParagraphOptions {
  /** The id of a paragraph style. */
  readonly style: string;
  readonly bidirectional?: boolean;
  readonly pageBreakBefore?: boolean;
  readonly keepNext?: boolean;
  readonly keepLines?: boolean;
  readonly children: readonly ParagraphChild[];
}

export interface Style {
  readonly name?: string;
  readonly basedOn?: string;
  readonly next?: string;
  readonly quickFormat?: boolean;
  readonly run?: RunFormat;
}

export interface ParagraphStyle extends Style {
  readonly paragraph?: ParagraphFormat;
}

export interface Styles {
  readonly default: {
    readonly document: ParagraphStyle;
    readonly title: ParagraphStyle;
    readonly heading1: ParagraphStyle;
    readonly heading2: ParagraphStyle;
    readonly heading3: ParagraphStyle;
  };
  readonly paragraphStyles: readonly (ParagraphStyle & { readonly id: string })[];
  readonly characterStyles: readonly (Style & { readonly id: string })[];
}

export interface Width {
  readonly size: number;
  readonly type: 'dxa';
}

export declare const part: unique symbol;

export declare class TextRun {
  constructor(options: RunOptions);
  private readonly [part]: 'run';
}
export declare class Bookmark {
  constructor(options: { readonly id: string; readonly children: readonly TextRun[] });
  private readonly [part]: 'bookmark';
}
export declare class InternalHyperlink {
  constructor(options: { readonly anchor: string; readonly children: readonly TextRun[] });
  private readonly [part]: 'hyperlink';
}
export type ParagraphChild = TextRun | Bookmark | InternalHyperlink;

export declare class Paragraph {
  constructor(options: ParagraphOptions);
  private readonly [part]: 'paragraph';
}
export declare class TableCell {
  constructor(options: {
    readonly width: Width;
    readonly shading?: { readonly type: 'clear'; readonly fill: string };
    readonly children: readonly Paragraph[];
  });
  private readonly [part]: 'cell';
}
export declare class TableRow {
  constructor(options: {
    readonly tableHeader?: boolean;
    readonly cantSplit?: boolean;
    readonly children: readonly TableCell[];
  });
  private readonly [part]: 'row';
}
export declare class Table {
  constructor(options: {
    readonly width: Width;
    readonly columnWidths: readonly number[];
    readonly layout: 'fixed';
    readonly visuallyRightToLeft?: boolean;
    readonly margins?: {
      readonly top: number;
      readonly bottom: number;
      readonly left: number;
      readonly right: number;
    };
    readonly borders: Readonly<
      Record<'top' | 'bottom' | 'left' | 'right' | 'insideHorizontal' | 'insideVertical', Border>
    >;
    readonly rows: readonly TableRow[];
  });
  private readonly [part]: 'table';
}
export declare class Header {
  constructor(options: { readonly children: readonly Paragraph[] });
  private readonly [part]: 'header';
}
export declare class Footer {
  constructor(options: { readonly children: readonly Paragraph[] });
  private readonly [part]: 'footer';
}

export interface DocumentOptions {
  readonly title: string;
  readonly subject: string;
  readonly creator: string;
  readonly lastModifiedBy: string;
  readonly compatibility: { readonly version: number };
  readonly styles: Styles;
  readonly sections: readonly {
    readonly properties: {
      readonly titlePage: boolean;
      readonly page: {
        readonly size: { readonly width: number; readonly height: number };
        readonly margin: Readonly<
          Record<'top' | 'right' | 'bottom' | 'left' | 'header' | 'footer', number>
        >;
      };
    };
    readonly headers: { readonly default: Header; readonly first: Header };
    readonly footers: { readonly default: Footer; readonly first: Footer };
    readonly children: readonly (Paragraph | Table)[];
  }[];
}
export declare class Document {
  constructor(options: DocumentOptions);
  private readonly [part]: 'document';
}

export declare const PageNumber: { readonly CURRENT: string; readonly TOTAL_PAGES: string };

export declare const Packer: {
  /** `overrides` replace files of the package by their paths in it. */
  pack(
    document: Document,
    type: 'uint8array',
    prettify: boolean,
    overrides: readonly { readonly path: string; readonly data: string }[],
  ): Promise<Uint8Array>;
};
