// Writes LICENCES.txt: the licence and notice of every package that echarts.min.js contains.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const texts = ["echarts", "zrender", "tslib"].map((name) => {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`));
  const files = ["LICENSE", "LICENSE.txt", "NOTICE"].filter((file) => existsSync(`${folder}/${file}`));
  return `${name} ${version} (${license})\n\n${files.map((file) => readFileSync(`${folder}/${file}`, "utf8")).join("\n")}`;
});
writeFileSync("LICENCES.txt", texts.join(`\n${"=".repeat(80)}\n\n`));
