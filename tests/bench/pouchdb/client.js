// Replicates documents to a server and back; tells how many a second.
const fs = require("node:fs");
const path = require("node:path");
const PouchDB = require("pouchdb");

const [port, documents, folder] = process.argv.slice(2);
const remote = `http://127.0.0.1:${port}/notes`;
const how = { batch_size: 500 };

async function timed(work) {
  const before = process.hrtime.bigint();
  const done = await work();
  const seconds = Number(process.hrtime.bigint() - before) / 1e9;
  if (!done.ok || done.doc_write_failures) throw new Error(JSON.stringify(done));
  return done.docs_written / seconds;
}

async function main() {
  const content = JSON.parse(fs.readFileSync(documents, "utf-8"));
  const mine = new PouchDB(path.join(folder, "mine"));
  await mine.bulkDocs(content);
  const push = await timed(() => mine.replicate.to(remote, how));
  const empty = new PouchDB(path.join(folder, "empty"));
  const pull = await timed(() => empty.replicate.from(remote, how));
  console.log(JSON.stringify({ push, pull }));
}

main();
