// Makes explorer.js, explorer.css and NOTICE.txt of src/: `node build.mjs [folder]`.
// The same sources and versions give the same bytes, wherever they are built.
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const TARGET = resolve(process.argv[2] ?? join(HERE, "..", "built"));

const COMMON = {
  absWorkingDir: HERE,
  bundle: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
  minify: true,
  write: false,
};

/** Names of the packages whose code stands in a bundle, in order. */
function packagesOf(metafile) {
  const outputs = Object.values(metafile.outputs);
  const inputs = outputs.flatMap((output) =>
    Object.entries(output.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  );
  const names = inputs
    .map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
    .filter((name) => name !== undefined);
  return [...new Set(names)].sort();
}

/** The notice of a package: name, version, licence, and its licence file whole. */
async function notice(name) {
  const folder = join(HERE, "node_modules", name);
  const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).sort();
  const file = files.find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`No licence file in the package ${name}.`);
  const text = (await readFile(join(folder, file), "utf8")).trim();
  return `${name} ${about.version} (${about.license})\n\n${text}\n`;
}

const script = await build({
  ...COMMON,
  entryPoints: ["src/main.js"],
  format: "iife",
  target: "es2022",
});
const packages = packagesOf(script.metafile);
const notices = await Promise.all(packages.map(notice));

await mkdir(TARGET, { recursive: true });
// What is built by hand is not taken for what the build of the project made.
await rm(join(TARGET, "DIGEST"), { force: true });
await writeFile(join(TARGET, "explorer.js"), script.outputFiles[0].contents);
if (existsSync(join(HERE, "src", "style.css"))) {
  const style = await build({ ...COMMON, entryPoints: ["src/style.css"] });
  await writeFile(join(TARGET, "explorer.css"), style.outputFiles[0].contents);
} else {
  await writeFile(join(TARGET, "explorer.css"), "");
}
await writeFile(
  join(TARGET, "NOTICE.txt"),
  "explorer.js holds code of these packages:\n\n" + notices.join("\n----\n\n"),
);
