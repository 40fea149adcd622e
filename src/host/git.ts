/**
 * Has git something uncommitted in the project's folder, files it does not know included? False where there is no git,
 * no repository, or no answer within two seconds: this only decides on a warning.
 */
export async function isDirty(root: string): Promise<boolean> {
  const { x } = await import("tinyexec");
  try {
    const { stdout, exitCode } = await x("git", ["--no-optional-locks", "status", "--porcelain", "--", "."], {
      nodeOptions: { cwd: root },
      timeout: 2000,
    });
    return exitCode === 0 && stdout.trim() !== "";
  } catch {
    return false;
  }
}

/**
 * Which of these files, relative to the root, are in git's last commit, or in the one that is being merged into it. None
 * where there is no git, no repository, or no answer within two seconds: this only decides on a warning.
 */
export async function findCommitted(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const lists = await Promise.all(["HEAD", "MERGE_HEAD"].map((commit) => listFiles(root, commit, paths)));
  return [...new Set(lists.flat())];
}

async function listFiles(root: string, commit: string, paths: readonly string[]): Promise<readonly string[]> {
  const { x } = await import("tinyexec");
  try {
    const { stdout, exitCode } = await x(
      "git",
      ["--no-optional-locks", "ls-tree", "--name-only", "-z", commit, "--", ...paths],
      { nodeOptions: { cwd: root }, timeout: 2000 },
    );
    return exitCode === 0 ? stdout.split("\0").filter((path) => path !== "") : [];
  } catch {
    return [];
  }
}
