import { failure, type AshlarError } from "../../support/problem.js";
import { isSystemError } from "../system-error.js";

/**
 * Runs `npm install` in a folder. What npm says, it says on stderr, with its own progress at a terminal.
 *
 * @param typed the folder as it is typed after `cd`
 * @throws AshlarError `new.install.failed`
 */
export async function installPackages(root: string, typed: string): Promise<void> {
  const { x } = await import("tinyexec");
  const stdio: ["ignore", 2, 2] = ["ignore", 2, 2];
  try {
    const { exitCode } = await x("npm", ["install", "--no-audit", "--no-fund"], {
      nodeOptions: { cwd: root, stdio },
    });
    if (exitCode !== 0) throw createInstallError(typed, `ended with exit code ${exitCode}`);
  } catch (error) {
    throw isSystemError(error) ? createInstallError(typed, `could not be started: ${error.message}`) : error;
  }
}

function createInstallError(typed: string, what: string): AshlarError {
  return failure({
    code: "new.install.failed",
    message: `The files are written, but npm install ${what}.`,
    hint: `Once the cause is gone: cd ${typed} && npm install`,
  });
}
