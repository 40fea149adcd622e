/** What was typed after `new`, and what the host knows of ashlar itself. */
export interface NewRequest {
  /** As typed, to be typed again after `cd`; `.` for the working folder. */
  readonly folder: string;
  /** The last part of the folder's absolute path. */
  readonly folderName: string;
  /** `--database`, unchecked. */
  readonly database?: string;
  /** `--example`: with the domains Accounts and Works. */
  readonly example: boolean;
  /** False for `--no-install`. */
  readonly install: boolean;
  readonly packages: ProjectPackages;
}

/** Where a new project gets its packages from. */
export interface ProjectPackages {
  /** What package.json says of ashlar: a range of versions, or `file:` and a folder. */
  readonly ashlar: string;
  /** Ranges of versions by package, those that ashlar is tested with. */
  readonly versions: Readonly<Record<string, string>>;
}
