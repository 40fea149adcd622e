#!/usr/bin/env node
"use strict";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major > 20 || (major === 20 && minor >= 19)) {
  require("../dist/cli/loader.cjs").load("main").main(process.argv.slice(2));
} else {
  process.stderr.write(
    "ashlar needs Node.js 20.19 or later, and this is " +
      process.versions.node +
      ". See https://nodejs.org\n",
  );
  process.exitCode = 1;
}
