// The door of a 岗图 page for other pages: `window.gangtu`, there once `gangtu-ready` has fired on
// `window`. Every call is asynchronous; a refusal rejects with an `Error` whose message is the Chinese
// sentence people would read. Nothing is changed by a call that rejects.

export interface Gangtu {
  /** Version of the program. */
  readonly version: string;
  /**
   * Folds a bundle in, or opens it where no township is open. All of it or nothing. One person's
   * extract is opened where nothing is, or taken where an older one of the same person is open. A
   * file's bytes are faster than its text.
   */
  importBundle(file: string | Uint8Array): Promise<ImportReport>;
  /** Shows a bundle of a newer program, which can only be looked at; answers what of it is not shown. */
  look(text: string): Promise<string>;
  /** The township as a bundle. `since`: a day (2026-11-22) or what a copy already knows of each replica. */
  exportBundle(options?: { scope?: 'all'; since?: string | Record<string, number> }): Promise<string>;
  /** Answers to everyday words, pinyin or initials, best first; 10 unless told. */
  find(query: string, limit?: number): Promise<FoundAnswer[]>;
  /** All records of a kind, ended ones too: an object of the fields that are set. */
  records(kind: Kind): Promise<GangtuRecord[]>;
  /** Writes one record (answers its id) or several as one action (answers their ids). */
  put(kind: Kind, record: Partial<GangtuRecord>): Promise<string>;
  put(kind: Kind, records: Partial<GangtuRecord>[]): Promise<string[]>;
  /** Ends a record today. Nothing is ever deleted. */
  end(kind: Kind, id: string): Promise<null>;
  /** Who changed which field when, newest first. `at` in milliseconds since 1970. */
  history(kind: Kind, id: string): Promise<Change[]>;
  /** Takes the last step of this tab back. */
  undo(): Promise<{ what: string; skipped: number }>;
  /** Equal on two copies exactly when they hold the same township. */
  stateHash(): Promise<string>;
  /** A picture as SVG text; width in CSS pixels. The form is the chart's, `tree` where none is said. */
  picture(name: PictureName, options?: { format?: 'svg'; asOf?: string; width?: number; form?: ChartForm }): Promise<string>;
  /** Boxes of a picture in its own units: x to the right, y down. */
  layout(name: PictureName, options?: { form?: ChartForm }): Promise<Box[]>;
}

export type Kind =
  | 'town' | 'zone' | 'village' | 'unit' | 'post' | 'duty' | 'duty_link' | 'person' | 'holding'
  | 'grid_cell' | 'matter' | 'window' | 'slide' | 'strategy' | 'action' | 'task_force' | 'force_member'
  | 'task' | 'review' | 'village_score' | 'case' | 'proxy_point' | 'proxy_job' | 'ask_day' | 'allowance'
  | 'publication' | 'hall_spot';
export type PictureName = 'chart' | 'map';
export type ChartForm = 'tree' | 'across' | 'boards' | 'wall' | 'chain' | 'work';
export type GangtuRecord = { id: string } & Record<string, unknown>;

export interface ImportReport {
  /** Actions folded in, already known, and waiting for others that are missing. */
  applied: number;
  known: number;
  parked: number;
  /** Fields that both sides had changed. */
  conflicts: number;
  missing: { replica: string; from: number; to: number }[];
}

export interface FoundAnswer {
  kind: Kind;
  id: string;
  title: string;
  posts: {
    id: string; name: string; primary: string | null; backup: string | null;
    vacant: boolean; phone: string; place: string;
  }[];
  window: string;
  place: string;
  hours: string;
  phone: string;
  /** Sections of the card by their Chinese labels. */
  card: Record<string, string>;
}

export interface Change {
  at: number;
  by: string;
  what: string;
  field: string;
  from: unknown;
  to: unknown;
}

export interface Box { id: string; title: string; x: number; y: number; width: number; height: number }

declare global {
  interface Window { gangtu: Gangtu }
  interface WindowEventMap { 'gangtu-ready': CustomEvent<null> }
}
