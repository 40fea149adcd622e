import type { OutputChunk, Plugin } from "rolldown";
import { minifySync } from "rolldown/utils";

/**
 * Minifies each chunk and leaves nothing but ASCII in it, which the loader reads without decoding. In the chunks that
 * hold code of ours names are kept, so that the stack of a bug can be read.
 */
export function finishChunks(): Plugin {
  return {
    name: "finish-chunks",
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === "chunk") file.code = escapeNonAscii(minify(file));
      }
    },
  };
}

function minify({ code, fileName, moduleIds }: OutputChunk): string {
  const isForeign = moduleIds.every((id) => id.includes("node_modules") || id.startsWith("\0"));
  const codegen = { removeWhitespace: true, legalComments: "none" } as const;
  const result = minifySync(fileName, code, { compress: true, mangle: isForeign, codegen });
  const [error] = result.errors;
  if (error !== undefined) throw new Error(`${fileName}: ${error.message}`);
  return result.code;
}

/** Outside strings, templates and expressions minified code has no other characters, and in those the escape means the same. */
function escapeNonAscii(code: string): string {
  return code.replace(
    /[^\x00-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
