/** 0 done, 1 failed, 2 wrong usage, 3 `--check` found changes. */
export type ExitCode = 0 | 1 | 2 | 3;
