// Bundles the editor and what it stands on into one file, and writes down whose work is in it under which licence.
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

const output = path.resolve(process.argv[2] ?? "build");
const { metafile } = await build({
  entryPoints: ["src/main.ts"],
  outfile: path.join(output, "editor.js"),
  bundle: true,
  minify: true,
  metafile: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: { js: "/*! Licences of what is bundled here: editor-licences.txt */" },
  logLevel: "warning",
});
await writeFile(path.join(output, "editor-licences.txt"), await notices(packagesOf(Object.keys(metafile.inputs))));

/** Names of the packages that some files belong to, sorted. */
function packagesOf(files) {
  const found = files.map((file) => file.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  return [...new Set(found.filter((name) => name !== undefined))].sort();
}

/** The licence of each package, in full. A package without one must not be bundled. */
async function notices(packages) {
  const texts = packages.map(async (name) => {
    const folder = path.join("node_modules", name);
    const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (license === undefined || file === undefined) {
      throw new Error(`${name} ${version} comes without a licence.`);
    }
    const text = await readFile(path.join(folder, file), "utf8");
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  const head = "editor.js holds these packages, each under the licence that follows its name.\n";
  return [head, ...(await Promise.all(texts))].join(`\n${"-".repeat(72)}\n`);
}
